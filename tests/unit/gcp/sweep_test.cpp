// A good token, cut and changed at every place: never a pass, never a crash.
#include "mint/gcp/gcp.h"
#include "unit/variants.h"

using namespace tee;

namespace {

verify::Outcome judge(const mint::Case& c, Bytes evidence, const verify::Questions& q,
                      const CollateralSet& set) {
  return verify::appraise(verify::recognise(std::move(evidence), c.evidence.name), q, set);
}

void sweep(const char* variant) {
  const mint::Case c = mint::gcp_vendor().make(variant).value();
  const verify::Questions q = test::questions_for(c);
  const CollateralSet set = test::collateral_for(c);
  const Bytes& good = c.evidence.bytes;
  REQUIRE(judge(c, good, q, set).verdict == verify::Verdict::pass);
  for (std::size_t i = 0; i + 1 < good.size(); ++i) {  // the last byte is the line end
    CAPTURE(i);
    for (const std::uint8_t flip : {std::uint8_t{0x01}, std::uint8_t{0x20}}) {
      Bytes changed = good;
      changed[i] ^= flip;
      CHECK(judge(c, changed, q, set).verdict != verify::Verdict::pass);
    }
  }
  for (std::size_t n = 0; n + 1 < good.size(); n += 7) {
    CAPTURE(n);
    CHECK(judge(c, Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(n)), q, set).verdict !=
          verify::Verdict::pass);
  }
}

}  // namespace

TEST_CASE("bad-any-byte: each character of a token changed, each length") {
  crypto::enable_signature_memory(4096);
  sweep("good");
}
