// The pinned AWS root: name and public key (RFC 5280 trust anchor), so that a re-issued certificate still
// fits. Floor F3.
//
// The zip that AWS publishes is stated to be for the commercial partitions. Documents of other partitions
// chain to other roots, which an operator gives as an anchor of his own.
#pragma once

#include "crypto/path.h"

namespace tee::nitro {

// AWS Nitro Enclaves Root-G1, commercial partitions.
const crypto::TrustAnchor& aws_root();

}  // namespace tee::nitro
