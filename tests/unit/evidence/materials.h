// Certificates, CRLs and JSON documents for the collateral tests, made once per process.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "base/encoding.h"
#include "codec/der.h"
#include "codec/pem.h"
#include "crypto/sign.h"
#include "evidence/collateral.h"
#include "mint/x509.h"

namespace tee::test {

inline const crypto::PrivateKey& some_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_ec(crypto::Curve::p256).value();
  return key;
}

inline const Bytes& some_certificate() {
  static const Bytes der = [] {
    mint::CertificateSpec spec;
    spec.subject = spec.issuer = mint::common_name("Test CA");
    spec.key = some_key().public_key();
    spec.not_before = unix_time(1'700'000'000);
    spec.not_after = unix_time(1'800'000'000);
    spec.ca = true;
    spec.cert_sign = true;
    return mint::make_certificate(spec, some_key()).value();
  }();
  return der;
}

inline const Bytes& some_crl() {
  static const Bytes der = [] {
    mint::CrlSpec spec;
    spec.issuer = mint::common_name("Test CA");
    spec.this_update = unix_time(1'700'000'000);
    spec.next_update = unix_time(1'800'000'000);
    spec.revoked = {{5}};
    return mint::make_crl(spec, some_key()).value();
  }();
  return der;
}

inline std::string certificate_pem() { return pem::encode("CERTIFICATE", some_certificate()); }
inline std::string crl_pem() { return pem::encode("X509 CRL", some_crl()); }
inline std::string signature_hex() { return std::string(128, 'a'); }

// OCSPResponse (RFC 6960 section 4.2.1): status successful and an empty responseBytes is enough to be told.
inline Bytes ocsp_answer() {
  return der::sequence(
      {der::encode(der::kEnumerated, Bytes{0}), der::encode(der::context(0), der::sequence({}))});
}

// Entries of a GHCB certificate table: GUID as text digits, content.
inline Bytes certificate_table(const std::vector<std::pair<std::string, Bytes>>& entries) {
  Writer head, body;
  const std::size_t header = (entries.size() + 1) * 24;
  for (const auto& [guid, content] : entries) {
    head.bytes(from_hex(guid).value())
        .u32le(static_cast<std::uint32_t>(header + body.size()))
        .u32le(static_cast<std::uint32_t>(content.size()));
    body.bytes(content);
  }
  head.zeros(24).bytes(body.view());
  return std::move(head).take();
}
inline constexpr const char* kVcekGuid = "63da758de6644564adc5f4b93be8accd";
inline constexpr const char* kAskGuid = "4ab7b379bbac4fe4a02f05aef327c782";
inline constexpr const char* kCrlGuid = "92f81bc358114d3d97ffd19f88dc67ea";
inline constexpr const char* kExtraGuid = "ecae0c0f950243b1afa20ae2e0d565b6";

// What a set holds, as one word: "2 certificates, 1 crl, jwks".
inline std::string holds(const Result<CollateralSet>& set) {
  if (!set) return std::string(set.error().code->name);
  std::string out = std::to_string(set->certificates.size()) + "c " + std::to_string(set->crls.size()) + "r";
  for (const DocumentItem& d : set->documents) out += " " + std::string(to_string(d.kind));
  return out;
}
inline std::string holds(ByteView bytes) { return holds(read_collateral(bytes, "file", Origin::supplied)); }
inline std::string holds(std::string_view text) { return holds(as_bytes(text)); }

}  // namespace tee::test
