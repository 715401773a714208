// der::Reader: elements tile the input, and what a getter accepts is written back to the same bytes.
#include "base/encoding.h"
#include "codec/der.h"
#include "require.h"

using namespace tee;

namespace {

void check_values(const der::Element& e) {
  if (const auto value = der::boolean(e))
    FUZZ_REQUIRE(equal(der::boolean(*value), der::encode(der::kBoolean, e.content)));
  if (const auto value = der::unsigned_integer(e))
    FUZZ_REQUIRE(equal(der::integer(*value), der::encode(der::kInteger, e.content)));
  if (const auto value = der::positive_integer(e)) {
    FUZZ_REQUIRE(der::check_integer(e).has_value());
    FUZZ_REQUIRE(equal(der::integer_from_magnitude(*value), der::encode(der::kInteger, e.content)));
  }
  if (const auto value = der::bit_string(e))
    FUZZ_REQUIRE(equal(der::bit_string(*value), der::encode(der::kBitString, e.content)));
  if (const auto value = der::oid_text(e.content)) FUZZ_REQUIRE(equal(der::oid(*value), e.content));
  if (const auto value = der::time(e)) {
    const Bytes written = der::time(*value);
    der::Reader reader(written);
    FUZZ_REQUIRE(der::time(reader.any().value()).value() == *value);
    if (e.tag == der::kUtcTime) FUZZ_REQUIRE(equal(written, e.whole));
  }
}

void walk(ByteView input, int depth) {
  der::Reader reader(input);
  std::size_t at = 0;
  while (!reader.done()) {
    const auto tag = reader.peek_tag();
    const Result<der::Element> e = reader.any();
    if (!e) return;
    FUZZ_REQUIRE(tag == e->tag);
    FUZZ_REQUIRE(e->whole.data() == input.data() + at);
    FUZZ_REQUIRE(equal(der::encode(e->tag, e->content), e->whole));  // there is one encoding only
    at += e->whole.size();
    check_values(*e);
    if (depth < 20) walk(e->content, depth + 1);
  }
  FUZZ_REQUIRE(at == input.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  walk({data, size}, 0);
  return 0;
}
