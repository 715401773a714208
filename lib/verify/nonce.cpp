#include "verify/nonce.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "verify/codes.h"

namespace tee::verify {

namespace {

constexpr std::uint8_t kVersion1 = 0x01;
constexpr std::size_t kRandomBytes = 16, kAudienceBytes = 16, kMacBytes = 23, kSignedBytes = 41;

Bytes audience_tag(std::string_view audience) {
  const auto full = crypto::sha256(as_bytes(audience));
  return Bytes(full.begin(), full.begin() + kAudienceBytes);
}

Bytes mac_of(ByteView key, ByteView signed_part) {
  Bytes mac = crypto::hmac(crypto::Hash::sha256, key, signed_part);
  mac.resize(kMacBytes);
  return mac;
}

// Printed in NVIDIA's public samples and documents (spec of the SPDM report, nonce).
constexpr std::array<std::uint8_t, 32> kNvidiaSample = {
    0x93, 0x1d, 0x8d, 0xd0, 0xad, 0xd2, 0x03, 0xac, 0x3d, 0x8b, 0x4f, 0xbd, 0xe7, 0x5e, 0x11, 0x52,
    0x78, 0xee, 0xfc, 0xdc, 0xea, 0xc5, 0xb8, 0x76, 0x71, 0xa7, 0x48, 0xf3, 0x23, 0x64, 0xdf, 0xcb};

}  // namespace

std::string_view to_string(StatelessState s) {
  switch (s) {
    case StatelessState::valid: return "valid";
    case StatelessState::malformed: return "not a stateless nonce (64 bytes, version 1)";
    case StatelessState::other_audience: return "made for another audience";
    case StatelessState::bad_mac: return "not made with this key";
    case StatelessState::expired: return "expired";
    case StatelessState::expiry_too_far: return "expires more than ten minutes ahead";
  }
  return "?";
}

Bytes make_random_nonce(const Env& env, std::size_t size) {
  Bytes nonce(size);
  env.random(nonce);
  return nonce;
}

Result<Bytes> make_stateless_nonce(const Env& env, ByteView key, std::string_view audience, Seconds lifetime) {
  if (lifetime < Seconds(1) || lifetime > kLongestStateless)
    return fail(code::nonce_lifetime, "the lifetime is outside 1s to 10m", "give --ttl between 1s and 10m");
  if (key.size() < kShortestNonceKey)
    return fail(code::nonce_weak_key, "the nonce key has " + std::to_string(key.size()) + " bytes, at least 32 are needed",
                "make one with: head -c 32 /dev/urandom > nonce.key");
  if (audience.empty()) return fail(code::nonce_weak_key, "the audience is empty", "name this verifier with --audience");
  Writer out;
  out.u8(kVersion1)
      .u64be(static_cast<std::uint64_t>(to_unix(env.now() + lifetime)))
      .bytes(make_random_nonce(env, kRandomBytes))
      .bytes(audience_tag(audience));
  const Bytes mac = mac_of(key, out.view());
  out.bytes(mac);
  return std::move(out).take();
}

StatelessState check_stateless_nonce(ByteView nonce, ByteView key, std::string_view audience, Time real_now) {
  if (nonce.size() != kNonceBytes || nonce[0] != kVersion1) return StatelessState::malformed;
  // The MAC first, so that nothing about the other fields can be learnt without the key.
  if (!equal_constant_time(mac_of(key, nonce.first(kSignedBytes)), nonce.subspan(kSignedBytes))) return StatelessState::bad_mac;
  Cursor in(nonce);
  in.skip(1);
  const std::uint64_t expiry = in.u64be();
  in.skip(kRandomBytes);
  if (!equal_constant_time(in.take(kAudienceBytes), audience_tag(audience))) return StatelessState::other_audience;
  const auto now = static_cast<std::uint64_t>(to_unix(real_now));
  if (expiry <= now) return StatelessState::expired;
  if (expiry - now > static_cast<std::uint64_t>(kLongestStateless.count())) return StatelessState::expiry_too_far;
  return StatelessState::valid;
}

bool weak_nonce(ByteView nonce) {
  return nonce.size() < 16 || all_zero(nonce) || equal(nonce, kNvidiaSample);
}

}  // namespace tee::verify
