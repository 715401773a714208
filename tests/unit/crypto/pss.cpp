// RSA-PSS signatures made by OpenSSL with parameters that our own signer does not offer.
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

struct Pss {
  const EVP_MD* hash;
  const EVP_MD* mask_hash;
  int salt;
};

Bytes pss_signature(const PrivateKey& key, ByteView message, const Pss& pss) {
  const std::string pem = key.to_pem();
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  EVP_PKEY* pkey = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  REQUIRE(pkey != nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* key_context = nullptr;
  REQUIRE(EVP_DigestSignInit(context, &key_context, pss.hash, nullptr, pkey) == 1);
  REQUIRE(EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING) == 1);
  REQUIRE(EVP_PKEY_CTX_set_rsa_mgf1_md(key_context, pss.mask_hash) == 1);
  REQUIRE(EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, pss.salt) == 1);
  Bytes out(256);
  std::size_t size = out.size();
  REQUIRE(EVP_DigestSign(context, out.data(), &size, message.data(), message.size()) == 1);
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(pkey);
  out.resize(size);
  return out;
}

}  // namespace

TEST_CASE(
    "rsa-pss: only salt 48, SHA-384 and MGF1 with SHA-384 hold under SHA-384; bad-salt, bad-mask, bad-hash") {
  const PrivateKey& key = test::key(KeyKind::rsa2048);
  const Bytes message = to_bytes(as_bytes("a certificate"));
  const auto holds = [&](const Pss& pss) {
    return verify(key.public_key(), Scheme::rsa_pss_sha384, message, pss_signature(key, message, pss));
  };
  CHECK(holds({EVP_sha384(), EVP_sha384(), 48}));
  CHECK_FALSE(holds({EVP_sha384(), EVP_sha384(), 0}));
  CHECK_FALSE(holds({EVP_sha384(), EVP_sha384(), 32}));
  CHECK_FALSE(holds({EVP_sha384(), EVP_sha384(), 47}));
  CHECK_FALSE(holds({EVP_sha384(), EVP_sha384(), 49}));
  CHECK_FALSE(holds({EVP_sha384(), EVP_sha256(), 48}));
  CHECK_FALSE(holds({EVP_sha384(), EVP_sha1(), 48}));
  CHECK_FALSE(holds({EVP_sha256(), EVP_sha384(), 48}));
  CHECK_FALSE(holds({EVP_sha256(), EVP_sha256(), 32}));
  CHECK_FALSE(holds({EVP_sha512(), EVP_sha512(), 48}));
}

TEST_CASE("private keys: PEM goes out and comes back; bad-pem is refused without asking for a passphrase") {
  for (const KeyKind kind : {KeyKind::p256, KeyKind::rsa2048, KeyKind::ed25519}) {
    const std::string pem = test::key(kind).to_pem();
    const auto back = PrivateKey::from_pem(as_bytes(pem));
    REQUIRE(back.has_value());
    CHECK(back->public_key() == test::key(kind).public_key());
  }
  CHECK_FALSE(PrivateKey::from_pem({}));
  CHECK_FALSE(
      PrivateKey::from_pem(as_bytes("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")));
  CHECK_FALSE(PrivateKey::from_pem(
      as_bytes("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")));
  CHECK_FALSE(test::key(KeyKind::p256).sign(Scheme::rsa_pss_sha256, {}));
  CHECK_FALSE(test::key(KeyKind::rsa2048).sign(Scheme::ed25519, {}));
}
