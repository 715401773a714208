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

constexpr auto kRoundConstants = round_constants();
constexpr auto kRotations = rotations();

void permute(Lanes& a) {
  for (const std::uint64_t constant : kRoundConstants) {
    std::array<std::uint64_t, 5> column{};
    for (std::size_t x = 0; x < 5; ++x) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (std::size_t x = 0; x < 5; ++x) {
      const std::uint64_t effect = column[(x + 4) % 5] ^ std::rotl(column[(x + 1) % 5], 1);
      for (std::size_t y = 0; y < 25; y += 5) a[x + y] ^= effect;
    }
    Lanes b{};
    for (std::size_t x = 0; x < 5; ++x) {
      for (std::size_t y = 0; y < 5; ++y) {
        b[y + 5 * ((2 * x + 3 * y) % 5)] = std::rotl(a[x + 5 * y], kRotations[x + 5 * y]);
      }
    }
    for (std::size_t y = 0; y < 25; y += 5) {
      for (std::size_t x = 0; x < 5; ++x) a[x + y] = b[x + y] ^ (~b[(x + 1) % 5 + y] & b[(x + 2) % 5 + y]);
    }
    a[0] ^= constant;
  }
}

void absorb(Lanes& state, ByteView block) {
  Cursor in(block);
  for (std::size_t i = 0; i < kRate / 8; ++i) state[i] ^= in.u64le();
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
