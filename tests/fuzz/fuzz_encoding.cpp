// Hex, base64, printable text, times: one encoding only, and nothing that acts on a terminal comes out.
#include "base/encoding.h"
#include "base/time.h"
#include "require.h"

using namespace tee;

namespace {

void check_decoding(std::string_view text) {
  if (const auto bytes = from_hex(text)) {
    FUZZ_REQUIRE(hex(*bytes).size() == text.size());
    FUZZ_REQUIRE(text.empty() || is_hex(text));
  } else {
    FUZZ_REQUIRE(!is_hex(text));
  }
  const auto standard = from_base64(text), url = from_base64(text, Base64::url),
             lenient = from_base64_lenient(text);
  if (standard) FUZZ_REQUIRE(base64(*standard) == text && lenient.value() == *standard);
  if (url) FUZZ_REQUIRE(base64(*url, Base64::url) == text && lenient.value() == *url);
}

void check_times(std::string_view text) {
  if (const auto t = parse_rfc3339(text)) FUZZ_REQUIRE(parse_rfc3339(rfc3339(*t)).value() == *t);
  if (const auto d = parse_duration(text)) FUZZ_REQUIRE(d->count() >= 0);
  if (const auto t = parse_when(text, unix_time(1750000000)))
    FUZZ_REQUIRE(parse_rfc3339(rfc3339(*t)).value() == *t);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const std::string_view text = as_text(bytes);
  FUZZ_REQUIRE(from_hex(hex(bytes)).value() == to_bytes(bytes));
  FUZZ_REQUIRE(from_base64(base64(bytes)).value() == to_bytes(bytes));
  FUZZ_REQUIRE(from_base64(base64(bytes, Base64::url), Base64::url).value() == to_bytes(bytes));
  check_decoding(text);
  check_times(text);
  const std::string shown = printable(text, SIZE_MAX);
  FUZZ_REQUIRE(printable(shown, SIZE_MAX) == shown);
  FUZZ_REQUIRE(valid_utf8(shown));
  FUZZ_REQUIRE(printable(text, 16).size() <= 16 * 7 + 3);
  FUZZ_REQUIRE(!valid_utf8(text) || valid_utf8_prefix(text) == size);
  const std::string_view word = text.substr(0, 40);
  const std::string_view found = nearest(word, {"collateral", "nonce", "at"});
  FUZZ_REQUIRE(found.size() <= word.size() + 3);
  return 0;
}
