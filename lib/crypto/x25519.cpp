#include "crypto/x25519.h"

#include <sodium.h>

#include <cstdlib>

namespace tee::crypto {

X25519Pair x25519_generate() { return x25519_pair(Secret::random(32)); }

X25519Pair x25519_pair(Secret private_key) {
  if (private_key.size() != 32) std::abort();
  X25519Pair out{std::move(private_key), {}};
  crypto_scalarmult_curve25519_base(out.public_key.data(), out.private_key.view().data());
  wipe_stack();
  return out;
}

std::optional<Secret> x25519(ByteView private_key, ByteView public_key) {
  if (private_key.size() != 32 || public_key.size() != 32) return std::nullopt;
  Secret shared(32);
  const int status = crypto_scalarmult_curve25519(shared.bytes().data(), private_key.data(), public_key.data());
  wipe_stack();
  if (status != 0 || sodium_is_zero(shared.view().data(), 32) == 1) return std::nullopt;
  return shared;
}

}  // namespace tee::crypto
