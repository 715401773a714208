// JSON Web Key Sets (RFC 7517): keys with n/e, x/y, or only a certificate, as the services publish them.
//
// A key set is believed because the operator supplied it; its certificates are only a container for a key
// here. The services re-issue them for the same key at will, so neither their dates nor their issuers are
// judged.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "crypto/key.h"

namespace tee::token {

inline constexpr std::size_t kSmallestRsaBits = 2048;
inline constexpr std::size_t kMostKeys = 256;

struct Jwk {
  std::string kid;                       // opaque: may hold '+', '/' and '='; empty when absent
  std::string alg;                       // empty when absent
  std::optional<crypto::PublicKey> key;  // nullopt: it cannot be used, and problem says why
  std::string problem;
};

struct KeySet {
  std::vector<Jwk> keys;
  // The key with exactly this id, or nullptr.
  const Jwk* find(std::string_view kid) const;
};

// {"keys": [...]} or one bare key. Error input.malformed, also when two different keys share an id.
Result<KeySet> parse_jwks(ByteView document);
// One key. A key that cannot be used is no error: a set may hold keys for other purposes.
Jwk parse_jwk(const Json& jwk);
// The key itself, whatever it is meant for.
Result<crypto::PublicKey> key_of_jwk(const Json& jwk);

// RFC 7638: base64url SHA-256 over the canonical members. Empty for key types that it does not cover.
std::string thumbprint(const crypto::PublicKey& key);

}  // namespace tee::token
