// Addresses of services, taken apart by libcurl's own parser so that check and use agree. Floor F1.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tee::net {

struct Url {
  std::string scheme, host, port;  // lower case; the port also where the address leaves it out

  // Scheme, host and port: what a redirection may not change.
  bool same_origin(const Url& other) const { return scheme == other.scheme && host == other.host && port == other.port; }
};

// net.url: no absolute http or https address, a user name in it, control characters, above 8 KiB.
Result<Url> parse_url(std::string_view text);

}  // namespace tee::net
