// X25519 (RFC 7748). Floor F1; libsodium inside.
#pragma once

#include <optional>

#include "crypto/secret.h"

namespace tee::crypto {

using X25519Public = std::array<std::uint8_t, 32>;

struct X25519Pair {
  Secret private_key;  // 32 bytes
  X25519Public public_key{};
};

X25519Pair x25519_generate();
X25519Pair x25519_pair(Secret private_key);  // of 32 bytes; anything else is our bug
// nullopt: a low-order point, whose shared secret would be all zero and known to everybody (RFC 7748 section 6.1).
std::optional<Secret> x25519(ByteView private_key, ByteView public_key);

}  // namespace tee::crypto
