// From a VEK certificate to an AMD root: which intermediate issued it, and does that one hang under
// an anchor. Floor F3.
//
// The intermediate is a pinned ASK or ASVK, or a certificate that was given. Pinned ones count only while
// their own ARK is among the anchors of the run: a custom anchor replaces the pinned set (S9).
#pragma once

#include <optional>
#include <vector>

#include "evidence/collateral.h"
#include "evidence/options.h"
#include "providers/snp/anchors.h"

namespace tee::snp {

struct TrustBase {
  std::vector<crypto::TrustAnchor> roots;
  std::vector<const PinnedKey*> intermediates;  // pinned, under one of the roots; revoked ones too
  Trust trust = Trust::pinned;
};
TrustBase trust_base(const AppraisalOptions& options);

struct VekPath {
  enum class State {
    judged,                // result says what is wrong, if anything
    intermediate_missing,  // nothing that bears the issuer's name is at hand
    untrusted,             // the issuer, or the issuer's issuer, is nobody we trust
    product_unpinned,      // issued for a product whose root is not pinned yet
  } state = State::untrusted;
  const PinnedKey* pinned = nullptr;          // the intermediate's key when it is a pinned one
  const CertificateItem* supplied = nullptr;  // the intermediate's certificate when it was given
  const crypto::TrustAnchor* root = nullptr;  // into TrustBase::roots
  crypto::PathResult result;                  // index 0 the VEK, 1 the intermediate, 2 the root

  bool revoked_key() const { return pinned && pinned->state == KeyState::revoked; }
  bool ok() const { return state == State::judged && result.ok() && !revoked_key(); }
  std::size_t problems() const;
  std::optional<NamedKey> intermediate_name() const;
};

// The best of all possible paths; never uses `vek` as its own issuer.
VekPath find_path(const crypto::Certificate& vek, const CollateralSet& collateral, const TrustBase& base,
                  Time at);

}  // namespace tee::snp
