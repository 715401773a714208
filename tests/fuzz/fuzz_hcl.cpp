// HCL reports and the evidence JSON of Azure's confidential VMs over any bytes. Views lie inside the input,
// an attestation key is never a weak one, and nothing passes: the hardware report would have to be AMD's or
// Intel's.
#include "require.h"

#if TEE_WITH_AZURE
#include "providers/azure/hcl.h"
#include "providers/azure/vtpm_evidence.h"
#include "providers/azure/vtpm_verify.h"

using namespace tee;

namespace {

bool inside(ByteView inner, ByteView outer) {
  return inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size();
}

void check_runtime(ByteView text) {
  const auto runtime = azure::parse_runtime_data(text);
  if (!runtime) return;
  FUZZ_REQUIRE(runtime->attestation_key.rsa() && runtime->attestation_key.rsa()->bits() >= 2048);
  FUZZ_REQUIRE(runtime->attestation_key.rsa()->e == (Bytes{1, 0, 1}));
  FUZZ_REQUIRE(!runtime->user_data || runtime->user_data->size() == 64);
}

void check_hcl(ByteView input) {
  const auto hcl = azure::parse_hcl(input);
  if (!hcl) return;
  FUZZ_REQUIRE(inside(hcl->hardware_report, input) && inside(hcl->runtime_data, input) &&
               inside(hcl->report_data, input));
  FUZZ_REQUIRE(hcl->report_data.size() == 64 && !hcl->runtime_data.empty());
  FUZZ_REQUIRE(hcl->hardware_report.size() == (hcl->hardware == azure::Hardware::snp ? 1184u : 1024u));
  (void)azure::binds_runtime_data(*hcl);
  check_runtime(hcl->runtime_data);
}

void check_verdict(ByteView input) {
  AppraisalOptions options;
  options.at = unix_time(1768478400);
  Findings found;
  azure::verify_vtpm({input, CollateralSet{}, options}, found);
  bool passes = true;
  for (const Check& c : found.checks) passes &= c.status == CheckStatus::pass;
  FUZZ_REQUIRE(!passes);
  (void)azure::looks_like_vtpm_evidence(input);
  if (const auto decoded = azure::inspect_vtpm(input))
    FUZZ_REQUIRE(json::parse(json::dump(*decoded)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  check_hcl(input);
  check_runtime(input);
  check_verdict(input);
  return 0;
}

#else  // built without the room

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) { return 0; }

#endif
