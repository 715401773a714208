#include "evidence/path_code.h"

#include "evidence/codes.h"

namespace tee {

const Code& code_for(const crypto::PathFinding& finding, std::size_t chain_size) {
  using crypto::PathProblem;
  switch (finding.problem) {
    case PathProblem::expired:
    case PathProblem::anchor_expired: return code::chain_expired;
    case PathProblem::not_yet_valid: return code::chain_not_yet_valid;
    case PathProblem::empty: return code::chain_untrusted;
    case PathProblem::issuer_mismatch:
    case PathProblem::bad_signature: return finding.index + 1 >= chain_size ? code::chain_untrusted : code::chain_invalid;
    default: return code::chain_invalid;
  }
}

}  // namespace tee
