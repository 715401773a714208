// The code of a path finding, the same in every room. Floor F2.
#pragma once

#include "base/codes.h"
#include "crypto/path.h"

namespace tee {

// `chain_size`: certificates of the judged path without the anchor. A top certificate that the anchor did not sign is
// chain.untrusted; a break further down is chain.invalid.
const Code& code_for(const crypto::PathFinding& finding, std::size_t chain_size);

}  // namespace tee
