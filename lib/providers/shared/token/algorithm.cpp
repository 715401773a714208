#include "providers/shared/token/algorithm.h"

namespace tee::token {

using crypto::Curve;
using crypto::Scheme;

const Algorithm* algorithm_named(std::string_view name) {
  static constexpr Algorithm kTable[] = {
      {"RS256", Scheme::rsa_pkcs1_sha256, std::nullopt}, {"RS384", Scheme::rsa_pkcs1_sha384, std::nullopt},
      {"RS512", Scheme::rsa_pkcs1_sha512, std::nullopt}, {"PS256", Scheme::rsa_pss_sha256, std::nullopt},
      {"PS384", Scheme::rsa_pss_sha384, std::nullopt},   {"PS512", Scheme::rsa_pss_sha512, std::nullopt},
      {"ES256", Scheme::ecdsa_sha256, Curve::p256},      {"ES384", Scheme::ecdsa_sha384, Curve::p384},
      {"EdDSA", Scheme::ed25519, std::nullopt},  // RFC 8037 section 3.1, with Ed25519 only
  };
  for (const Algorithm& row : kTable)
    if (row.name == name) return &row;
  return nullptr;
}

bool fits(const Algorithm& algorithm, const crypto::PublicKey& key) {
  if (algorithm.curve) return key.ec() && key.ec()->curve == *algorithm.curve;
  if (algorithm.scheme == Scheme::ed25519) return std::holds_alternative<crypto::EdKey>(key.key);
  return key.rsa() != nullptr;
}

bool verify(const Algorithm& algorithm, const crypto::PublicKey& key, ByteView signing_input,
            ByteView signature) {
  return fits(algorithm, key) &&
         crypto::verify(key, algorithm.scheme, signing_input, signature, crypto::EcForm::raw);
}

}  // namespace tee::token
