// What NVIDIA's chains have in common, for devices and for manifest signers: P-384 throughout, ECDSA with SHA-384. Floor F3.
#pragma once

#include <vector>

#include "crypto/path.h"

namespace tee::nvidia {

// Judges the path from `leaf` through `pool` to each anchor and returns the best result (no findings, else the first). `chain`
// receives the certificates of that path, leaf first, without the anchor's own certificate.
crypto::PathResult best_path(const crypto::Certificate& leaf, const std::vector<crypto::Certificate>& pool,
                             const std::vector<crypto::TrustAnchor>& anchors, Time at,
                             std::vector<const crypto::Certificate*>& chain);

}  // namespace tee::nvidia
