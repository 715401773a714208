// json::parse: what is accepted prints and parses to the same value, prints safely, and spans give the exact
// bytes.
#include "base/encoding.h"
#include "codec/json.h"
#include "require.h"

using namespace tee;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const Result<Json> value = json::parse(text);
  const Result<json::Located> located = json::parse_located(text, SIZE_MAX);
  if (!value) {
    FUZZ_REQUIRE(!located);
    FUZZ_REQUIRE(printable(value.error().message, SIZE_MAX) == value.error().message);
    return 0;
  }
  const std::string printed = json::dump(*value);
  FUZZ_REQUIRE(printable(printed, SIZE_MAX) == printed);
  FUZZ_REQUIRE(json::parse(printed).value() == *value);
  FUZZ_REQUIRE(json::parse(json::dump(*value, json::Style::pretty)).value() == *value);
  if (!located) return 0;  // names too long to keep track of
  FUZZ_REQUIRE(located->value == *value);
  for (const auto& [pointer, span] : located->spans) {
    FUZZ_REQUIRE(span.begin < span.end && span.end <= size);
    const Json* at = json::at_pointer(*value, pointer);
    FUZZ_REQUIRE(at != nullptr);
    if (size < 4096) FUZZ_REQUIRE(json::parse(text.substr(span.begin, span.end - span.begin)).value() == *at);
  }
  return 0;
}
