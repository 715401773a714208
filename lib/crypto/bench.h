// What one signature check costs on this machine, for `tee-verify bench` and its gate (design section 8).
// Floor F1.
//
// Measured is the public-key operation alone, with key and signature already imported: the floor under any
// verifier.
#pragma once

#include "crypto/key.h"

namespace tee::crypto {

enum class MeasuredKey { p256, p384, rsa4096_pss };
std::string_view to_string(MeasuredKey key);  // "ECDSA P-256"

// The fastest of `batches` batches of a few milliseconds each, in seconds per check: noise only ever adds. 0
// when the fixed sample does not verify, which would be a broken libcrypto.
double seconds_per_verify(MeasuredKey key, unsigned batches = 15);

}  // namespace tee::crypto
