// Supplied CRLs applied to a token's certificate chain (S11): enforced where given, a visible skip where not.
#pragma once

#include <string>
#include <vector>

#include "crypto/path.h"
#include "evidence/provider.h"

namespace tee::token {

// `path` is leaf first, without the anchor. Adds PREFIX"revocation.leaf" and, per further certificate,
// ".issuer".
void judge_revocation(const std::vector<const crypto::Certificate*>& path, const crypto::TrustAnchor& anchor,
                      const VerifyInput& input, const std::string& prefix, Findings& out);

}  // namespace tee::token
