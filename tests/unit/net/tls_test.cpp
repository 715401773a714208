// TLS: who is believed to be the server, and what is recorded about it.
#include <doctest/doctest.h>

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "net/codes.h"
#include "net/http.h"
#include "net/server.h"

using namespace tee;
using test::Server;

namespace {

struct Identity {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  Bytes der;

  explicit Identity(const char* alternative_name, long from = -3600, long to = 3600) {
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
    X509_gmtime_adj(X509_getm_notBefore(certificate), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), to);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test service"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_set_pubkey(certificate, key);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative_name);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(certificate, key, EVP_sha256());
    der.resize(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
    unsigned char* at = der.data();
    i2d_X509(certificate, &at);
  }
  ~Identity() {
    X509_free(certificate);
    EVP_PKEY_free(key);
  }
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;

  std::string write(const std::string& path) const {
    FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file);
    PEM_write_X509(file, certificate);
    std::fclose(file);
    return path;
  }
};

// Accepts TLS connections and answers each request with "hello"; the plain Server cannot read them.
class TlsServer {
 public:
  TlsServer(const Identity& identity, int highest = TLS1_3_VERSION) : context_(SSL_CTX_new(TLS_server_method())) {
    SSL_CTX_use_certificate(context_, identity.certificate);
    SSL_CTX_use_PrivateKey(context_, identity.key);
    SSL_CTX_set_max_proto_version(context_, highest);
    SSL_CTX_set_security_level(context_, 0);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof where;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&where), size) == 0);
    REQUIRE(::listen(listener_, 4) == 0);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size);
    port_ = ntohs(where.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~TlsServer() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
    SSL_CTX_free(context_);
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  void serve() {
    while (!stop_) {
      pollfd wait{listener_, POLLIN, 0};
      if (::poll(&wait, 1, 20) <= 0) continue;
      const int connection = ::accept(listener_, nullptr, nullptr);
      const timeval limit{2, 0};
      ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
      SSL* tls = SSL_new(context_);
      SSL_set_fd(tls, connection);
      char request[4096];
      if (SSL_accept(tls) == 1 && SSL_read(tls, request, sizeof request) > 0) {
        const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
        SSL_write(tls, answer.data(), static_cast<int>(answer.size()));
        SSL_shutdown(tls);
      }
      SSL_free(tls);
      ::close(connection);
    }
  }

  SSL_CTX* context_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

struct CaFile {
  std::string path;
  explicit CaFile(const Identity& identity) {
    char name[] = "/tmp/tee-unit-ca-XXXXXX";
    const int fd = ::mkstemp(name);
    REQUIRE(fd >= 0);
    ::close(fd);
    path = identity.write(name);
  }
  ~CaFile() { ::unlink(path.c_str()); }
  CaFile(const CaFile&) = delete;
  CaFile& operator=(const CaFile&) = delete;
};

std::string_view code_of(const Result<net::Response>& result) { return result ? "none" : result.error().code->name; }

}  // namespace

TEST_CASE("the operator's authority is trusted, and the server's certificate is recorded") {
  const Identity identity("IP:127.0.0.1");
  const TlsServer server(identity);
  const CaFile ca(identity);
  net::Request request;
  request.url = server.url();
  request.ca_file = ca.path;
  const auto response = net::send(request);
  REQUIRE_MESSAGE(response, (response ? "" : response.error().message));
  CHECK(as_text(response->body) == "hello");
  REQUIRE(response->peer);
  CHECK(response->peer->certificate == identity.der);
  CHECK(response->peer->subject.find("test service") != std::string::npos);
  CHECK(response->peer->issuer.find("test service") != std::string::npos);
}

TEST_CASE("bad-server") {
  const Identity identity("IP:127.0.0.1");
  net::Request request;
  SUBCASE("nobody vouches for it") {
    const TlsServer server(identity);
    request.url = server.url();
    CHECK(code_of(net::send(request)) == "net.tls");
  }
  SUBCASE("another authority") {
    const TlsServer server(identity);
    const Identity other("IP:127.0.0.1");
    const CaFile ca(other);
    request.url = server.url();
    request.ca_file = ca.path;
    CHECK(code_of(net::send(request)) == "net.tls");
  }
  SUBCASE("another name") {
    const Identity elsewhere("DNS:elsewhere.example");
    const TlsServer server(elsewhere);
    const CaFile ca(elsewhere);
    request.url = server.url();
    request.ca_file = ca.path;
    CHECK(code_of(net::send(request)) == "net.tls");
  }
  SUBCASE("expired") {
    const Identity old("IP:127.0.0.1", -7200, -3600);
    const TlsServer server(old);
    const CaFile ca(old);
    request.url = server.url();
    request.ca_file = ca.path;
    CHECK(code_of(net::send(request)) == "net.tls");
  }
  SUBCASE("TLS 1.1") {
    const TlsServer server(identity, TLS1_1_VERSION);
    const CaFile ca(identity);
    request.url = server.url();
    request.ca_file = ca.path;
    CHECK(code_of(net::send(request)) == "net.tls");
  }
  SUBCASE("no TLS at all") {
    const Server server([](int connection, const std::string&) { Server::write(connection, "HTTP/1.1 200 OK\r\n\r\n"); });
    request.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
    request.timeout = net::Milliseconds(1000);
    CHECK((code_of(net::send(request)) == "net.tls" || code_of(net::send(request)) == "net.timeout"));
  }
}

TEST_CASE("bad-ca-file") {
  const Identity identity("IP:127.0.0.1");
  const TlsServer server(identity);
  net::Request request;
  request.url = server.url();
  request.ca_file = "/nonexistent/ca.pem";
  CHECK(code_of(net::send(request)) == "net.ca_file");
  request.ca_file = "/dev/null";
  CHECK(code_of(net::send(request)) == "net.ca_file");
}
