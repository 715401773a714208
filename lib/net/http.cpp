#include "net/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/encoding.h"
#include "base/version.h"
#include "net/codes.h"
#include "net/url.h"

#if !CURL_AT_LEAST_VERSION(7, 85, 0)
#error "libcurl 7.85 or newer is needed"
#endif

namespace tee::net {

namespace {

constexpr std::size_t kMaxHeaders = 64 << 10;
constexpr std::size_t kMaxSocketPath = 107;  // sun_path less its final zero, unix(7)
using Clock = std::chrono::steady_clock;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

// What the callbacks fill while a transfer runs.
struct Transfer {
  std::size_t max_bytes = 0;
  std::size_t header_bytes = 0;
  bool too_large = false;
  bool headers_too_large = false;
  bool headers_ended = false;  // libcurl takes a close among the headers for their end
  std::vector<Header> headers;
  Bytes body;
};

bool header_name(std::string_view name) {  // token, RFC 9110 section 5.6.2
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c));
  });
}

bool header_value(std::string_view value) {  // field-content, section 5.5, ASCII only
  return !value.empty() && std::all_of(value.begin(), value.end(), [](unsigned char c) { return c == '\t' || (c >= 0x20 && c < 0x7f); });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

extern "C" std::size_t on_body(char* data, std::size_t, std::size_t count, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  if (count > transfer.max_bytes - transfer.body.size()) {
    transfer.too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  append(transfer.body, as_bytes({data, count}));
  return count;
}

extern "C" std::size_t on_header(char* data, std::size_t, std::size_t count, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  transfer.header_bytes += count;
  if (transfer.header_bytes > kMaxHeaders) {
    transfer.headers_too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  const std::string_view line(data, count);
  if (line.starts_with("HTTP/")) {  // a new answer: interim ones (100) leave nothing behind
    transfer.headers.clear();
    transfer.headers_ended = false;
  } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    transfer.headers.push_back({lower(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  } else if (trimmed(line).empty()) {
    transfer.headers_ended = true;
  }
  return count;
}

// Once for the process; never undone, for connections may live until its end.
bool started() {
  static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return done;
}

// One certificate of PEM text. The PEM reader of codec is a floor of equal height, and this text is our own TLS library's.
Bytes first_certificate(std::string_view pem) {
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----", kEnd = "-----END CERTIFICATE-----";
  const auto from = pem.find(kBegin), to = pem.find(kEnd);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from) return {};
  return from_base64_lenient(pem.substr(from + kBegin.size(), to - from - kBegin.size())).value_or(Bytes{});
}

std::optional<Peer> peer_of(CURL* handle) {
  curl_certinfo* chain = nullptr;
  if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain || chain->num_of_certs < 1) return std::nullopt;
  Peer out;
  for (const curl_slist* row = chain->certinfo[0]; row; row = row->next) {  // [0] is the server's own
    const std::string_view text(row->data);
    if (text.starts_with("Subject:")) out.subject = trimmed(text.substr(8));
    if (text.starts_with("Issuer:")) out.issuer = trimmed(text.substr(7));
    if (text.starts_with("Cert:")) out.certificate = first_certificate(text);
  }
  return out;
}

std::string name_of(const Request& request, const Url& url) {
  if (!request.socket.empty()) return printable(request.socket);
  const bool usual = url.port == (url.scheme == "https" ? "443" : "80");
  return printable(url.host + (usual ? "" : ":" + url.port));
}

std::string in_seconds(Milliseconds time) {
  return time.count() % 1000 == 0 ? std::to_string(time.count() / 1000) + " s" : std::to_string(time.count()) + " ms";
}

Error late(CURL* handle, const Request& request, const std::string& name, Milliseconds elapsed) {
  curl_off_t connected = 0, received = 0;
  curl_easy_getinfo(handle, CURLINFO_CONNECT_TIME_T, &connected);
  curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &received);
  if (connected == 0 && elapsed < request.timeout && request.socket.empty())
    return Error(code::timeout, name + ": no connection within " + in_seconds(request.connect_timeout),
                 "a firewall may drop the packets, or a proxy may be needed");
  if (elapsed + Milliseconds(50) < request.timeout)
    return Error(code::timeout, name + ": slower than " + std::to_string(request.min_speed) + " bytes per second for " +
                                    std::to_string(request.slow_for.count()) + " s", "try again later");
  return Error(code::timeout, name + ": no complete answer within " + in_seconds(request.timeout) + " (" + std::to_string(received) +
                                  " bytes came)", "try again, or wait longer with --timeout");
}

Error unreachable(CURL* handle, const Request& request, const std::string& name) {
  long number = 0;
  curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &number);
  if (!request.socket.empty() && (number == ENOENT || number == ENOTDIR))
    return Error(tee::code::platform_absent, name + ": no such socket", "the service that owns it is not there or not started");
  if (!request.socket.empty() && (number == EACCES || number == EPERM))
    return Error(tee::code::platform_denied, name + ": permission denied", "run as a user who may write to the socket");
  return Error(code::connect, name + (number == ECONNREFUSED ? ": nothing listens there" : ": no connection"),
               request.socket.empty() ? "check the address, the network and any firewall" : "start the service that owns the socket");
}

// libcurl's verdict in our words; its own texts differ from version to version.
Error failure(CURLcode result, CURL* handle, const Transfer& transfer, const Request& request, const std::string& name, Milliseconds elapsed) {
  if (transfer.too_large || result == CURLE_FILESIZE_EXCEEDED)
    return Error(code::too_large, name + ": the answer has more than " + std::to_string(request.max_bytes) + " bytes");
  if (transfer.headers_too_large) return Error(code::too_large, name + ": the answer's headers have more than 64 KiB");
  switch (result) {
    case CURLE_OPERATION_TIMEDOUT: return late(handle, request, name, elapsed);
    case CURLE_COULDNT_RESOLVE_HOST: return Error(code::dns, name + ": the name has no address", "check the name and this machine's network");
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Error(code::dns, name + ": the name of the proxy has no address", "check http_proxy, https_proxy and all_proxy");
    case CURLE_COULDNT_CONNECT: return unreachable(handle, request, name);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return Error(code::truncated, name + ": the connection closed before the answer was complete", "try again");
    case CURLE_PEER_FAILED_VERIFICATION:
      return Error(code::tls, name + ": its certificate is not from a trusted authority, is for another name, or has expired",
                   "for a private certificate authority give its certificate with --ca");
    case CURLE_SSL_CONNECT_ERROR: return Error(code::tls, name + ": TLS could not be agreed on", "the service must speak TLS 1.2 or newer");
    case CURLE_SSL_CACERT_BADFILE:
      return Error(code::ca_file, printable(request.ca_file) + ": not a readable file of PEM certificates", "--ca names a file of certificate authorities");
    case CURLE_OUT_OF_MEMORY: return Error(tee::code::internal_bug, "out of memory");
    default: return Error(code::protocol, name + ": what came is not an acceptable HTTP answer");
  }
}

// Two lengths let two readers see two bodies (RFC 9112 section 6.3); an encoding that was not asked for hides the size.
Status consistent(const Transfer& transfer, const std::string& name) {
  if (!transfer.headers_ended) return fail(code::truncated, name + ": the connection closed before the answer was complete", "try again");
  const std::string* length = nullptr;
  for (const Header& header : transfer.headers) {
    if (header.name == "content-encoding" && lower(header.value) != "identity")
      return fail(code::protocol, name + ": the answer is compressed, which was not asked for");
    if (header.name != "content-length") continue;
    if ((length && *length != header.value) || header.value.empty() || header.value.find_first_not_of("0123456789") != std::string::npos)
      return fail(code::protocol, name + ": the answer's length is stated in a way that cannot be relied on");
    length = &header.value;
  }
  return {};
}

Status check(const Request& request, const Url& url) {
  if (url.scheme == "http" && !request.plain_http)
    return fail(code::url, "\"" + printable(request.url) + "\": not https", "unencrypted http is for services of this machine only");
  if (request.socket.size() > kMaxSocketPath || request.socket.find('\0') != std::string::npos)
    return fail(code::url, printable(request.socket) + ": no name for a socket (at most 107 bytes)");
  for (const Header& header : request.headers)
    if (!header_name(header.name) || !header_value(header.value))
      return fail(code::url, "a value for the header \"" + printable(header.name) + "\" is empty or has characters that no header may have");
  return {};
}

}  // namespace

struct Client::State {
  CURL* handle = nullptr;
  State() : handle(started() ? curl_easy_init() : nullptr) {}
  ~State() {
    if (handle) curl_easy_cleanup(handle);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Client::Client() : state_(std::make_unique<State>()) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

namespace {

void configure(CURL* handle, const Request& request, const curl_slist* headers, Transfer& transfer) {
  curl_easy_reset(handle);  // keeps connections, forgets everything else
  const auto set = [handle](CURLoption option, auto value) { curl_easy_setopt(handle, option, value); };
  set(CURLOPT_PROTOCOLS_STR, request.plain_http ? "http,https" : "https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(CURLOPT_PATH_AS_IS, 1L);  // what the caller wrote is what is asked for
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_NOPROGRESS, 1L);
  set(CURLOPT_HTTPHEADER, headers);
  set(CURLOPT_USERAGENT, ("tee-tools/" + std::string(kVersion)).c_str());
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
  set(CURLOPT_HEADERFUNCTION, &on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(&transfer));
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(std::max<std::size_t>(request.max_bytes, 1)));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(request.connect_timeout.count(), 1)));
  set(CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(request.min_speed));
  set(CURLOPT_LOW_SPEED_TIME, request.min_speed ? static_cast<long>(request.slow_for.count()) : 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_CERTINFO, 1L);
  if (!request.ca_file.empty()) {
    set(CURLOPT_CAINFO, request.ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (!request.socket.empty()) set(CURLOPT_UNIX_SOCKET_PATH, request.socket.c_str());
  if (!request.proxy_from_environment || !request.socket.empty()) set(CURLOPT_PROXY, "");  // also shuts out the environment
  if (request.method == Method::post) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.empty() ? "" : reinterpret_cast<const char*>(request.body.data()));
  }
}

}  // namespace

Result<Response> Client::send(const Request& request) {
  CURL* const handle = state_->handle;
  if (!handle) return fail(tee::code::internal_bug, "libcurl cannot be started");
  TEE_TRY(const Url origin, parse_url(request.url));
  TEE_CHECK(check(request, origin));
  const std::string name = name_of(request, origin);

  List headers;
  const auto add = [&headers](const std::string& line) {
    if (curl_slist* longer = curl_slist_append(headers.get(), line.c_str())) {
      (void)headers.release();
      headers.reset(longer);
    }
  };
  add("Expect:");  // no 100-continue: one more round trip, and small services do not know it
  for (const Header& header : request.headers) add(header.name + ": " + header.value);

  const auto began = Clock::now();
  const auto elapsed = [began] { return std::chrono::duration_cast<Milliseconds>(Clock::now() - began); };
  std::string url = request.url;
  for (unsigned followed = 0;; ++followed) {
    Transfer transfer;
    transfer.max_bytes = request.max_bytes;
    configure(handle, request, headers.get(), transfer);
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<std::int64_t>((request.timeout - elapsed()).count(), 1)));
    const CURLcode result = curl_easy_perform(handle);
    if (result != CURLE_OK) return tl::unexpected(failure(result, handle, transfer, request, name, elapsed()));
    TEE_CHECK(consistent(transfer, name));

    Response out;
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    out.status = static_cast<int>(status);
    char* target = nullptr;
    curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &target);  // absolute, where there is one
    if (status >= 300 && status < 400 && status != 304 && target) {
      if (request.method != Method::get || followed >= request.redirects)
        return fail(code::redirect, name + ": answered " + std::to_string(status) + " with another address",
                    "check the address of the service; a proxy or a login page may stand before it");
      const std::string next = target;
      const auto there = parse_url(next);
      if (!there || !there->same_origin(origin))
        return fail(code::redirect, name + ": points to another scheme, host or port", "check the address of the service");
      url = next;
      continue;
    }
    curl_off_t wait = 0;
    if (out.status >= 300 && curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK && wait > 0) out.retry_after = Seconds(wait);
    if (origin.scheme == "https") out.peer = peer_of(handle);
    out.headers = std::move(transfer.headers);
    out.body = std::move(transfer.body);
    out.url = std::move(url);
    return out;
  }
}

const std::string* Response::header(std::string_view name) const {
  const auto it = std::find_if(headers.begin(), headers.end(), [&](const Header& h) { return h.name == name; });
  return it == headers.end() ? nullptr : &it->value;
}

Result<Response> send(const Request& request) {
  Client client;
  return client.send(request);
}

Status accepted(const Response& response, std::string_view what) {
  if (response.status >= 200 && response.status < 300) return {};
  const std::string message = std::string(what) + " answered " + std::to_string(response.status);
  const bool later = response.status == 408 || response.status == 425 || response.status == 429 || response.status >= 500;
  if (!later) return fail(code::status, message);
  if (response.retry_after)
    return fail(code::busy, message + " and asks to wait " + std::to_string(response.retry_after->count()) + " s", "try again after that time");
  return fail(code::busy, message, "try again later");
}

}  // namespace tee::net
