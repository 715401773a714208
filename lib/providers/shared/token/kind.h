// Which service made a token, told by its issuer, or by its claims where the issuer is not known.
//
// One function for all rooms, so that their recognisers are disjoint by construction (S20). It decides who
// judges the token, never whether it is good.
#pragma once

#include <optional>

#include "base/bytes.h"

namespace tee::token {

enum class Kind { gcp_confidential, azure_maa, nvidia_nras, intel_trust_authority, ear, other };

// nullopt when the bytes do not have the shape of a compact token.
std::optional<Kind> kind_of(ByteView evidence);

}  // namespace tee::token
