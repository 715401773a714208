// The peer's public key as an operator gives it: a file, or an algorithm and bytes. Floor F4.
//
// What is bound is the algorithm id together with the key bytes (rule S2), so a key given in one form equals the same key
// given in another.
#pragma once

#include <string_view>

#include "verify/appraise.h"

namespace tee::verify {

// FILE: PEM or DER of a public key or a certificate. ALGORITHM:BYTES with x25519, x25519-tangle1, x25519-age, p256, p384
// or spki, and BYTES in any byte form.
Result<PublicKeyBinding> read_public_key(std::string_view argument);
// DER SubjectPublicKeyInfo to what is bound.
Result<PublicKeyBinding> binding_for_spki(ByteView spki);

}  // namespace tee::verify
