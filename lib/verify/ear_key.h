// The key of another verifier, as an operator gives it: --ear-key. Floor F4.
#pragma once

#include "crypto/key.h"

namespace tee::verify {

// PEM ("PUBLIC KEY") or DER SubjectPublicKeyInfo, a JWK, or a key set of one key; on P-256 or P-384, or Ed25519. Error
// ear.public_key: anything else, a private key among them.
Result<crypto::PublicKey> read_ear_key(ByteView file);

}  // namespace tee::verify
