#include "evidence/options.h"

#include <algorithm>
#include <charconv>

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

std::optional<DottedVersion> parse_dotted_version(std::string_view text, VersionKind kind) {
  constexpr std::size_t kMostParts = 8;
  const bool driver = kind == VersionKind::driver;
  DottedVersion out{std::string(text), {}};
  for (;;) {
    const std::string_view part = text.substr(0, text.find('.'));
    unsigned n = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), n, driver ? 10 : 16);
    if (part.empty() || error != std::errc() || end != part.data() + part.size()) return std::nullopt;
    if (driver ? n > 999'999 : part.size() != 2) return std::nullopt;
    out.parts.push_back(n);
    if (part.size() == text.size()) break;
    text.remove_prefix(part.size() + 1);
  }
  if (out.parts.size() < 2 || out.parts.size() > kMostParts) return std::nullopt;
  return out;
}

bool older(const DottedVersion& a, const DottedVersion& b) {
  for (std::size_t i = 0; i < std::max(a.parts.size(), b.parts.size()); ++i) {
    const unsigned x = i < a.parts.size() ? a.parts[i] : 0, y = i < b.parts.size() ? b.parts[i] : 0;
    if (x != y) return x < y;
  }
  return false;
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
    if (a.consulted) a.consulted->store(true, std::memory_order_relaxed);
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
