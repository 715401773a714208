// The pinned AWS root: name and public key. Floor F3.
#pragma once

#include "crypto/path.h"

namespace tee::nitro {

// AWS Nitro Enclaves Root-G1, commercial partitions.
const crypto::TrustAnchor& aws_root();

}  // namespace tee::nitro
