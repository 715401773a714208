// RSA and Ed25519 through OpenSSL's EVP calls. Internal to lib/crypto. Floor F1.
//
// Neither leaves anything in OpenSSL's error queue.
#pragma once

#include <functional>

#include "crypto/key.h"

namespace tee::crypto {

// The signature is exactly as long as the modulus and holds over `digest` under exactly this RSA scheme.
bool rsa_holds(const RsaKey& key, Scheme scheme, ByteView digest, ByteView signature);
bool ed25519_holds(const EdKey& key, ByteView message, ByteView signature);

// For measuring: everything but the public-key operation is done beforehand. Empty when the key cannot be
// used.
std::function<bool()> prepared_rsa(const RsaKey& key, Scheme scheme, ByteView digest, ByteView signature);

}  // namespace tee::crypto
