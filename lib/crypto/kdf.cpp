#include "crypto/kdf.h"

#include <sodium.h>

#include <cstdlib>

namespace tee::crypto {

namespace {

// The state holds the padded key: wiped with it.
struct Hmac {
  explicit Hmac(ByteView key) { crypto_auth_hmacsha256_init(&state, key.data(), key.size()); }
  ~Hmac() { sodium_memzero(&state, sizeof state); }
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;
  void add(ByteView b) { crypto_auth_hmacsha256_update(&state, b.data(), b.size()); }
  void finish(std::uint8_t* out) { crypto_auth_hmacsha256_final(&state, out); }
  crypto_auth_hmacsha256_state state;
};

}  // namespace

Secret hmac_sha256(ByteView key, Views message) {
  Secret out(32);
  Hmac h(key);
  for (const ByteView piece : message) h.add(piece);
  h.finish(out.bytes().data());
  return out;
}

std::array<std::uint8_t, 32> mac_sha256(ByteView key, Views message) {
  std::array<std::uint8_t, 32> out;
  Hmac h(key);
  for (const ByteView piece : message) h.add(piece);
  h.finish(out.data());
  return out;
}

Secret hkdf_extract(ByteView salt, Views input) {
  static constexpr std::uint8_t kZeros[32] = {};
  return hmac_sha256(salt.empty() ? ByteView(kZeros) : salt, input);
}

Secret hkdf_expand(ByteView key, Views info, std::size_t size) {
  if (size > 255 * 32) std::abort();
  Secret out(size), block(32);
  std::size_t done = 0;
  for (std::uint8_t i = 1; done < size; ++i) {
    Hmac h(key);
    if (i > 1) h.add(block.view());
    for (const ByteView piece : info) h.add(piece);
    h.add({&i, 1});
    h.finish(block.bytes().data());
    const std::size_t n = std::min<std::size_t>(32, size - done);
    std::memcpy(out.bytes().data() + done, block.view().data(), n);
    done += n;
  }
  return out;
}

Secret hkdf(ByteView salt, ByteView input, Views info, std::size_t size) {
  return hkdf_expand(hkdf_extract(salt, {input}).view(), info, size);
}

void append_field(Bytes& to, ByteView field) {
  const auto n = static_cast<std::uint32_t>(field.size());
  for (const unsigned shift : {24u, 16u, 8u, 0u}) to.push_back(static_cast<std::uint8_t>(n >> shift));
  append(to, field);
}

}  // namespace tee::crypto
