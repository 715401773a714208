// A small HTTP/1.1 client: one request, one bounded answer, nothing remembered. Floor F1.
//
// The only page that uses libcurl. What it never does: cookies, netrc, credentials in addresses, compression, redirection
// to another scheme, host or port, unverified TLS. TLS is 1.2 or newer. Time limits cover everything from the look-up of
// the name to the last byte, redirections included.
//
// The process must ignore SIGPIPE, as prepare_streams() of base/stream.h makes it: a peer that goes away is then an error.
//
// An answer with any status is a Response; whether 404 is a failure is the caller's to say (accepted()).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace tee::net {

using Milliseconds = std::chrono::milliseconds;

struct Header {
  std::string name, value;  // of an answer: the name in lower case, the value without white space around it
};

enum class Method { get, post };

struct Request {
  Method method = Method::get;
  std::string url;                      // absolute; with `socket` the host is only what the Host header says
  std::vector<Header> headers;
  Bytes body;                           // post; name its form with a Content-Type header
  std::string socket;                   // path of a Unix-domain stream socket to speak to instead of a host; at most 107 bytes
  std::size_t max_bytes = 1u << 20;     // of the answer's body; its headers may have 64 KiB
  Milliseconds connect_timeout{5'000};
  Milliseconds timeout{10'000};
  unsigned min_speed = 1;               // bytes per second, as a mean over `slow_for`; 0: any speed
  Seconds slow_for{10};
  unsigned redirects = 0;               // how many to follow: get only, same scheme, host and port only
  bool plain_http = false;              // http:// is allowed: metadata services, sockets, loopback
  bool proxy_from_environment = false;  // http_proxy and its like count; never with `socket`, never for metadata services
  std::string ca_file;                  // PEM: authorities trusted instead of the system's
};

// Whose certificate a TLS server showed; verified.
struct Peer {
  Bytes certificate;  // DER; empty when libcurl's TLS library does not tell
  std::string subject, issuer;
};

struct Response {
  int status = 0;
  std::vector<Header> headers;           // of the last answer, in order
  Bytes body;
  std::string url;                       // after redirections
  std::optional<Seconds> retry_after;    // where the server said so, as seconds or as a date
  std::optional<Peer> peer;              // TLS only

  // The first header of that name (lower case), or nullptr.
  const std::string* header(std::string_view name) const;
};

// Keeps connections open between requests to the same host. Not for use by several threads at once.
class Client {
 public:
  Client();
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  // net.url, net.dns, net.connect, net.timeout, net.tls, net.redirect, net.too_large, net.truncated, net.protocol,
  // net.ca_file; a socket that is missing or forbidden: platform.absent, platform.denied. Messages name the host or the
  // socket and never hold headers or bodies.
  Result<Response> send(const Request& request);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One request on a connection of its own.
Result<Response> send(const Request& request);

// Nothing for a status of 200 to 299; otherwise net.busy (408, 425, 429, 5xx; with the time to wait) or net.status.
// `what` names the service for people.
Status accepted(const Response& response, std::string_view what);

// Is the host of an address this machine (localhost, 127.0.0.0/8, ::1)? False for what is no address.
bool is_loopback(std::string_view url);

}  // namespace tee::net
