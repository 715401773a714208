// The claims of an EAR, read with their types: draft-ietf-rats-ear (the JSON form), the vector of draft-ietf-rats-ar4si section
// 2.3, and our own extension "ear.tee-tools" (tee-evidence(5)). No policy here: what cannot be read is noted. Floor F3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "providers/shared/token/members.h"

namespace tee::ear {

using token::Texts;

// Tiers of trust; `none` makes no statement and is neither better nor worse than another one.
enum class Tier { none, affirming, warning, contraindicated };
std::string_view to_string(Tier t);
// Of a value of the vector, -128 to 127: 2 to 31 and -2 to -32 affirm, 32 to 95 and -33 to -96 warn, the rest beyond is bad.
Tier tier_of(int value);

// What a verdict of tee-verify says about itself beside its status.
struct OurVerdict {
  std::string verdict, scope, freshness, time_source, trust, evidence_type;  // empty: absent or no text
  std::optional<bool> loosened;                                              // nullopt: no list
  std::optional<Bytes> policy_sha256, evidence_sha256;
};

struct Submodule {
  std::string name;
  std::optional<Tier> status;
  Tier worst = Tier::none;  // member of the vector
  std::optional<OurVerdict> ours;
};

struct Ear {
  std::string profile, developer, build, issuer;
  Texts audiences, nonces;
  std::vector<Submodule> submodules;
  Texts problems;  // "submods.cpu0.ear.status is …"
};

Ear parse_ear(const Json& claims);

}  // namespace tee::ear
