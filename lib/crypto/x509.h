// X.509 certificates and CRLs read by our strict DER reader (no OpenSSL X509 objects; spec/performance). Floor F1.
//
// Parsing says what stands there; nothing is trusted before crypto/path.h has judged it. Objects own their bytes and are
// cheap to copy (shared storage).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "codec/pem.h"
#include "crypto/key.h"

namespace tee::crypto {

struct Extension {
  std::string oid;  // dotted
  bool critical = false;
  ByteView value;   // content of extnValue
};

struct KeyUsage {
  bool digital_signature = false, key_cert_sign = false, crl_sign = false;
};

class Certificate {
 public:
  ByteView der() const { return *storage; }

  std::shared_ptr<const Bytes> storage;  // the exact DER
  int version = 3;                       // 1, 2 or 3
  ByteView tbs;                          // signed bytes
  ByteView signature;
  std::optional<Scheme> scheme;          // nullopt: an algorithm outside Scheme, or PSS parameters we do not accept
  std::string scheme_oid;
  ByteView serial;                       // INTEGER content octets as written (may be 00)
  ByteView issuer, subject;              // Name, whole DER element
  Time not_before, not_after;
  ByteView spki;                         // whole DER element
  std::optional<PublicKey> key;          // nullopt: a key type outside PublicKey
  std::string key_problem;               // why there is no key
  std::vector<Extension> extensions;     // in order; duplicates are refused while parsing

  // Standard extensions, decoded.
  bool has_basic_constraints = false, is_ca = false;
  std::optional<std::uint64_t> path_length;
  std::optional<KeyUsage> key_usage;
  Bytes subject_key_id, authority_key_id;
  ByteView authority_issuer;             // name of the issuer's issuer, whole DER, as the authority key id gives it
  Bytes authority_serial;                // the issuer's serial, INTEGER content octets; both empty when not given
  std::vector<std::string> crl_urls;     // foreign text

  const Extension* extension(std::string_view oid) const;
  std::string serial_hex() const;
  std::string subject_cn() const { return name_attribute(subject, "2.5.4.3"); }
  std::string issuer_cn() const { return name_attribute(issuer, "2.5.4.3"); }
  std::string subject_text() const { return name_text(subject); }  // "CN=…, O=…" in the order written
  std::string issuer_text() const { return name_text(issuer); }
  std::array<std::uint8_t, 32> fingerprint() const;                // SHA-256 of the DER

  static std::string name_attribute(ByteView name, std::string_view oid);  // first occurrence or ""
  static std::string name_text(ByteView name);
};

Result<Certificate> parse_certificate(ByteView der);
// DER, or PEM with exactly the certificates it holds (at most 256). Junk::allow skips other text around the blocks.
Result<std::vector<Certificate>> parse_certificates(ByteView der_or_pem, pem::Junk junk = pem::Junk::refuse);

class Crl {
 public:
  std::shared_ptr<const Bytes> storage;
  ByteView tbs, signature, issuer;
  std::optional<Scheme> scheme;
  Time this_update;
  std::optional<Time> next_update;
  std::optional<Bytes> number;      // crlNumber, big-endian magnitude
  Bytes authority_key_id;
  bool has_unknown_critical = false;
  bool is_delta_or_partial = false;  // deltaCRLIndicator or issuingDistributionPoint

  ByteView der() const { return *storage; }
  bool lists(ByteView serial) const;              // serial as INTEGER content octets
  std::size_t revoked_count() const { return revoked.size(); }
  std::vector<Bytes> revoked;                     // sorted serials
};

Result<Crl> parse_crl(ByteView der_or_pem);

// Numbers of any size, for choosing the newest CRL (S11): leading zeros ignored.
int compare_magnitudes(ByteView a, ByteView b);

}  // namespace tee::crypto
