#include "providers/ear/verifier.h"

#include "providers/ear/verify.h"
#include "providers/shared/token/engine.h"
#include "providers/shared/token/kind.h"

namespace tee::ear {

namespace {

bool recognise(ByteView evidence) { return token::kind_of(evidence) == token::Kind::ear; }

}  // namespace

// A result belongs to no provider; the registry's provider_of() says so, whatever stands in the first field.
const Verifier& verifier() {
  static constexpr Verifier row{Provider::gcp_confidential, EvidenceType::ear,    recognise,
                                verify_ear,                 token::inspect_token, ear_workload};
  return row;
}

}  // namespace tee::ear
