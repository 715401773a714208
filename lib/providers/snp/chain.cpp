#include "providers/snp/chain.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::snp {

namespace {

// Bounds the public-key operations that a heap of decoy certificates can cost.
constexpr std::size_t kMaxIntermediates = 16;

// AMD signs with RSASSA-PSS and SHA-384 everywhere. VEKs carry neither basicConstraints nor keyUsage.
crypto::PathRules rules() {
  crypto::PathRules out;
  out.schemes = {crypto::Scheme::rsa_pss_sha384};
  return out;
}

bool same_anchor(const crypto::TrustAnchor& a, const crypto::TrustAnchor& b) {
  return a.name == b.name && a.key == b.key;
}

const PinnedKey* pinned_with(const crypto::PublicKey& key) {
  for (const PinnedKey& p : pinned_keys())
    if (p.role != Role::ark && p.anchor.key == key) return &p;
  return nullptr;
}

VekPath through_pinned(const crypto::Certificate& vek, const PinnedKey& key, const TrustBase& base, Time at) {
  VekPath out;
  out.state = VekPath::State::judged;
  out.pinned = &key;
  for (const crypto::TrustAnchor& root : base.roots)
    if (same_anchor(root, root_of(key))) out.root = &root;
  out.result = crypto::validate_path({&vek}, key.anchor, at, rules());
  if (out.root && !crypto::anchor_valid(*out.root, at))
    out.result.findings.push_back(
        {crypto::PathProblem::anchor_expired, 2,
         printable(out.root->label) + ": not within its validity at " + rfc3339(at)});
  return out;
}

VekPath through_supplied(const crypto::Certificate& vek, const CertificateItem& item, const TrustBase& base,
                         Time at) {
  VekPath out;
  out.supplied = &item;
  const crypto::Certificate& certificate = item.certificate;
  if (certificate.key) out.pinned = pinned_with(*certificate.key);
  // Several anchors may bear one name; the one whose key fits is wanted.
  for (const crypto::TrustAnchor& root : base.roots) {
    if (!equal(root.name, certificate.issuer)) continue;
    crypto::PathResult result = crypto::validate_path({&vek, &certificate}, root, at, rules());
    if (out.root && result.findings.size() >= out.result.findings.size()) continue;
    out.state = VekPath::State::judged;
    out.root = &root;
    out.result = std::move(result);
  }
  return out;
}

bool bears_name(const std::vector<crypto::TrustAnchor>& roots, ByteView name) {
  return std::any_of(roots.begin(), roots.end(), [&](const auto& r) { return equal(r.name, name); });
}

// Under a custom root the intermediate may simply not have been given. But a VEK that hangs directly under
// the root or under an issuer of another product, or beside which only other CAs were given, has no chain.
bool may_be_missing(const crypto::Certificate& vek, const CollateralSet& collateral, const TrustBase& base) {
  const auto issuer = read_common_name(vek.issuer_cn());
  if (!issuer || bears_name(base.roots, vek.issuer)) return false;
  const std::string ark = common_name(issuer->product, Role::ark);
  const bool has_root = std::any_of(base.roots.begin(), base.roots.end(), [&](const auto& root) {
    return crypto::Certificate::name_attribute(root.name, "2.5.4.3") == ark;
  });
  const bool other_ca = std::any_of(
      collateral.certificates.begin(), collateral.certificates.end(), [&](const CertificateItem& item) {
        return item.certificate.is_ca && !bears_name(base.roots, item.certificate.subject);
      });
  return has_root && !other_ca;
}

// Why no intermediate was found at all.
VekPath::State without_intermediate(const crypto::Certificate& vek, const CollateralSet& collateral,
                                    const TrustBase& base) {
  if (base.trust != Trust::pinned)
    return may_be_missing(vek, collateral, base) ? VekPath::State::intermediate_missing
                                                 : VekPath::State::untrusted;
  const auto named = read_common_name(vek.issuer_cn());
  const bool pinned = named && std::any_of(base.intermediates.begin(), base.intermediates.end(),
                                           [&](const PinnedKey* k) { return k->product == named->product; });
  return named && !pinned ? VekPath::State::product_unpinned : VekPath::State::untrusted;
}

}  // namespace

TrustBase trust_base(const AppraisalOptions& options) {
  AnchorChoice choice = options.anchors_for(Provider::amd_sev_snp, AnchorRole::device, pinned_roots());
  TrustBase out;
  out.roots = std::move(choice.anchors);
  out.trust = choice.trust;
  for (const PinnedKey& key : pinned_keys()) {
    const bool under_root = std::any_of(out.roots.begin(), out.roots.end(),
                                        [&](const auto& root) { return same_anchor(root, root_of(key)); });
    if (key.role != Role::ark && under_root) out.intermediates.push_back(&key);
  }
  return out;
}

std::size_t VekPath::problems() const {
  return (state == State::judged ? 0u : 10u) + result.findings.size() + (revoked_key() ? 1u : 0u);
}

std::optional<NamedKey> VekPath::intermediate_name() const {
  if (supplied) return read_common_name(supplied->certificate.subject_cn());
  if (pinned) return NamedKey{pinned->product, pinned->role};
  return std::nullopt;
}

VekPath find_path(const crypto::Certificate& vek, const CollateralSet& collateral, const TrustBase& base,
                  Time at) {
  std::optional<VekPath> best;
  const auto offer = [&best](VekPath path) {
    if (!best || path.problems() < best->problems()) best = std::move(path);
  };
  // Valid keys stand before revoked ones of the same name.
  for (const PinnedKey* key : base.intermediates) {
    if (!equal(key->anchor.name, vek.issuer)) continue;
    offer(through_pinned(vek, *key, base, at));
    if (best->ok()) return *std::move(best);
  }

  std::size_t tried = 0;
  for (const CertificateItem& item : collateral.certificates) {
    const crypto::Certificate& certificate = item.certificate;
    if (!equal(certificate.subject, vek.issuer) || equal(certificate.der(), vek.der())) continue;
    if (++tried > kMaxIntermediates) break;
    offer(through_supplied(vek, item, base, at));
  }
  if (best) return *std::move(best);
  VekPath none;
  none.state = without_intermediate(vek, collateral, base);
  return none;
}

}  // namespace tee::snp
