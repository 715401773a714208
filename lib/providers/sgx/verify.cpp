#include "providers/sgx/verify.h"

#include "providers/sgx/claims.h"
#include "providers/shared/intel_dcap/codes.h"
#include "providers/shared/intel_dcap/judge.h"

namespace tee::sgx {

namespace {

void check_debug(const intel::EnclaveReport& r, const AppraisalOptions& options, Findings& out) {
  if (!r.debug())
    out.pass(Area::platform, "sgx.debug", "not a debug enclave");
  else if (options.allow_debug)
    out.passed_by("--allow-debug", Area::platform, "sgx.debug", "the enclave runs in debug mode");
  else
    out.fail(Area::platform, "sgx.debug", intel::code::debug_enabled, "the enclave runs in debug mode");
}

}  // namespace

void verify(const VerifyInput& input, Findings& out) {
  const Result<intel::QuoteHead> head = intel::parse_quote_head(input.evidence);
  if (!head) {
    out.fail(Area::form, "intel.quote.format", head.error());
    return;
  }
  if (head->tee != intel::Tee::sgx) {
    out.fail(Area::form, "intel.quote.format", intel::code::evidence_type_mismatch,
             "the quote is not for SGX");
    return;
  }
  state_claims(*head, out);
  const intel::Judged judged = intel::judge_quote(input, *head, Provider::intel_sgx, out);
  if (judged.chain.fields) state_platform(*judged.chain.fields, out);
  check_debug(head->enclave, input.options, out);
}

}  // namespace tee::sgx
