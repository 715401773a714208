// The HTTP client against servers that behave, and that do not.
#include <doctest/doctest.h>

#include <sys/stat.h>

#include "net/codes.h"
#include "net/http.h"
#include "net/server.h"

using namespace tee;
using test::Server;

namespace {

net::Request to(const Server& server, const std::string& path = "/") {
  net::Request out;
  out.url = server.url(path);
  out.plain_http = true;
  return out;
}

Server::Handler answer(const std::string& text) {
  return [text](int connection, const std::string&) { Server::write(connection, text); };
}

std::string_view code_of(const Result<net::Response>& result) { return result ? "none" : result.error().code->name; }

double seconds(const std::function<void()>& what) {
  const auto began = std::chrono::steady_clock::now();
  what();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/tee-unit-net-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path_ = name;
  }
  ~Folder() {
    ::unlink((path_ + "/socket").c_str());
    ::rmdir(path_.c_str());
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("a GET with headers both ways") {
  const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: \t a b \r\nTCB-Info: x\r\ntcb-info: y\r\n\r\nhello"));
  auto request = to(server, "/a/../b?c=%20d");
  request.headers = {{"Metadata", "true"}, {"Accept", "application/json"}};
  const auto response = net::send(request);
  REQUIRE(response);
  CHECK(response->status == 200);
  CHECK(as_text(response->body) == "hello");
  REQUIRE(response->header("x-one"));
  CHECK(*response->header("x-one") == "a b");
  CHECK(*response->header("tcb-info") == "x");
  CHECK(response->header("absent") == nullptr);
  CHECK_FALSE(response->peer);
  const std::string seen = server.requests().at(0);
  CHECK(seen.starts_with("GET /a/../b?c=%20d HTTP/1.1\r\n"));
  CHECK(seen.find("Metadata: true\r\n") != std::string::npos);
  CHECK(seen.find("Accept: application/json\r\n") != std::string::npos);
  for (const char* never : {"Cookie", "Authorization", "Accept-Encoding", "Expect", "Referer"}) CHECK(seen.find(never) == std::string::npos);
}

TEST_CASE("a POST carries its bytes, an empty body too") {
  const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  auto request = to(server);
  request.method = net::Method::post;
  request.headers = {{"Content-Type", "application/json"}};
  request.body = to_bytes(as_bytes(std::string_view("{\"a\":\0}", 7)));
  REQUIRE(net::send(request));
  CHECK(server.requests().at(0).ends_with(std::string("\r\n\r\n") + std::string("{\"a\":\0}", 7)));
  request.body.clear();
  REQUIRE(net::send(request));
  CHECK(server.requests().at(1).find("Content-Length: 0\r\n") != std::string::npos);
}

TEST_CASE("a large POST is not held back for 100 Continue") {
  const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  auto request = to(server);
  request.method = net::Method::post;
  request.headers = {{"Content-Type", "application/octet-stream"}};
  request.body.assign(200'000, 7);
  CHECK(seconds([&] { REQUIRE(net::send(request)); }) < 0.9);
}

TEST_CASE("a Unix-domain socket") {
  const Folder folder;
  const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntoken"), folder / "socket");
  net::Request request;
  request.url = "http://localhost/v1/token";
  request.plain_http = true;
  request.socket = folder / "socket";
  SUBCASE("answers") {
    const auto response = net::send(request);
    REQUIRE(response);
    CHECK(as_text(response->body) == "token");
    CHECK(server.requests().at(0).starts_with("GET /v1/token HTTP/1.1\r\nHost: localhost\r\n"));
  }
  SUBCASE("bad-proxy: the environment's proxy is not asked") {
    ::setenv("http_proxy", "http://127.0.0.1:9", 1);
    request.proxy_from_environment = true;
    CHECK(net::send(request));
    ::unsetenv("http_proxy");
  }
  SUBCASE("bad-socket-absent") {
    request.socket = folder / "other";
    CHECK(code_of(net::send(request)) == "platform.absent");
  }
  SUBCASE("bad-socket-denied") {
    if (::geteuid() == 0) {
      MESSAGE("skipped: bad-socket-denied: root may use every socket");
      return;
    }
    ::chmod(request.socket.c_str(), 0);
    CHECK(code_of(net::send(request)) == "platform.denied");
  }
  SUBCASE("bad-socket-name") {
    request.socket = "/tmp/" + std::string(200, 'a');
    CHECK(code_of(net::send(request)) == "net.url");
  }
}

TEST_CASE("an answer with another status is an answer") {
  SUBCASE("404") {
    const Server server(answer("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone"));
    const auto response = net::send(to(server));
    REQUIRE(response);
    CHECK(response->status == 404);
    const auto judged = net::accepted(*response, "the service");
    REQUIRE_FALSE(judged);
    CHECK(judged.error().code->name == "net.status");
    CHECK(judged.error().message == "the service answered 404");
  }
  SUBCASE("429 with the seconds to wait") {
    const Server server(answer("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"));
    const auto response = net::send(to(server));
    REQUIRE(response);
    REQUIRE(response->retry_after);
    CHECK(response->retry_after->count() == 7);
    const auto judged = net::accepted(*response, "the service");
    REQUIRE_FALSE(judged);
    CHECK(judged.error().code->name == "net.busy");
    CHECK(judged.error().message == "the service answered 429 and asks to wait 7 s");
  }
  SUBCASE("503 with a date that has passed") {
    const Server server(answer("HTTP/1.1 503 Busy\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\nContent-Length: 0\r\n\r\n"));
    const auto response = net::send(to(server));
    REQUIRE(response);
    CHECK_FALSE(response->retry_after);
    CHECK(net::accepted(*response, "x").error().code->name == "net.busy");
  }
  SUBCASE("204") {
    const Server server(answer("HTTP/1.1 204 No Content\r\n\r\n"));
    const auto response = net::send(to(server));
    REQUIRE(response);
    CHECK(net::accepted(*response, "x"));
  }
}

TEST_CASE("bad-hung: the time limit holds") {
  std::atomic<bool> over{false};
  const Server server([&](int, const std::string&) { while (!over) Server::pause(10); });
  auto request = to(server);
  request.timeout = net::Milliseconds(300);
  const double took = seconds([&] { CHECK(code_of(net::send(request)) == "net.timeout"); });
  CHECK(took > 0.25);
  CHECK(took < 2);
  over = true;
}

TEST_CASE("bad-slow-drip: neither the total time nor the least speed can be outwitted by a byte now and then") {
  std::atomic<bool> over{false};
  const Server server([&](int connection, const std::string&) {
    Server::write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (!over) {
      Server::write(connection, "x");
      Server::pause(50);
    }
  });
  auto request = to(server);
  SUBCASE("total time") {
    request.timeout = net::Milliseconds(400);
    const double took = seconds([&] { CHECK(code_of(net::send(request)) == "net.timeout"); });
    CHECK(took < 2);
  }
  SUBCASE("least speed") {
    request.timeout = net::Milliseconds(30'000);
    request.min_speed = 10'000;
    request.slow_for = Seconds(1);
    double took = 0;
    Result<net::Response> result = net::Response{};
    took = seconds([&] { result = net::send(request); });
    CHECK(code_of(result) == "net.timeout");
    CHECK(took < 8);
    REQUIRE_FALSE(result);
    CHECK(result.error().message.find("slower than 10000 bytes per second") != std::string::npos);
  }
  over = true;
}

TEST_CASE("bad-early-close") {
  for (const char* text : {"", "HTTP/1.1 200 OK\r\nContent-Len", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"}) {
    CAPTURE(text);
    const Server server(answer(text));
    const auto result = net::send(to(server));
    CHECK((code_of(result) == "net.truncated" || code_of(result) == "net.protocol"));
  }
}

TEST_CASE("bad-wrong-length") {
  SUBCASE("more than announced: only what was announced counts") {
    const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"));
    const auto response = net::send(to(server));
    REQUIRE(response);
    CHECK(as_text(response->body) == "abc");
  }
  for (const char* text : {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
                           "HTTP/1.1 200 OK\r\nContent-Length: 3x\r\n\r\nabc", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
                           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", "HTTP/0.9 200 OK\r\n\r\nabc", "hello\n", "SSH-2.0-x\r\n"}) {
    CAPTURE(text);
    const Server server(answer(text));
    const auto result = net::send(to(server));
    CHECK((code_of(result) == "net.protocol" || code_of(result) == "net.too_large" || code_of(result) == "net.truncated"));
  }
}

TEST_CASE("bad-compressed: an encoding that was not asked for") {
  const Server server(answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"));
  CHECK(code_of(net::send(to(server))) == "net.protocol");
}

TEST_CASE("bad-oversize") {
  const auto body = [](std::size_t n) { return std::string(n, 'x'); };
  SUBCASE("announced") {
    const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + body(101)));
    auto request = to(server);
    request.max_bytes = 100;
    CHECK(code_of(net::send(request)) == "net.too_large");
  }
  SUBCASE("in pieces") {
    const Server server(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + body(64) + "\r\n40\r\n" + body(64) + "\r\n0\r\n\r\n"));
    auto request = to(server);
    request.max_bytes = 100;
    CHECK(code_of(net::send(request)) == "net.too_large");
    request.max_bytes = 128;
    const auto response = net::send(request);
    REQUIRE(response);
    CHECK(response->body.size() == 128);
  }
  SUBCASE("exactly the limit") {
    const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + body(100)));
    auto request = to(server);
    request.max_bytes = 100;
    CHECK(net::send(request));
  }
  SUBCASE("headers without end") {
    std::string lines;
    for (int i = 0; i < 3000; ++i) lines += "X-" + std::to_string(i) + ": " + body(30) + "\r\n";
    const Server server(answer("HTTP/1.1 200 OK\r\n" + lines + "Content-Length: 0\r\n\r\n"));
    CHECK(code_of(net::send(to(server))) == "net.too_large");
  }
}

TEST_CASE("redirection") {
  SUBCASE("to the same host, where it is expected") {
    const Server server([](int connection, const std::string& request) {
      const bool first = request.find(" /old ") < 8;
      Server::write(connection, first ? "HTTP/1.1 302 Found\r\nLocation: /new\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                                      : "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nnew");
    });
    auto request = to(server, "/old");
    CHECK(code_of(net::send(request)) == "net.redirect");
    request.redirects = 1;
    const auto response = net::send(request);
    REQUIRE(response);
    CHECK(as_text(response->body) == "new");
    CHECK(response->url == server.url("/new"));
    request.method = net::Method::post;
    CHECK(code_of(net::send(request)) == "net.redirect");
  }
  SUBCASE("bad-redirect-to-another-port") {
    const Server other(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    const Server server(answer("HTTP/1.1 302 Found\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n"));
    auto request = to(server);
    request.redirects = 3;
    CHECK(code_of(net::send(request)) == "net.redirect");
    CHECK(other.requests().empty());
  }
  SUBCASE("bad-redirect-to-another-host, scheme or a user") {
    for (const char* location : {"http://localhost:1/", "https://127.0.0.1/", "file:///etc/passwd", "//example.invalid/", "http://user@127.0.0.1/"}) {
      CAPTURE(location);
      const Server server(answer(std::string("HTTP/1.1 307 Moved\r\nLocation: ") + location + "\r\nContent-Length: 0\r\n\r\n"));
      auto request = to(server);
      request.redirects = 3;
      CHECK(code_of(net::send(request)) == "net.redirect");
    }
  }
  SUBCASE("bad-redirect-loop") {
    const Server server(answer("HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    auto request = to(server);
    request.redirects = 3;
    CHECK(code_of(net::send(request)) == "net.redirect");
    CHECK(server.requests().size() == 4);
  }
}

TEST_CASE("bad-address") {
  net::Request request;
  for (const char* url : {"", "host/path", "ftp://host/", "file:///etc/passwd", "https://", "https://user:secret@host/", "https://user@host/",
                          "https://host/a b", "https://host/\n", "http://host/"}) {
    CAPTURE(url);
    request.url = url;
    const auto result = net::send(request);
    REQUIRE_FALSE(result);
    CHECK(result.error().code->name == "net.url");
    CHECK(result.error().message.find("secret") == std::string::npos);
  }
}

TEST_CASE("bad-header: nothing can be smuggled into a request") {
  const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  for (const net::Header& header : {net::Header{"A", "b\r\nC: d"}, net::Header{"A\r\nB", "c"}, net::Header{"A", ""}, net::Header{"", "a"},
                                    net::Header{"A", "\x80"}, net::Header{"A:", "b"}}) {
    auto request = to(server);
    request.headers = {header};
    CHECK(code_of(net::send(request)) == "net.url");
  }
  CHECK(server.requests().empty());
}

TEST_CASE("no connection, no name") {
  int closed_port = 0;
  { closed_port = Server(answer("")).port(); }
  net::Request request;
  request.plain_http = true;
  request.url = "http://127.0.0.1:" + std::to_string(closed_port) + "/";
  const auto refused = net::send(request);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code->name == "net.connect");
  CHECK(refused.error().message.find("nothing listens there") != std::string::npos);
  request.url = "http://no-such-name.invalid/";
  const auto nameless = net::send(request);
  REQUIRE_FALSE(nameless);
  CHECK((nameless.error().code->name == "net.dns" || nameless.error().code->name == "net.timeout"));
}

TEST_CASE("the environment's proxy counts only where it may") {
  const Server proxy(answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy"));
  const Server server(answer("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ndirect"));
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  auto request = to(server);
  const auto direct = net::send(request);
  request.proxy_from_environment = true;
  const auto through = net::send(request);
  ::unsetenv("http_proxy");
  REQUIRE(direct);
  CHECK(as_text(direct->body) == "direct");
  REQUIRE(through);
  CHECK(as_text(through->body) == "proxy");
}

TEST_CASE("a client keeps nothing of a request for the next") {
  const Server server([](int connection, const std::string&) {
    Server::write(connection, "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  net::Client client;
  auto request = to(server);
  request.method = net::Method::post;
  request.headers = {{"X-Key", "secret"}};
  request.body = {1, 2, 3};
  REQUIRE(client.send(request));
  REQUIRE(client.send(to(server)));
  const std::string second = server.requests().at(1);
  CHECK(second.starts_with("GET "));
  CHECK(second.find("Cookie") == std::string::npos);
  CHECK(second.find("secret") == std::string::npos);
  CHECK(second.find("Content-Length") == std::string::npos);
}

TEST_CASE("loopback addresses") {
  for (const char* url : {"http://127.0.0.1:8080/x", "http://localhost/", "https://[::1]/", "http://127.9.9.9/", "http://127.1/"}) {
    CAPTURE(url);
    CHECK(net::is_loopback(url));
  }
  for (const char* url : {"http://127.0.0.1.example.com/", "http://128.0.0.1/", "http://localhost.example/", "http://127.example/", "nonsense", "http://user@127.0.0.1/"}) {
    CAPTURE(url);
    CHECK_FALSE(net::is_loopback(url));
  }
}
