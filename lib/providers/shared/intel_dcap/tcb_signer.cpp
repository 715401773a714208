#include "providers/shared/intel_dcap/tcb_signer.h"

#include <algorithm>

#include "providers/shared/intel_dcap/profile.h"

namespace tee::intel {

namespace {

constexpr std::string_view kName = "Intel SGX TCB Signing";
constexpr std::size_t kMostSigners = 16;

bool valid_at(const crypto::Certificate& c, Time at) { return c.not_before <= at && at <= c.not_after; }

}  // namespace

TcbSigners::TcbSigners(const CollateralSet& collateral, const std::vector<crypto::TrustAnchor>& anchors,
                       Time at)
    : anchors_(anchors), at_(at) {
  for (const CertificateItem& item : collateral.certificates) {
    const crypto::Certificate& c = item.certificate;
    const auto issued = [&](const crypto::TrustAnchor& a) {
      return equal(c.issuer, a.name) && !equal(c.subject, a.name);
    };
    if (signers_.size() == kMostSigners || std::none_of(anchors.begin(), anchors.end(), issued) ||
        c.subject_cn() != kName)
      continue;
    const auto same = [&](const TcbSigner& s) { return equal(s.item->certificate.der(), c.der()); };
    if (std::none_of(signers_.begin(), signers_.end(), same)) signers_.emplace_back().item = &item;
  }
  std::stable_sort(signers_.begin(), signers_.end(), [at](const TcbSigner& a, const TcbSigner& b) {
    return valid_at(a.item->certificate, at) > valid_at(b.item->certificate, at);
  });
}

bool TcbSigners::trusted(TcbSigner& signer) {
  if (signer.judged) return signer.anchor != nullptr;
  signer.judged = true;
  const crypto::Certificate& c = signer.item->certificate;
  crypto::PathRules rules = path_rules();
  rules.check_validity = false;  // an expired signing certificate makes its documents stale, not forged
  signer.problem = profile_problem(c);
  if (!signer.problem.empty()) return false;
  for (const crypto::TrustAnchor& anchor : anchors_) {
    if (!equal(c.issuer, anchor.name)) continue;
    const crypto::PathResult path = crypto::validate_path({&c}, anchor, at_, rules);
    if (path.ok()) {
      signer.anchor = &anchor;
      return true;
    }
    signer.problem = path.findings.front().detail;
  }
  return false;
}

const TcbSigner* TcbSigners::signer_of(const DocumentItem& document) {
  std::vector<const crypto::PublicKey*> tried;
  for (TcbSigner& signer : signers_) {
    const std::optional<crypto::PublicKey>& key = signer.item->certificate.key;
    const auto same = [&](const crypto::PublicKey* other) { return *other == *key; };
    if (!key || std::any_of(tried.begin(), tried.end(), same) || !trusted(signer)) continue;
    tried.push_back(&*key);
    if (crypto::verify(*key, crypto::Scheme::ecdsa_sha256, document.body, document.signature,
                       crypto::EcForm::raw))
      return &signer;
  }
  return nullptr;
}

bool TcbSigners::any_trusted() {
  return std::any_of(signers_.begin(), signers_.end(), [this](TcbSigner& s) { return trusted(s); });
}

std::string TcbSigners::problem() {
  if (signers_.empty()) return "no certificate of Intel SGX TCB Signing, issued by a trusted root, was given";
  return "the TCB Signing certificate is not trusted: " + signers_.front().problem;
}

}  // namespace tee::intel
