// AlgorithmIdentifier (RFC 5280 section 4.1.1.2) as certificates, CRLs and key structures carry it, and its
// meaning as a signature scheme. Internal to lib/crypto. Floor F1.
#pragma once

#include <optional>
#include <string>

#include "codec/der.h"
#include "crypto/key.h"

namespace tee::crypto {

struct AlgorithmIdentifier {
  std::string oid;
  std::optional<der::Element> parameters;
  ByteView whole;
};

// Takes one off the reader. Parameters may be absent, NULL, an OBJECT IDENTIFIER or a SEQUENCE.
Result<AlgorithmIdentifier> parse_algorithm(der::Reader& from);

// nullopt: not one of Scheme, or with parameters that we do not accept.
std::optional<Scheme> scheme_of(const AlgorithmIdentifier& algorithm);

enum class Family { ecdsa, pkcs1, pss, ed25519 };
Family family_of(Scheme scheme);

}  // namespace tee::crypto
