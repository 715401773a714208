#include "providers/nvidia/chain_rules.h"

namespace tee::nvidia {

namespace {

void require_p384(const std::vector<const crypto::Certificate*>& chain, crypto::PathResult& to) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto* ec = chain[i]->key ? chain[i]->key->ec() : nullptr;
    if (!ec || ec->curve != crypto::Curve::p384)
      to.findings.push_back({crypto::PathProblem::unsupported_key, i, "a certificate whose key is not on P-384"});
  }
}

}  // namespace

crypto::PathResult best_path(const crypto::Certificate& leaf, const std::vector<crypto::Certificate>& pool,
                             const std::vector<crypto::TrustAnchor>& anchors, Time at,
                             std::vector<const crypto::Certificate*>& chain) {
  crypto::PathRules rules;
  rules.schemes = {crypto::Scheme::ecdsa_sha384};
  crypto::PathResult best;
  bool first = true;
  for (const crypto::TrustAnchor& anchor : anchors) {
    std::vector<const crypto::Certificate*> path = crypto::build_chain(leaf, pool, anchor.name, at);
    crypto::PathResult result = crypto::validate_path(path, anchor, at, rules);
    require_p384(path, result);
    if (!first && !result.ok()) continue;
    best = std::move(result);
    chain = std::move(path);
    first = false;
    if (best.ok()) break;
  }
  return best;
}

}  // namespace tee::nvidia
