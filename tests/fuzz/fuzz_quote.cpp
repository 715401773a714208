// Intel quotes: the input as a whole quote, judged under Intel's root at a time before it began, so nothing
// may pass.
#include "require.h"

#if TEE_WITH_TDX && TEE_WITH_SGX
#include "codec/json.h"
#include "providers/sgx/verifier.h"
#include "providers/shared/intel_dcap/quote.h"
#include "providers/tdx/verifier.h"

using namespace tee;

namespace {

bool passes(const Findings& found) {
  bool any = false;
  for (const Check& c : found.checks) {
    if (c.status == CheckStatus::fail || c.status == CheckStatus::inconclusive) return false;
    any |= c.status == CheckStatus::pass;
  }
  return any;
}

bool within(ByteView part, ByteView whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check_layout(ByteView evidence) {
  const Result<intel::QuoteHead> head = intel::parse_quote_head(evidence);
  if (!head) return;
  FUZZ_REQUIRE(within(head->signed_bytes, evidence) && head->signed_bytes.data() == evidence.data());
  const Result<intel::SignatureData> data = intel::parse_signature_data(evidence, *head);
  if (!data) return;
  FUZZ_REQUIRE(data->quote_size <= evidence.size());
  const ByteView quote = evidence.first(data->quote_size);
  for (const ByteView part : {data->signature, data->attestation_key, data->qe_report.raw,
                              data->qe_report_signature, data->qe_auth_data, data->certification_data})
    FUZZ_REQUIRE(within(part, quote));
  FUZZ_REQUIRE(data->signature.size() == 64 && data->attestation_key.size() == 64 &&
               data->qe_report_signature.size() == 64);
  FUZZ_REQUIRE(data->qe_report.raw.size() == 384);
  FUZZ_REQUIRE(data->certification_data.empty() ||
               data->certification_data.data() + data->certification_data.size() ==
                   quote.data() + quote.size());
}

void judge(const Verifier& room, ByteView evidence) {
  AppraisalOptions options;
  options.at = unix_time(946684800);
  options.genuine_only = true;
  Findings found;
  room.verify({evidence, CollateralSet{}, options}, found);
  FUZZ_REQUIRE(!passes(found));
  FUZZ_REQUIRE(found.judged_bytes <= evidence.size());
  FUZZ_REQUIRE(json::parse(json::dump(found.vendor)).has_value());
  if (const Result<Json> decoded = room.inspect(evidence))
    FUZZ_REQUIRE(json::parse(json::dump(*decoded)).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView evidence(data, size);
  const bool tdx = tdx::verifier().recognise(evidence), sgx = sgx::verifier().recognise(evidence);
  FUZZ_REQUIRE(!(tdx && sgx));
  check_layout(evidence);
  judge(tdx::verifier(), evidence);
  judge(sgx::verifier(), evidence);
  return 0;
}
#else
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) { return 0; }
#endif
