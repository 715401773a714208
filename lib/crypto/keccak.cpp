// Keccak-256 with the original padding byte 0x01 (FIPS 202 uses 0x06), as Ethereum hashes. The permutation
// follows FIPS 202 section 3; rate 136 bytes.
#include <bit>

#include "crypto/digest.h"

namespace tee::crypto {

namespace {

constexpr std::size_t kRate = 136;
using Lanes = std::array<std::uint64_t, 25>;  // lane (x, y) stands at x + 5 * y

// FIPS 202 section 3.2.5: one bit per power of two of each round constant comes from a shift register.
constexpr std::array<std::uint64_t, 24> round_constants() {
  std::array<std::uint64_t, 24> out{};
  unsigned lfsr = 1;
  for (std::uint64_t& constant : out) {
    for (unsigned j = 0; j <= 6; ++j) {
      if ((lfsr & 1) != 0) constant |= std::uint64_t{1} << ((1u << j) - 1);
      lfsr = (lfsr & 0x80) != 0 ? ((lfsr << 1) ^ 0x171) : lfsr << 1;
    }
  }
  return out;
}

// FIPS 202 section 3.2.2: (x, y) -> (y, 2x + 3y), offset (t + 1)(t + 2) / 2.
constexpr std::array<int, 25> rotations() {
  std::array<int, 25> out{};
  std::size_t x = 1, y = 0;
  for (int t = 0; t < 24; ++t) {
    out[x + 5 * y] = ((t + 1) * (t + 2) / 2) % 64;
    const std::size_t next = (2 * x + 3 * y) % 5;
    x = y;
    y = next;
  }
  return out;
}

// FIPS 202 section 3.2.3: where each lane goes. Tables, because divisions by five would cost more than the permutation.
constexpr std::array<std::size_t, 25> targets() {
  std::array<std::size_t, 25> out{};
  for (std::size_t x = 0; x < 5; ++x)
    for (std::size_t y = 0; y < 5; ++y) out[x + 5 * y] = y + 5 * ((2 * x + 3 * y) % 5);
  return out;
}

constexpr auto kRoundConstants = round_constants();
constexpr auto kRotations = rotations();
constexpr auto kTargets = targets();

void permute(Lanes& a) {
  for (const std::uint64_t constant : kRoundConstants) {
    const std::uint64_t c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20], c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21],
                        c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22], c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23],
                        c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
    const std::uint64_t d0 = c4 ^ std::rotl(c1, 1), d1 = c0 ^ std::rotl(c2, 1), d2 = c1 ^ std::rotl(c3, 1),
                        d3 = c2 ^ std::rotl(c4, 1), d4 = c3 ^ std::rotl(c0, 1);
    for (std::size_t y = 0; y < 25; y += 5) {
      a[y] ^= d0;
      a[y + 1] ^= d1;
      a[y + 2] ^= d2;
      a[y + 3] ^= d3;
      a[y + 4] ^= d4;
    }
    Lanes b;
    for (std::size_t i = 0; i < 25; ++i) b[kTargets[i]] = std::rotl(a[i], kRotations[i]);
    for (std::size_t y = 0; y < 25; y += 5) {
      a[y] = b[y] ^ (~b[y + 1] & b[y + 2]);
      a[y + 1] = b[y + 1] ^ (~b[y + 2] & b[y + 3]);
      a[y + 2] = b[y + 2] ^ (~b[y + 3] & b[y + 4]);
      a[y + 3] = b[y + 3] ^ (~b[y + 4] & b[y]);
      a[y + 4] = b[y + 4] ^ (~b[y] & b[y + 1]);
    }
    a[0] ^= constant;
  }
}

void absorb(Lanes& state, ByteView block) {
  // Little-endian lanes; `block` has kRate bytes.
  for (std::size_t i = 0; i < kRate / 8; ++i) {
    const std::uint8_t* p = block.data() + 8 * i;
    std::uint64_t lane = 0;
    for (unsigned b = 0; b < 8; ++b) lane |= std::uint64_t{p[b]} << (8 * b);
    state[i] ^= lane;
  }
  permute(state);
}

}  // namespace

std::array<std::uint8_t, 32> keccak256(ByteView data) {
  Lanes state{};
  while (data.size() >= kRate) {
    absorb(state, data.first(kRate));
    data = data.subspan(kRate);
  }
  std::array<std::uint8_t, kRate> last{};
  if (!data.empty()) std::memcpy(last.data(), data.data(), data.size());
  last[data.size()] = 0x01;
  last[kRate - 1] |= 0x80;
  absorb(state, last);

  std::array<std::uint8_t, 32> out;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<std::uint8_t>(state[i / 8] >> (8 * (i % 8)));
  return out;
}

}  // namespace tee::crypto
