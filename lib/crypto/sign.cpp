#include "crypto/sign.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "codec/der.h"
#include "crypto/algorithm.h"
#include "crypto/openssl_md.h"
#include "crypto/openssl_ptr.h"

namespace tee::crypto {

namespace {

using KeyPtr = OpensslPtr<EVP_PKEY, EVP_PKEY_free>;
using KeyContextPtr = OpensslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContextPtr = OpensslPtr<EVP_MD_CTX, EVP_MD_CTX_free>;
using BioPtr = OpensslPtr<BIO, BIO_free_all>;

tl::unexpected<Error> refused(std::string what) {
  ERR_clear_error();
  return fail(code::input_malformed, std::move(what));
}

bool fits(const PublicKey& key, Family family) {
  if (key.ec() != nullptr) return family == Family::ecdsa;
  if (key.rsa() != nullptr) return family == Family::pkcs1 || family == Family::pss;
  return family == Family::ed25519;
}

Result<PublicKey> public_part(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  if (size <= 0) return refused("a private key without a public part");
  Result<PublicKey> out = parse_spki({der, static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return out;
}

// A passphrase is never asked for: without this callback OpenSSL would prompt on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

// DER to r then s, each as long as the field.
Result<Bytes> raw_form(ByteView der, std::size_t size) {
  der::Reader outer(der);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  Bytes out;
  for (int i = 0; i < 2; ++i) {
    TEE_TRY(const der::Element number, fields.expect(der::kInteger));
    TEE_TRY(const ByteView magnitude, der::positive_integer(number));
    out.insert(out.end(), size - magnitude.size(), 0);
    append(out, magnitude);
  }
  return out;
}

Result<Bytes> sign_digest(EVP_PKEY* key, Scheme scheme, ByteView digest) {
  const KeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  const Hash hash = hash_of(scheme);
  bool ready = context && EVP_PKEY_sign_init(context.get()) == 1;
  if (ready && family_of(scheme) == Family::pss) {
    ready = EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) == 1 &&
            EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), static_cast<int>(digest_size(hash))) == 1;
  } else if (ready && family_of(scheme) == Family::pkcs1) {
    ready = EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1;
  }
  ready = ready && EVP_PKEY_CTX_set_signature_md(context.get(), message_digest(hash)) == 1;
  std::size_t size = 0;
  if (!ready || EVP_PKEY_sign(context.get(), nullptr, &size, digest.data(), digest.size()) != 1) {
    return refused("signing failed");
  }
  Bytes out(size);
  if (EVP_PKEY_sign(context.get(), out.data(), &size, digest.data(), digest.size()) != 1) {
    return refused("signing failed");
  }
  out.resize(size);
  return out;
}

Result<Bytes> sign_ed25519(EVP_PKEY* key, ByteView message) {
  const DigestContextPtr context(EVP_MD_CTX_new());
  Bytes out(64);
  std::size_t size = out.size();
  if (!context ||
      EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key, nullptr) != 1 ||
      EVP_DigestSign(context.get(), out.data(), &size, message.data(), message.size()) != 1) {
    return refused("signing failed");
  }
  return out;
}

}  // namespace

struct PrivateKey::Impl {
  KeyPtr key;
  PublicKey public_key;

  static Result<PrivateKey> wrap(EVP_PKEY* owned) {
    KeyPtr key(owned);
    if (!key) return refused("no private key");
    TEE_TRY(PublicKey public_key, public_part(key.get()));
    PrivateKey out;
    out.impl_ = std::make_shared<const Impl>(Impl{std::move(key), std::move(public_key)});
    return out;
  }
};

Result<PrivateKey> PrivateKey::generate_ec(Curve curve) {
  initialise();
  const std::string name(to_string(curve));
  return Impl::wrap(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", name.c_str()));
}

Result<PrivateKey> PrivateKey::generate_rsa(unsigned bits) {
  initialise();
  return Impl::wrap(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{bits}));
}

Result<PrivateKey> PrivateKey::generate_ed25519() {
  initialise();
  return Impl::wrap(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

Result<PrivateKey> PrivateKey::from_pem(ByteView pem) {
  initialise();
  if (pem.size() > (std::size_t{1} << 20)) return refused("a private key file of more than 1 MiB");
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));  // null for an empty text
  EVP_PKEY* key = bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr) : nullptr;
  if (key == nullptr) return refused("not an unencrypted private key in PEM (PKCS #8, SEC 1 or PKCS #1)");
  return Impl::wrap(key);
}

std::string PrivateKey::to_pem() const {
  const BioPtr bio(BIO_new(BIO_s_secmem()));
  if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), impl_->key.get(), nullptr, nullptr, 0, nullptr,
                                            nullptr) != 1) {
    ERR_clear_error();
    return {};
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

const PublicKey& PrivateKey::public_key() const { return impl_->public_key; }

Result<Bytes> PrivateKey::sign(Scheme scheme, ByteView message, EcForm form) const {
  if (!fits(impl_->public_key, family_of(scheme))) {
    return refused(describe(impl_->public_key) + " cannot sign with " + std::string(to_string(scheme)));
  }
  if (scheme == Scheme::ed25519) return sign_ed25519(impl_->key.get(), message);
  TEE_TRY(Bytes signature, sign_digest(impl_->key.get(), scheme, digest(hash_of(scheme), message)));
  const EcKey* ec = impl_->public_key.ec();
  if (ec == nullptr || form == EcForm::der) return signature;
  return raw_form(signature, field_bytes(ec->curve));
}

}  // namespace tee::crypto
