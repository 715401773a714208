#include "crypto/aead.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <limits>

#include "crypto/digest.h"
#include "crypto/openssl_ptr.h"

namespace tee::crypto {

namespace {

using CipherContextPtr = OpensslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using CipherPtr = OpensslPtr<EVP_CIPHER, EVP_CIPHER_free>;

const EVP_CIPHER* cipher(Aead algorithm) {
  static const EVP_CIPHER* const gcm = (initialise(), EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  static const EVP_CIPHER* const chacha = EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
  const EVP_CIPHER* found = algorithm == Aead::aes256_gcm ? gcm : chacha;
  if (found == nullptr) std::abort();
  return found;
}

CipherContextPtr context(Aead algorithm, ByteView key, int encrypt) {
  CipherContextPtr out(EVP_CIPHER_CTX_new());
  if (!out || EVP_CipherInit_ex(out.get(), cipher(algorithm), nullptr, key.data(), nullptr, encrypt) != 1) std::abort();
  return out;
}

int length(std::size_t n) {
  if (n > static_cast<std::size_t>(std::numeric_limits<int>::max())) std::abort();
  return static_cast<int>(n);
}

}  // namespace

std::string_view to_string(Aead a) { return a == Aead::aes256_gcm ? "AES-256-GCM" : "ChaCha20-Poly1305"; }

// Contexts are freed with their keys wiped by OpenSSL.
struct AeadKey::State {
  CipherContextPtr sealing, opening;
};

AeadKey::AeadKey(Aead algorithm, ByteView key) : state_(std::make_unique<State>()) {
  if (key.size() != kAeadKeyBytes) std::abort();
  state_->sealing = context(algorithm, key, 1);
  state_->opening = context(algorithm, key, 0);
}
AeadKey::~AeadKey() = default;
AeadKey::AeadKey(AeadKey&&) noexcept = default;
AeadKey& AeadKey::operator=(AeadKey&&) noexcept = default;

void AeadKey::seal(ByteView nonce, ByteView aad, ByteView plain, std::span<std::uint8_t> out) const {
  if (nonce.size() != kNonceBytes || out.size() != plain.size() + kTagBytes) std::abort();
  EVP_CIPHER_CTX* c = state_->sealing.get();
  int n = 0;
  const bool sealed = EVP_CipherInit_ex(c, nullptr, nullptr, nullptr, nonce.data(), 1) == 1 &&
                      (aad.empty() || EVP_CipherUpdate(c, nullptr, &n, aad.data(), length(aad.size())) == 1) &&
                      (plain.empty() || EVP_CipherUpdate(c, out.data(), &n, plain.data(), length(plain.size())) == 1) &&
                      EVP_CipherFinal_ex(c, out.data() + plain.size(), &n) == 1 &&
                      EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, kTagBytes, out.data() + plain.size()) == 1;
  if (!sealed) std::abort();  // no input makes encryption fail
}

bool AeadKey::open(ByteView nonce, ByteView aad, ByteView sealed, std::span<std::uint8_t> out) const {
  if (sealed.size() < kTagBytes) return false;
  const ByteView text = sealed.first(sealed.size() - kTagBytes);
  if (nonce.size() != kNonceBytes || out.size() != text.size()) std::abort();
  std::array<std::uint8_t, kTagBytes> tag;
  std::copy(sealed.end() - kTagBytes, sealed.end(), tag.begin());
  EVP_CIPHER_CTX* c = state_->opening.get();
  int n = 0;
  std::uint8_t none = 0;
  const bool opened = EVP_CipherInit_ex(c, nullptr, nullptr, nullptr, nonce.data(), 0) == 1 &&
                      (aad.empty() || EVP_CipherUpdate(c, nullptr, &n, aad.data(), length(aad.size())) == 1) &&
                      (text.empty() || EVP_CipherUpdate(c, out.data(), &n, text.data(), length(text.size())) == 1) &&
                      EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1 && EVP_CipherFinal_ex(c, &none, &n) == 1;
  if (!opened) wipe(out);
  return opened;
}

Bytes aead_seal(Aead algorithm, ByteView key, ByteView nonce, ByteView aad, ByteView plain) {
  Bytes out(plain.size() + kTagBytes);
  AeadKey(algorithm, key).seal(nonce, aad, plain, out);
  return out;
}

std::optional<Secret> aead_open(Aead algorithm, ByteView key, ByteView nonce, ByteView aad, ByteView sealed) {
  if (sealed.size() < kTagBytes) return std::nullopt;
  Secret out(sealed.size() - kTagBytes);
  if (!AeadKey(algorithm, key).open(nonce, aad, sealed, out.bytes())) return std::nullopt;
  return out;
}

}  // namespace tee::crypto
