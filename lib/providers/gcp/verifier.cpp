// The rows of the room, and what identifies a workload.
#include "providers/gcp/verifier.h"

#include "providers/gcp/verify.h"
#include "providers/gcp/vtpm_evidence.h"
#include "providers/gcp/vtpm_verify.h"
#include "providers/shared/token/engine.h"
#include "providers/shared/token/kind.h"

namespace tee::gcp {

namespace {

bool recognise_token(ByteView evidence) { return token::kind_of(evidence) == token::Kind::gcp_confidential; }

// The image by digest or by signer, in a token that was made for this verifier (S5, S22).
WorkloadAnswer token_workload(const std::set<std::string>& pinned, const Findings&, const AppraisalOptions&) {
  const bool image = pinned.contains("image_digest") || pinned.contains("measurement") || pinned.contains("image_signer");
  const bool audience = pinned.contains("aud");
  WorkloadAnswer answer;
  answer.answered = image && audience;
  if (!image) answer.missing = "--expect image_digest=sha256:HEX";
  if (!audience) answer.missing += std::string(answer.missing.empty() ? "" : " ") + "--expect aud=AUDIENCE";
  return answer;
}

constexpr Verifier kVerifiers[] = {
    {Provider::gcp_confidential, EvidenceType::gcp_confidential_token, recognise_token, verify_token, token::inspect_token,
     token_workload},
    {Provider::gcp_confidential, EvidenceType::gce_vtpm, recognise_vtpm, verify_vtpm, inspect_vtpm, vtpm_workload},
};

}  // namespace

std::span<const Verifier> verifiers() { return kVerifiers; }

}  // namespace tee::gcp
