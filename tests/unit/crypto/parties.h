// Keys and certificates for the tests of lib/crypto. Keys are made once per process.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "crypto/path.h"
#include "mint/x509.h"

namespace tee::test {

inline constexpr Time kStart = unix_time(1700000000);  // 2023-11-14
inline constexpr Time kNow = kStart + std::chrono::hours(24 * 100);
inline constexpr Time kEnd = kStart + std::chrono::hours(24 * 365);

enum class KeyKind { p256, p384, p521, rsa1024, rsa2048, ed25519 };

// The `number`-th key of a kind: equal arguments give the same key.
inline const crypto::PrivateKey& key(KeyKind kind, unsigned number = 0) {
  static std::map<std::pair<KeyKind, unsigned>, crypto::PrivateKey> made;
  const auto place = std::pair(kind, number);
  if (const auto found = made.find(place); found != made.end()) return found->second;
  auto fresh = [&]() -> Result<crypto::PrivateKey> {
    switch (kind) {
      case KeyKind::p256:
        return crypto::PrivateKey::generate_ec(crypto::Curve::p256);
      case KeyKind::p384:
        return crypto::PrivateKey::generate_ec(crypto::Curve::p384);
      case KeyKind::p521:
        return crypto::PrivateKey::generate_ec(crypto::Curve::p521);
      case KeyKind::rsa1024:
        return crypto::PrivateKey::generate_rsa(1024);
      case KeyKind::rsa2048:
        return crypto::PrivateKey::generate_rsa(2048);
      case KeyKind::ed25519:
        break;
    }
    return crypto::PrivateKey::generate_ed25519();
  }();
  REQUIRE(fresh.has_value());
  return made.emplace(place, *std::move(fresh)).first->second;
}

// The usual scheme of a key.
inline crypto::Scheme scheme_of(KeyKind kind) {
  switch (kind) {
    case KeyKind::p256:
      return crypto::Scheme::ecdsa_sha256;
    case KeyKind::p384:
      return crypto::Scheme::ecdsa_sha384;
    case KeyKind::p521:
      return crypto::Scheme::ecdsa_sha512;
    case KeyKind::ed25519:
      return crypto::Scheme::ed25519;
    default:
      return crypto::Scheme::rsa_pss_sha384;
  }
}

inline mint::CertificateSpec leaf_spec(const crypto::PrivateKey& subject_key,
                                       const std::string& issuer = "Root") {
  mint::CertificateSpec spec;
  spec.subject = mint::common_name("Leaf");
  spec.issuer = mint::common_name(issuer);
  spec.key = subject_key.public_key();
  spec.serial = {0x10};
  spec.not_before = kStart;
  spec.not_after = kEnd;
  spec.digital_signature = true;
  return spec;
}

inline mint::CertificateSpec ca_spec(const std::string& subject, const std::string& issuer,
                                     const crypto::PrivateKey& subject_key) {
  mint::CertificateSpec spec = leaf_spec(subject_key, issuer);
  spec.subject = mint::common_name(subject);
  spec.ca = true;
  spec.digital_signature = false;
  spec.cert_sign = spec.crl_sign = true;
  return spec;
}

inline Bytes issue(const mint::CertificateSpec& spec, const crypto::PrivateKey& issuer_key) {
  Result<Bytes> der = mint::make_certificate(spec, issuer_key);
  REQUIRE(der.has_value());
  return *std::move(der);
}

inline crypto::Certificate parsed(const Bytes& der) {
  Result<crypto::Certificate> certificate = crypto::parse_certificate(der);
  REQUIRE_MESSAGE(certificate.has_value(), (certificate ? std::string() : certificate.error().message));
  return *std::move(certificate);
}

inline crypto::TrustAnchor root_anchor(const crypto::PrivateKey& root_key, const std::string& name = "Root") {
  crypto::TrustAnchor anchor;
  anchor.label = "test root";
  anchor.name = mint::encode_name(mint::common_name(name));
  anchor.key = root_key.public_key();
  return anchor;
}

inline std::vector<const crypto::Certificate*> pointers(const std::vector<crypto::Certificate>& chain) {
  std::vector<const crypto::Certificate*> out;
  for (const crypto::Certificate& certificate : chain) out.push_back(&certificate);
  return out;
}

}  // namespace tee::test
