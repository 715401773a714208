#include "providers/sgx/verifier.h"

#include "providers/sgx/verify.h"
#include "providers/shared/intel_dcap/describe.h"

namespace tee::sgx {

namespace {

bool recognise(ByteView evidence) { return intel::recognise_quote(evidence) == intel::Tee::sgx; }

// Exactly this code, or this product of this signer from a version on (rule S5).
WorkloadAnswer workload(const std::set<std::string>& pinned, const Findings&, const AppraisalOptions&) {
  WorkloadAnswer answer;
  const bool product =
      pinned.contains("mr_signer") && pinned.contains("isv_prod_id") && pinned.contains("isv_svn");
  answer.answered = pinned.contains("mr_enclave") || pinned.contains("measurement") || product;
  answer.missing = "--expect mr_enclave=HEX";
  return answer;
}

constexpr Verifier kVerifier{
    Provider::intel_sgx, EvidenceType::sgx_quote, recognise, verify, intel::inspect_quote, workload};

}  // namespace

const Verifier& verifier() { return kVerifier; }

}  // namespace tee::sgx
