// The extensions of RFC 5280 section 4.2 that path validation needs, decoded into a Certificate or Crl.
// Internal to lib/crypto. Floor F1.
#pragma once

#include "codec/der.h"
#include "crypto/x509.h"

namespace tee::crypto {

namespace oid {
inline constexpr std::string_view kSubjectKeyId = "2.5.29.14", kKeyUsage = "2.5.29.15",
                                  kBasicConstraints = "2.5.29.19", kCrlNumber = "2.5.29.20",
                                  kDeltaCrl = "2.5.29.27", kIssuingDistributionPoint = "2.5.29.28",
                                  kNameConstraints = "2.5.29.30", kCrlDistributionPoints = "2.5.29.31",
                                  kAuthorityKeyId = "2.5.29.35";
}  // namespace oid

// Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension, given as its content. Refuses duplicates and more
// than 64.
Result<std::vector<Extension>> parse_extensions(der::Reader list);

// Fills the decoded fields; an extension of these that breaks its own format makes the certificate malformed.
Status decode_standard_extensions(Certificate& certificate);

struct AuthorityKeyId {
  Bytes key_id;
  ByteView issuer;  // Name of the issuer's issuer, whole DER; empty when absent
  Bytes serial;     // INTEGER content octets; empty when absent
};
Result<AuthorityKeyId> parse_authority_key_id(ByteView value);

// Name ::= SEQUENCE OF SET OF SEQUENCE { OID, string }; `whole` is the complete element.
Status check_name(ByteView whole);

}  // namespace tee::crypto
