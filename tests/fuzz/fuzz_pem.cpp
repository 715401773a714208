// pem::parse: what is accepted can be written and read again, and is recognised as PEM;
// text without junk gives the same blocks either way.
#include "base/encoding.h"
#include "codec/pem.h"
#include "require.h"

using namespace tee;

namespace {

void check_blocks(const std::vector<pem::Block>& blocks) {
  FUZZ_REQUIRE(!blocks.empty());
  std::string written;
  for (const pem::Block& block : blocks) {
    FUZZ_REQUIRE(!block.der.empty() && printable(block.label) == block.label);
    written += pem::encode(block.label, block.der);
  }
  const auto again = pem::parse(written).value();
  FUZZ_REQUIRE(again.size() == blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    FUZZ_REQUIRE(again[i].label == blocks[i].label && again[i].der == blocks[i].der);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  const auto strict = pem::parse(text, pem::Junk::refuse);
  const auto loose = pem::parse(text, pem::Junk::allow);
  if (loose) check_blocks(*loose);
  if (strict) {
    check_blocks(*strict);
    FUZZ_REQUIRE(pem::looks_like_pem(text));
    FUZZ_REQUIRE(loose && loose->size() == strict->size());
  }
  return 0;
}
