// tee-bind-1: how a nonce, a key, user data and further parts are tied into 64 bytes of report data (rule S2). Floor F2.
//
// Used by the attester to fill report data and by the verifier to recompute it: one definition for both.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace tee {

// Algorithm ids of bound public keys. Keys follow as raw bytes: 32 for the X25519 forms, the uncompressed point for EC,
// a DER SubjectPublicKeyInfo for anything else.
namespace bound_key {
inline constexpr std::uint16_t kP256 = 0x0010, kP384 = 0x0011, kX25519 = 0x0020, kX25519Tangle1 = 0x0021,
                               kX25519Age = 0x0022, kSpki = 0x0100;
}

struct BoundFields {
  std::optional<Bytes> nonce;
  std::optional<Bytes> public_key;  // encode_bound_key()
  std::optional<Bytes> user_data;
  std::optional<Bytes> parts;       // digest_parts()
};

// u16be algorithm ‖ key bytes.
Bytes encode_bound_key(std::uint16_t algorithm, ByteView key);
// SHA-256 over u32be length ‖ evidence of each part in order.
Bytes digest_parts(const std::vector<ByteView>& parts);
// SHA-512("tee-bind-1\0" ‖ four fields, each tag ‖ present ‖ u32be length ‖ bytes).
std::array<std::uint8_t, 64> tee_bind_1(const BoundFields& fields);

}  // namespace tee
