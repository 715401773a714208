#include "evidence/options.h"

namespace tee {

std::optional<AnchorRole> anchor_role_from(std::string_view name) {
  if (name == "device") return AnchorRole::device;
  if (name == "collateral") return AnchorRole::collateral;
  if (name == "rim") return AnchorRole::rim;
  if (name == "ocsp") return AnchorRole::ocsp;
  if (name == "token") return AnchorRole::token;
  return std::nullopt;
}

std::string_view to_string(Trust t) {
  switch (t) {
    case Trust::pinned: return "pinned";
    case Trust::supplied: return "supplied";
    case Trust::custom: return "custom";
    case Trust::simulated: return "simulated";
  }
  return "?";
}

const Expectation* AppraisalOptions::expectation(std::string_view name) const {
  for (const Expectation& e : expectations)
    if (e.name == name) return &e;
  return nullptr;
}

AnchorChoice AppraisalOptions::anchors_for(Provider provider, AnchorRole role,
                                           std::vector<crypto::TrustAnchor> pinned) const {
  AnchorChoice out;
  bool simulated = false;
  for (const SuppliedAnchor& a : anchors) {
    if (a.provider && *a.provider != provider) continue;
    const bool fits = a.role ? *a.role == role : role == AnchorRole::device || role == AnchorRole::token;
    if (!fits) continue;
    out.anchors.push_back(a.anchor);
    simulated |= a.simulated;
  }
  if (out.anchors.empty()) {
    out.anchors = std::move(pinned);
    return out;
  }
  // One simulated root among them taints the run: which of them verified is the room's business, and it must
  // not matter.
  out.trust = simulated ? Trust::simulated : Trust::custom;
  return out;
}

}  // namespace tee
