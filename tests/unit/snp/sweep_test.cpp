// Every byte of the signed part and of the signature changed, every length cut: never a pass, never a crash.
#include "crypto/digest.h"
#include "helpers.h"

using namespace tee;
using namespace tee::test;

TEST_CASE("bad-sweep: no change of a signed byte and no unsigned byte passes") {
  const Made m = made();
  const CollateralSet collateral = collateral_for(m);
  const AppraisalOptions options = options_for(m);
  REQUIRE(passes(judge(m.report, collateral, options)));
  for (std::size_t i = 0; i < m.report.size(); ++i) {
    // One flip at each end of the byte in the signed part and the numbers, one in the zeros behind them.
    for (const std::uint8_t flip : {std::uint8_t{0x01}, std::uint8_t{0x80}}) {
      if (i >= 0x330 && flip == 0x80) continue;
      Bytes changed = m.report;
      changed[i] ^= flip;
      const Findings f = judge(changed, collateral, options);
      CAPTURE(i);
      CAPTURE(int(flip));
      CHECK_FALSE(passes(f));
    }
  }
}

TEST_CASE("bad-truncation: no shorter evidence passes") {
  const Made m = made();
  const CollateralSet collateral = collateral_for(m);
  const AppraisalOptions options = options_for(m);
  for (std::size_t size = 0; size < m.report.size(); ++size) {
    const Findings f = judge(ByteView(m.report).first(size), collateral, options);
    CAPTURE(size);
    CHECK(failed(f));
  }
}

TEST_CASE("bad-extended-truncation_S20: a cut certificate table never passes") {
  const Made m = made();
  Bytes evidence = m.report;
  append(evidence, mint::snp::encode_table(
                       {{mint::snp::TableGuid::vcek, m.vek}, {mint::snp::TableGuid::ask, m.intermediate}}));
  const AppraisalOptions options = options_for(m);
  REQUIRE(passes(judge(evidence, {}, options)));
  for (std::size_t size = m.report.size() + 1; size < evidence.size(); size += 13) {
    const Findings f = judge(ByteView(evidence).first(size), {}, options);
    CAPTURE(size);
    CHECK(failed(f));
  }
}

TEST_CASE("the two forms of one signature are one report (S23)") {
  const Made m = made();
  const Findings first = judge(m.report, collateral_for(m), options_for(m));
  Bytes other = m.report;
  other[0x2a0] ^= 1;
  const Findings second = judge(other, collateral_for(m), options_for(m));
  CHECK(first.signed_bytes_sha256.size() == 32);
  CHECK(first.signed_bytes_sha256 == second.signed_bytes_sha256);
  CHECK(first.signed_bytes_sha256 == to_bytes(crypto::sha256(ByteView(m.report).first(0x2a0))));
}
