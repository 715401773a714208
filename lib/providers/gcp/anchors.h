// Who may sign a Confidential Space token: Google's issuer, and the root of its PKI tokens.
#pragma once

#include <string_view>
#include <vector>

#include "crypto/path.h"

namespace tee::gcp {

inline constexpr std::string_view kIssuer = "https://confidentialcomputing.googleapis.com";

std::vector<crypto::TrustAnchor> token_anchors();

}  // namespace tee::gcp
