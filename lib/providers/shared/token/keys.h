// Finding the key of a token: by its exact id, among the key sets that the operator supplied for its issuer
// (S8).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/key.h"
#include "evidence/provider.h"
#include "providers/shared/token/algorithm.h"

namespace tee::token {

struct KeyQuery {
  std::string_view kid, issuer;
  const Algorithm* algorithm = nullptr;  // nullptr: already refused
};

// Adds the check PREFIX"key"; nullopt when there is no usable key. There is no second try with another key.
std::optional<crypto::PublicKey> find_key(const KeyQuery& query, const CollateralSet& collateral,
                                          const std::string& prefix, Findings& out);

}  // namespace tee::token
