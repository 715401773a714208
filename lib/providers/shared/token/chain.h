// Certificate chains in a token's header (x5c, RFC 7515 section 4.1.6), judged against pinned or supplied
// anchors.
//
// The root may stand at the end of the list; it is compared with the anchor and dropped, never trusted. The
// order is the token's: leaf first, each certificate issued by the next.
#pragma once

#include <string>
#include <vector>

#include "crypto/path.h"
#include "evidence/provider.h"

namespace tee::token {

struct ChainRules {
  std::size_t fewest = 1, most = 5;  // certificates in the header, a root at the end included
  crypto::PathRules path;
};

// Error chain.malformed or token.x5c_count.
Result<std::vector<crypto::Certificate>> parse_x5c(const Json& x5c, const ChainRules& rules);

// Adds the checks PREFIX"chain" and PREFIX"revocation.leaf" / ".issuer", the links and the expiry dates.
void judge_chain(const std::vector<crypto::Certificate>& certificates, const AnchorChoice& anchors,
                 const ChainRules& rules, const VerifyInput& input, const std::string& prefix, Findings& out);

}  // namespace tee::token
