// cbor::decode and cose::parse_sign1: ranges nest, views lie inside the input, signed bytes decode again.
#include "base/encoding.h"
#include "codec/cose.h"
#include "require.h"

using namespace tee;

namespace {

bool inside(ByteView inner, ByteView outer) {
  return inner.empty() ||
         (inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size());
}

void check_item(const cbor::Item& item, ByteView input) {
  FUZZ_REQUIRE(item.begin < item.end && item.end <= input.size());
  FUZZ_REQUIRE(inside(item.content, input.subspan(item.begin, item.end - item.begin)));
  FUZZ_REQUIRE(!item.is(cbor::Type::text) || valid_utf8(item.text()));
  FUZZ_REQUIRE(!item.is(cbor::Type::map) || item.children.size() % 2 == 0);
  std::size_t at = item.begin + 1;
  for (const cbor::Item& child : item.children) {
    FUZZ_REQUIRE(child.begin >= at && child.end <= item.end);
    at = child.end;
    check_item(child, input);
    // The bytes of a child alone are the same item.
    if (input.size() < 4096)
      FUZZ_REQUIRE(cbor::decode(input.subspan(child.begin, child.end - child.begin))->type == child.type);
  }
  if (!item.is(cbor::Type::map)) return;
  for (std::size_t i = 0; i < item.children.size(); i += 2) {
    if (item.children[i].is(cbor::Type::text))
      FUZZ_REQUIRE(item.find(item.children[i].text()) == &item.children[i + 1]);
  }
}

void check_message(ByteView input) {
  const Result<cose::Sign1> message = cose::parse_sign1(input);
  if (!message) return;
  FUZZ_REQUIRE(inside(message->payload, input) && inside(message->signature, input));
  const Bytes covered = cose::signed_bytes(*message);
  const cbor::Item parts = cbor::decode(covered).value();
  FUZZ_REQUIRE(parts.children.size() == 4);
  FUZZ_REQUIRE(parts.children[0].text() == "Signature1");
  FUZZ_REQUIRE(equal(parts.children[1].content, message->protected_header));
  FUZZ_REQUIRE(parts.children[2].content.empty());
  FUZZ_REQUIRE(equal(parts.children[3].content, message->payload));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const Result<cbor::Item> item = cbor::decode(input);
  if (item) {
    FUZZ_REQUIRE(item->begin == 0 && item->end == size);
    check_item(*item, input);
  }
  check_message(input);
  return 0;
}
