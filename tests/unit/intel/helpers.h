// What the tests of the Intel rooms share: mint a world, judge its quote with the room, without the command
// line.
#pragma once

#include <doctest/doctest.h>

#include "mint/intel/world.h"
#include "providers/sgx/verifier.h"
#include "providers/tdx/verifier.h"

namespace tee::test {

namespace m = mint::intel;

inline m::Made made(const m::World& world, const m::Row& row = {}) {
  Result<m::Made> out = m::make(world, row);
  if (!out) FAIL(out.error().message);
  return *std::move(out);
}
inline m::Made made_tdx(const m::Row& row = {}) {
  return made(m::usual_world(m::For::tdx, 4, m::Body::td10), row);
}
inline m::Made made_sgx(const m::Row& row = {}) {
  return made(m::usual_world(m::For::sgx, 3, m::Body::enclave), row);
}

inline CollateralSet collateral_for(const m::Made& made) {
  CollateralSet out;
  for (const mint::Artifact& file : made.collateral())
    out.merge(read_collateral(file.bytes, file.name, Origin::supplied).value());
  return out;
}

inline AppraisalOptions options_for(const m::Made& made) {
  AppraisalOptions out;
  out.at = made.world.at;
  const crypto::Certificate root = crypto::parse_certificate(made.issued.root).value();
  for (const AnchorRole role : {AnchorRole::device, AnchorRole::collateral}) {
    SuppliedAnchor anchor;
    anchor.role = role;
    anchor.anchor = crypto::anchor_from(root, "mint root");
    out.anchors.push_back(std::move(anchor));
  }
  return out;
}

inline Findings judge(ByteView evidence, const CollateralSet& collateral, const AppraisalOptions& options) {
  Findings out;
  const Verifier& room = tdx::verifier().recognise(evidence) ? tdx::verifier() : sgx::verifier();
  room.verify({evidence, collateral, options}, out);
  return out;
}
inline Findings judge(const m::Made& made) {
  return judge(made.quote.encode(), collateral_for(made), options_for(made));
}

inline bool any(const Findings& found, CheckStatus status) {
  return std::any_of(found.checks.begin(), found.checks.end(),
                     [=](const Check& c) { return c.status == status; });
}
// Nothing failed, nothing is open, something passed.
inline bool passes(const Findings& found) {
  return !any(found, CheckStatus::fail) && !any(found, CheckStatus::inconclusive) &&
         any(found, CheckStatus::pass);
}
inline bool failed(const Findings& found) { return any(found, CheckStatus::fail); }

inline std::string show(const Findings& found) {
  std::string out;
  for (const Check& c : found.checks)
    if (c.status != CheckStatus::pass)
      out += c.id + " " + std::string(to_string(c.status)) + ": " + c.message + "\n";
  return out;
}

}  // namespace tee::test
