#include "crypto/openssl_pkey.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "crypto/algorithm.h"
#include "crypto/openssl_md.h"
#include "crypto/openssl_ptr.h"

namespace tee::crypto {

namespace {

using KeyPtr = OpensslPtr<EVP_PKEY, EVP_PKEY_free>;
using KeyContextPtr = OpensslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContextPtr = OpensslPtr<EVP_MD_CTX, EVP_MD_CTX_free>;
using NumberPtr = OpensslPtr<BIGNUM, BN_free>;
using ParamBuilderPtr = OpensslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ParamsPtr = OpensslPtr<OSSL_PARAM, OSSL_PARAM_free>;

KeyPtr import(const RsaKey& key) {
  const NumberPtr n(BN_bin2bn(key.n.data(), static_cast<int>(key.n.size()), nullptr));
  const NumberPtr e(BN_bin2bn(key.e.data(), static_cast<int>(key.e.size()), nullptr));
  const ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  const ParamsPtr params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* out = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &out, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return KeyPtr(out);
}

// Padding, digest and salt fixed before the first look at a signature; null when OpenSSL refuses the key.
KeyContextPtr verification(const RsaKey& key, Scheme scheme) {
  initialise();
  const KeyPtr imported = import(key);
  if (!imported) return nullptr;
  KeyContextPtr context(EVP_PKEY_CTX_new_from_pkey(nullptr, imported.get(), nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) != 1) return nullptr;
  const Hash hash = hash_of(scheme);
  const EVP_MD* md = message_digest(hash);
  const bool pss = family_of(scheme) == Family::pss;
  if (EVP_PKEY_CTX_set_rsa_padding(context.get(), pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_CTX_set_signature_md(context.get(), md) != 1) {
    return nullptr;
  }
  if (pss && (EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), md) != 1 ||
              EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), static_cast<int>(digest_size(hash))) != 1)) {
    return nullptr;
  }
  return context;
}

bool holds(EVP_PKEY_CTX* context, ByteView digest, ByteView signature) {
  return context != nullptr &&
         EVP_PKEY_verify(context, signature.data(), signature.size(), digest.data(), digest.size()) == 1;
}

bool ed25519_verifies(const EdKey& key, ByteView message, ByteView signature) {
  if (signature.size() != 64) return false;
  initialise();
  const KeyPtr imported(
      EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, key.point.data(), key.point.size()));
  const DigestContextPtr context(EVP_MD_CTX_new());
  if (!imported || !context ||
      EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, imported.get(), nullptr) !=
          1) {
    return false;
  }
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

bool without_errors(bool answer) {
  if (!answer) ERR_clear_error();
  return answer;
}

}  // namespace

bool rsa_holds(const RsaKey& key, Scheme scheme, ByteView digest, ByteView signature) {
  if (signature.size() != key.n.size()) return false;
  return without_errors(holds(verification(key, scheme).get(), digest, signature));
}

bool ed25519_holds(const EdKey& key, ByteView message, ByteView signature) {
  return without_errors(ed25519_verifies(key, message, signature));
}

std::function<bool()> prepared_rsa(const RsaKey& key, Scheme scheme, ByteView digest, ByteView signature) {
  std::shared_ptr<EVP_PKEY_CTX> context = verification(key, scheme);
  if (!without_errors(context != nullptr)) return {};
  return [context, digest = to_bytes(digest), signature = to_bytes(signature)] {
    return without_errors(holds(context.get(), digest, signature));
  };
}

}  // namespace tee::crypto
