// The SNP room over any bytes: containers, report, certificate table, VEK extensions. Nothing that a fuzzer
// can write passes under AMD's keys, what is decoded lies inside the input, and every refusal has a code.
#include "require.h"

#if TEE_WITH_SNP
#include "codec/json.h"
#include "providers/snp/certificates.h"
#include "providers/snp/container.h"
#include "providers/snp/evidence.h"
#include "providers/snp/verifier.h"

using namespace tee;

namespace {

bool inside(ByteView inner, ByteView outer) {
  return inner.empty() ||
         (inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size());
}

void check_container(ByteView input) {
  const snp::Container container = snp::open_container(input);
  FUZZ_REQUIRE(inside(container.report, input) && inside(container.table, input));
  FUZZ_REQUIRE(container.report.empty() || container.report.size() == snp::kReportSize);
  FUZZ_REQUIRE(container.problem || !container.report.empty());
  const Result<Json> decoded = snp::verifier().inspect(input);
  if (decoded) FUZZ_REQUIRE(json::parse(json::dump(*decoded)).has_value());
}

// The input once more as a collateral file beside itself.
void check_verdict(ByteView input) {
  CollateralSet collateral;
  if (Result<CollateralSet> set = read_collateral(input, "fuzz", Origin::supplied))
    collateral = *std::move(set);
  AppraisalOptions options;
  options.at = unix_time(1768478400);
  Findings found;
  snp::verifier().verify({input, collateral, options}, found);
  bool passes = !found.checks.empty();
  for (const Check& c : found.checks) {
    FUZZ_REQUIRE(c.status == CheckStatus::pass || c.code != nullptr);
    passes &= c.status == CheckStatus::pass || c.status == CheckStatus::skipped;
  }
  FUZZ_REQUIRE(!passes);
  for (const CertificateItem& item : collateral.certificates) {
    const snp::VekProfile profile = snp::read_profile(item.certificate);
    FUZZ_REQUIRE(!profile.hwid || profile.hwid->size() == 8 || profile.hwid->size() == 64);
    for (const auto& spl : profile.spl) FUZZ_REQUIRE(spl.value_or(0) <= 255);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  (void)snp::recognise(input);
  check_container(input);
  check_verdict(input);
  return 0;
}

#else  // built without the room

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) { return 0; }

#endif
