// JWS algorithms (RFC 7518 section 3.1) that attestation services use. none and HS* do not exist here.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/key.h"

namespace tee::token {

struct Algorithm {
  std::string_view name;  // "ES384"
  crypto::Scheme scheme;
  std::optional<crypto::Curve> curve;  // the only curve of an ES algorithm
};

// Exact, case-sensitive; nullptr for anything else.
const Algorithm* algorithm_named(std::string_view name);
// The key's own type decides; the name only has to agree.
bool fits(const Algorithm& algorithm, const crypto::PublicKey& key);
// ECDSA signatures are r and s, each of fixed length (RFC 7518 section 3.4); RSA ones as long as the modulus.
bool verify(const Algorithm& algorithm, const crypto::PublicKey& key, ByteView signing_input,
            ByteView signature);

}  // namespace tee::token
