// Points and ECDSA through OpenSSL's low-level EC calls. Internal to lib/crypto. Floor F1.
//
// The low-level calls are deprecated in OpenSSL 3.0, but import a raw point 8 to 50 times faster than EVP and
// take no provider locks. They stand in openssl_ec.cpp and nowhere else.
#pragma once

#include <functional>

#include "crypto/key.h"

namespace tee::crypto {

// x and y have the field's length, both below the field prime, and the point is on the curve (never
// infinity).
bool point_on_curve(const EcKey& key);

// r and s big-endian without a sign byte, any length; false unless both are in 1..n-1 and the signature
// holds.
bool ecdsa_holds(const EcKey& key, ByteView digest, ByteView r, ByteView s);

// For measuring: key and signature are imported beforehand, each call is one ECDSA_do_verify. Empty when not
// well formed.
std::function<bool()> prepared_ecdsa(const EcKey& key, ByteView digest, ByteView r, ByteView s);

}  // namespace tee::crypto
