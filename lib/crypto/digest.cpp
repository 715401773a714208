#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <cstdlib>
#include <mutex>

#include "crypto/openssl_md.h"

namespace tee::crypto {

void initialise() {
  // No configuration file and no engines or providers named by the environment (S27). ADD_ALL_DIGESTS must
  // stay: without it OpenSSL 3.0 does not know the digests of RSA-PSS signatures by number.
  static std::once_flag once;
  std::call_once(once, [] {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
                            OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ATEXIT,
                        nullptr);
  });
}

namespace {

const char* openssl_name(Hash h) {
  switch (h) {
    case Hash::sha1:
      return "SHA1";
    case Hash::sha256:
      return "SHA2-256";
    case Hash::sha384:
      return "SHA2-384";
    case Hash::sha512:
      return "SHA2-512";
  }
  std::abort();
}

// Fetched on first use and kept: a fetch costs more than hashing a short message.
template <Hash h>
const EVP_MD* fetched() {
  static const EVP_MD* const md = [] {
    initialise();
    EVP_MD* found = EVP_MD_fetch(nullptr, openssl_name(h), nullptr);
    if (found == nullptr) std::abort();  // a libcrypto without SHA-2 cannot answer anything
    return found;
  }();
  return md;
}

void digest_into(Hash h, ByteView data, std::uint8_t* out) {
  if (EVP_Digest(data.data(), data.size(), out, nullptr, message_digest(h), nullptr) != 1) std::abort();
}

}  // namespace

const EVP_MD* message_digest(Hash h) {
  switch (h) {
    case Hash::sha1:
      return fetched<Hash::sha1>();
    case Hash::sha256:
      return fetched<Hash::sha256>();
    case Hash::sha384:
      return fetched<Hash::sha384>();
    case Hash::sha512:
      return fetched<Hash::sha512>();
  }
  std::abort();
}

std::size_t digest_size(Hash h) {
  switch (h) {
    case Hash::sha1:
      return 20;
    case Hash::sha256:
      return 32;
    case Hash::sha384:
      return 48;
    case Hash::sha512:
      return 64;
  }
  std::abort();
}

std::string_view to_string(Hash h) {
  switch (h) {
    case Hash::sha1:
      return "SHA-1";
    case Hash::sha256:
      return "SHA-256";
    case Hash::sha384:
      return "SHA-384";
    case Hash::sha512:
      return "SHA-512";
  }
  std::abort();
}

Bytes digest(Hash h, ByteView data) {
  Bytes out(digest_size(h));
  digest_into(h, data, out.data());
  return out;
}

std::array<std::uint8_t, 32> sha256(ByteView data) {
  std::array<std::uint8_t, 32> out;
  digest_into(Hash::sha256, data, out.data());
  return out;
}

std::array<std::uint8_t, 48> sha384(ByteView data) {
  std::array<std::uint8_t, 48> out;
  digest_into(Hash::sha384, data, out.data());
  return out;
}

std::array<std::uint8_t, 64> sha512(ByteView data) {
  std::array<std::uint8_t, 64> out;
  digest_into(Hash::sha512, data, out.data());
  return out;
}

// FIPS 198-1 over our own digests: HMAC() of OpenSSL takes an int for the key length, this takes any.
Bytes hmac(Hash h, ByteView key, ByteView data) {
  const std::size_t block = h == Hash::sha1 || h == Hash::sha256 ? 64 : 128;
  Bytes padded = key.size() > block ? digest(h, key) : to_bytes(key);
  padded.resize(block, 0);
  const auto masked = [&](std::uint8_t mask) {
    Bytes out = padded;
    for (std::uint8_t& byte : out) byte ^= mask;
    return out;
  };
  Bytes inner_pad = masked(0x36), outer_pad = masked(0x5c);
  const Bytes inner = Hasher(h).add(inner_pad).add(data).finish();
  Bytes out = Hasher(h).add(outer_pad).add(inner).finish();
  for (Bytes* secret : {&padded, &inner_pad, &outer_pad}) OPENSSL_cleanse(secret->data(), secret->size());
  return out;
}

struct Hasher::State {
  EVP_MD_CTX* context;
  Hash hash;
};

Hasher::Hasher(Hash h) : state_(new State{EVP_MD_CTX_new(), h}) {
  if (state_->context == nullptr || EVP_DigestInit_ex2(state_->context, message_digest(h), nullptr) != 1)
    std::abort();
}

Hasher::~Hasher() {
  EVP_MD_CTX_free(state_->context);
  delete state_;
}

Hasher& Hasher::add(ByteView data) {
  if (EVP_DigestUpdate(state_->context, data.data(), data.size()) != 1) std::abort();
  return *this;
}

Bytes Hasher::finish() {
  Bytes out(digest_size(state_->hash));
  if (EVP_DigestFinal_ex(state_->context, out.data(), nullptr) != 1) std::abort();
  return out;
}

}  // namespace tee::crypto
