// Intel's root, as name and public key (design section 7). Floor F3.
#pragma once

#include <vector>

#include "crypto/path.h"

namespace tee::intel {

const std::vector<crypto::TrustAnchor>& pinned_roots();

}  // namespace tee::intel
