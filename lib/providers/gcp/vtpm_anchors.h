// Google's roots of attestation-key certificates. Floor F3.
#pragma once

#include <vector>

#include "crypto/path.h"

namespace tee::gcp {

std::vector<crypto::TrustAnchor> attestation_key_anchors();

}  // namespace tee::gcp
