#include "net/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "base/encoding.h"
#include "net/codes.h"
#include "net/http.h"

namespace tee::net {

namespace {

constexpr std::size_t kMaxUrl = 8 << 10;

struct Free {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(char* text) const { curl_free(text); }
};

std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* raw = nullptr;
  if (curl_url_get(url, part, &raw, flags) != CURLUE_OK || !raw) return {};
  const std::unique_ptr<char, Free> owned(raw);
  return raw;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

tl::unexpected<Error> bad(std::string_view text, std::string why) {
  return fail(code::url, "\"" + printable(text) + "\": " + std::move(why), "an address looks like https://host.example/path");
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kMaxUrl) return bad(text.substr(0, 64), "longer than 8 KiB");
  if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c >= 0x7f; }))
    return bad(text, "spaces, control and other characters outside ASCII must be percent-encoded");
  const std::unique_ptr<CURLU, Free> url(curl_url());
  if (!url) return fail(tee::code::internal_bug, "out of memory");
  if (curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK) return bad(text, "not an absolute address");
  Url out{lower(part_of(url.get(), CURLUPART_SCHEME)), lower(part_of(url.get(), CURLUPART_HOST)),
          part_of(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT)};
  if (out.scheme != "https" && out.scheme != "http") return bad(text, "neither https nor http");
  // The password would end in messages, and in the answers of proxies.
  if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty())
    return fail(code::url, "an address of " + printable(out.host) + " holds a user name or password", "leave it out of the address");
  if (out.host.empty() || out.port.empty()) return bad(text, "no host");
  return out;
}

bool is_loopback(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return false;
  if (url->host == "localhost" || url->host == "[::1]") return true;
  // libcurl's parser has written numeric addresses as four decimal numbers; a name such as 127.example has other characters.
  return url->host.starts_with("127.") && url->host.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace tee::net
