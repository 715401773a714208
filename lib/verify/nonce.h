// Nonces (rule S4): random ones, and stateless ones that carry their expiry under an HMAC. Floor F4.
//
// A stateless nonce is replayable until it expires: nothing remembers that it was used. It fits the 64 bytes of report
// data exactly: version 0x01 ‖ expiry u64be ‖ 16 random ‖ SHA-256(audience)[0..16) ‖ HMAC-SHA-256(key, the 41 bytes
// before)[0..23).
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/env.h"

namespace tee::verify {

inline constexpr std::size_t kNonceBytes = 64;
inline constexpr Seconds kLongestStateless{600};
inline constexpr std::size_t kShortestNonceKey = 32;

Bytes make_random_nonce(const Env& env, std::size_t size);
// usage errors: lifetime outside 1 s … 10 min, empty audience, key under 32 bytes.
Result<Bytes> make_stateless_nonce(const Env& env, ByteView key, std::string_view audience, Seconds lifetime);

enum class StatelessState { valid, malformed, other_audience, bad_mac, expired, expiry_too_far };
std::string_view to_string(StatelessState s);
// `real_now` is the real clock, whatever time the evidence is judged at.
StatelessState check_stateless_nonce(ByteView nonce, ByteView key, std::string_view audience, Time real_now);

// Too weak to show freshness: under 16 bytes, all zero, or a nonce that vendors print in their samples.
bool weak_nonce(ByteView nonce);

}  // namespace tee::verify
