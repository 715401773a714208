#include "providers/tpm/verifier.h"

#include "providers/tpm/evidence.h"
#include "providers/tpm/verify.h"

namespace tee::tpm {

// A bare quote belongs to no provider; the registry's provider_of() says so, whatever stands in the first
// field.
const Verifier& verifier() {
  static constexpr Verifier row{Provider::gcp_confidential,
                                EvidenceType::tpm_quote,
                                recognise,
                                verify_quote,
                                inspect_quote,
                                quote_workload};
  return row;
}

}  // namespace tee::tpm
