// Certificates and CRLs made to order, well-formed or wrong in one chosen way. Part of lib/mint (floor F3); only
// tests, the demo and the simulator link it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "crypto/path.h"
#include "crypto/sign.h"
#include "crypto/x509.h"

namespace tee::mint {

struct NameAttribute {
  std::string oid;    // "2.5.4.3"
  std::string value;
  bool printable = false;  // PrintableString instead of UTF8String
};
using Name = std::vector<NameAttribute>;
Bytes encode_name(const Name& name);
Name common_name(std::string cn);

struct ExtensionSpec {
  std::string oid;
  bool critical = false;
  Bytes value;  // content of extnValue
};

struct CertificateSpec {
  Name subject, issuer;
  crypto::PublicKey key;                 // subject key
  Bytes serial = {1};                    // magnitude, big-endian; empty means serial 0
  Time not_before{}, not_after{};
  std::optional<bool> ca;                // set: basicConstraints (critical) with this value
  std::optional<unsigned> path_length;
  bool cert_sign = false, crl_sign = false, digital_signature = false;  // any set: keyUsage
  bool key_usage_critical = true;
  bool key_ids = true;                   // subject and authority key identifiers
  std::vector<ExtensionSpec> extensions;
  crypto::Scheme scheme = crypto::Scheme::ecdsa_sha256;
  bool pss_trailer = false;              // write the default trailerField 1, as AMD's ARK and ASK do
  int version = 3;                       // 1 and 2 leave all extensions out
  std::optional<Bytes> authority_key_id; // set: this instead of the issuer key's own identifier
};
// Signed by `issuer_key`; Error only when the scheme does not fit the key.
Result<Bytes> make_certificate(const CertificateSpec& spec, const crypto::PrivateKey& issuer_key);

struct CrlSpec {
  Name issuer;
  Time this_update{};
  std::optional<Time> next_update;
  std::vector<Bytes> revoked;            // serial magnitudes
  std::optional<unsigned> number = 1;    // nullopt: no crlNumber
  bool authority_key_id = true;
  crypto::Scheme scheme = crypto::Scheme::ecdsa_sha256;
  bool pss_trailer = false;
  std::vector<ExtensionSpec> extensions;        // further CRL extensions
  std::vector<ExtensionSpec> entry_extensions;  // the same ones in every entry
};
Result<Bytes> make_crl(const CrlSpec& spec, const crypto::PrivateKey& issuer_key);

// DER AlgorithmIdentifier of a scheme.
Bytes encode_signature_algorithm(crypto::Scheme scheme, bool pss_trailer = false);

// SubjectPublicKey identifier, RFC 5280 section 4.2.1.2 method 1.
Bytes key_identifier(const crypto::PublicKey& key);

}  // namespace tee::mint
