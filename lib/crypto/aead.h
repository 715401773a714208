// Authenticated encryption: AES-256-GCM (NIST SP 800-38D) and ChaCha20-Poly1305 (RFC 8439). Floor F1; OpenSSL inside.
//
// Sealed bytes are the ciphertext followed by a tag of 16 bytes. Nonces have 12 bytes; that none is used twice with a key is the
// caller's duty.
#pragma once

#include <memory>
#include <optional>

#include "crypto/secret.h"

namespace tee::crypto {

enum class Aead { aes256_gcm, chacha20_poly1305 };
std::string_view to_string(Aead a);  // "AES-256-GCM"

inline constexpr std::size_t kTagBytes = 16, kNonceBytes = 12, kAeadKeyBytes = 32;

// A key that is set up once and used for many messages. One thread at a time.
class AeadKey {
 public:
  AeadKey(Aead algorithm, ByteView key);  // 32 bytes; anything else is our bug
  ~AeadKey();
  AeadKey(AeadKey&&) noexcept;
  AeadKey& operator=(AeadKey&&) noexcept;

  // `out` has exactly plain.size() + 16 bytes and does not overlap `plain`, unless both begin at the same byte.
  void seal(ByteView nonce, ByteView aad, ByteView plain, std::span<std::uint8_t> out) const;
  // `out` has exactly sealed.size() - 16 bytes. False, and `out` wiped, unless the tag holds; false also for fewer than 16 bytes.
  [[nodiscard]] bool open(ByteView nonce, ByteView aad, ByteView sealed, std::span<std::uint8_t> out) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// For one message.
Bytes aead_seal(Aead algorithm, ByteView key, ByteView nonce, ByteView aad, ByteView plain);
std::optional<Secret> aead_open(Aead algorithm, ByteView key, ByteView nonce, ByteView aad, ByteView sealed);

}  // namespace tee::crypto
