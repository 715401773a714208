// Digests and HMAC. Floor F1; OpenSSL inside, except Keccak-256, which its packaged versions lack.
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.h"

namespace tee::crypto {

// Must run before anything else of OpenSSL: no configuration file, no environment (S27), no strings. Idempotent.
void initialise();

enum class Hash { sha1, sha256, sha384, sha512 };
std::size_t digest_size(Hash h);
std::string_view to_string(Hash h);  // "SHA-256"

Bytes digest(Hash h, ByteView data);
std::array<std::uint8_t, 32> sha256(ByteView data);
std::array<std::uint8_t, 48> sha384(ByteView data);
std::array<std::uint8_t, 64> sha512(ByteView data);
std::array<std::uint8_t, 32> keccak256(ByteView data);  // the original padding, as Ethereum uses it
Bytes hmac(Hash h, ByteView key, ByteView data);

// For data that arrives in pieces.
class Hasher {
 public:
  explicit Hasher(Hash h);
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  Hasher& add(ByteView data);
  Bytes finish();

 private:
  struct State;
  State* state_;
};

}  // namespace tee::crypto
