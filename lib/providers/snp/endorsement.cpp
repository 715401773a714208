#include "providers/snp/endorsement.h"

#include <algorithm>

#include "crypto/digest.h"

namespace tee::snp {

namespace {

// One P-384 verification each: a folder of other chips' certificates stays affordable, a heap of decoys too.
constexpr std::size_t kMaxTrials = 256;
// Certificates judged for one key. The operator's stand before those that came with the evidence.
constexpr std::size_t kMaxPerKey = 64;

struct Candidate {
  const CertificateItem* item;
  VekProfile profile;
  bool matches = false;    // kind, hardware id and TCB are those of the report
  bool same_chip = false;  // kind and hardware id only
};

bool on_p384(const crypto::Certificate& certificate) {
  return certificate.key && certificate.key->ec() && certificate.key->ec()->curve == crypto::Curve::p384;
}

Candidate make_candidate(const CertificateItem& item, const Report& report) {
  Candidate out{&item, read_profile(item.certificate)};
  const bool vlek = report.signing_key() == signing_key::kVlek;
  if (out.profile.kind != (vlek ? VekKind::vlek : VekKind::vcek)) return out;
  out.same_chip = !vlek && hwid_matches(out.profile, report);
  out.matches = (vlek || out.same_chip) && tcb_matches(out.profile, report);
  return out;
}

// Those that match come first, so that the usual case costs one signature.
std::vector<Candidate> candidates_for(const Report& report, const CollateralSet& collateral) {
  std::vector<Candidate> out;
  for (const CertificateItem& item : collateral.certificates) {
    const auto same = [&](const Candidate& c) {
      return equal(c.item->certificate.der(), item.certificate.der());
    };
    if (std::any_of(out.begin(), out.end(), same)) continue;
    Candidate c = make_candidate(item, report);
    if (c.profile.kind || on_p384(item.certificate)) out.push_back(std::move(c));
  }
  std::stable_partition(out.begin(), out.end(), [](const Candidate& c) { return c.matches; });
  return out;
}

class Search {
 public:
  Search(const Report& report, const CollateralSet& collateral, const TrustBase& base, Time at)
      : report_(report),
        collateral_(collateral),
        base_(base),
        at_(at),
        candidates_(candidates_for(report, collateral)),
        digest_(crypto::sha384(report.signed_bytes)) {
    append(signature_, report.r);
    append(signature_, report.s);
  }

  std::optional<Endorsement> run() {
    if (auto signer = best_signer()) return signer;
    if (auto claimant = best_of([](const Candidate& c) { return c.matches; }, Endorsement::Belongs::claims))
      return claimant;
    return best_of([](const Candidate& c) { return c.same_chip; }, Endorsement::Belongs::other_tcb);
  }

 private:
  bool key_signs(const crypto::PublicKey& key) const {
    return crypto::verify_digest(key, crypto::Scheme::ecdsa_sha384, digest_, signature_, crypto::EcForm::raw);
  }

  std::optional<Endorsement> best_signer() {
    std::vector<const crypto::PublicKey*> tried;
    std::optional<Endorsement> best;
    for (const Candidate& c : candidates_) {
      if (!on_p384(c.item->certificate)) continue;
      const crypto::PublicKey& key = *c.item->certificate.key;
      const bool again = std::any_of(tried.begin(), tried.end(), [&](const auto* k) { return *k == key; });
      if (again) continue;
      if (tried.size() == kMaxTrials) break;
      tried.push_back(&key);
      if (!key_signs(key)) continue;
      const auto same_key = [&](const Candidate& other) { return other.item->certificate.key == key; };
      auto found = best_of(same_key, Endorsement::Belongs::signs);
      if (!best || found->problems() < best->problems()) best = std::move(found);
      if (best->problems() == 0) break;
    }
    return best;
  }

  template <class Accept>
  std::optional<Endorsement> best_of(Accept accept, Endorsement::Belongs belongs) {
    std::optional<Endorsement> best;
    std::size_t judged = 0;
    for (const Candidate& c : candidates_) {
      if (!accept(c)) continue;
      if (++judged > kMaxPerKey) break;
      Endorsement e = judge(c, belongs);
      if (!best || e.problems() < best->problems()) best = std::move(e);
      if (best->problems() == 0) break;
    }
    return best;
  }

  Endorsement judge(const Candidate& c, Endorsement::Belongs belongs) {
    Endorsement out;
    out.belongs = belongs;
    out.item = c.item;
    out.profile = c.profile;
    out.faults = judge_profile(c.item->certificate, c.profile, report_);
    out.tcb_ok = tcb_matches(c.profile, report_);
    out.hwid_ok = report_.signing_key() == signing_key::kVlek || hwid_matches(c.profile, report_);
    out.path = find_path(c.item->certificate, collateral_, base_, at_);
    return out;
  }

  const Report& report_;
  const CollateralSet& collateral_;
  const TrustBase& base_;
  Time at_;
  std::vector<Candidate> candidates_;
  std::array<std::uint8_t, 48> digest_;
  Bytes signature_;
};

}  // namespace

std::optional<Endorsement> find_endorsement(const Report& report, const CollateralSet& collateral,
                                            const TrustBase& base, Time at) {
  return Search(report, collateral, base, at).run();
}

}  // namespace tee::snp
