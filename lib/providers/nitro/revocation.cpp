// CRLs. AWS says that revocation is not used, yet its zonal and regional certificates name distribution
// points; a list that the operator supplies is enforced and must be current, one that came with the evidence
// may only revoke.
#include "evidence/codes.h"
#include "providers/nitro/chain.h"

namespace tee::nitro {

namespace {

using crypto::Certificate;
using crypto::CrlState;

// What the lists of one issuer say about the certificate that it issued.
class IssuerLists {
 public:
  IssuerLists(const Certificate& issuer, const Certificate& child, Time at, Findings& out)
      : issuer_(issuer), child_(child), at_(at), out_(out) {}

  void judge(const CrlItem& item) {
    if (!issuer_.key || !equal(item.crl.issuer, issuer_.subject)) return;
    const CrlState state =
        may_sign_lists() ? judge_crl(item.crl, issuer_.subject, *issuer_.key, at_) : CrlState::unusable;
    const bool usable = state == CrlState::current || state == CrlState::stale;
    if (usable && item.crl.lists(child_.serial)) {
      revoked_ = true;
      out_.use(item, "crl");
    }
    if (item.origin == Origin::embedded) return;
    supplied_ = true;
    if (!usable) return note_unusable(item, state);
    if (!newest_ || newer(item.crl, newest_->crl)) {
      newest_ = &item;
      newest_state_ = state;
    }
  }

  // Adds at most one check for this issuer; answers whether a list settled the question.
  bool conclude(const std::string& id) {
    if (revoked_) {
      out_.fail(Area::platform, id, tee::code::chain_revoked,
                child_.subject_text() + " is revoked by " + issuer_.subject_text(), "",
                "serial " + child_.serial_hex());
      return true;
    }
    if (newest_) {
      out_.use(*newest_, "crl");
      if (newest_state_ == CrlState::stale) {
        out_.undecided(Area::platform, id, tee::code::crl_stale,
                       "the newest CRL of " + issuer_.subject_text() + " is past its next update",
                       "--collateral");
      } else {
        out_.pass(Area::platform, id, child_.subject_text() + " is not in the CRL of its issuer");
        out_.expires(*newest_->crl.next_update);
      }
      return true;
    }
    if (supplied_) out_.undecided(Area::platform, id, *unusable_code_, unusable_, "--collateral");
    return supplied_;
  }

 private:
  bool may_sign_lists() const { return !issuer_.key_usage || issuer_.key_usage->crl_sign; }

  void note_unusable(const CrlItem& item, CrlState state) {
    const bool early = state == CrlState::not_yet_valid;
    unusable_code_ = early ? &tee::code::crl_stale : &tee::code::crl_bad_signature;
    unusable_ = "the CRL of " + issuer_.subject_text() +
                (early ? " begins after the judged time, at " + rfc3339(item.crl.this_update)
                       : " is not signed by it, or of a kind that cannot be used");
  }

  // S11: the CRL number decides, the date where there is none; never what the list says.
  static bool newer(const crypto::Crl& a, const crypto::Crl& b) {
    if (a.number && b.number) {
      const int order = crypto::compare_magnitudes(*a.number, *b.number);
      if (order != 0) return order > 0;
    }
    return a.this_update > b.this_update;
  }

  const Certificate& issuer_;
  const Certificate& child_;
  Time at_;
  Findings& out_;
  bool revoked_ = false, supplied_ = false;
  const CrlItem* newest_ = nullptr;
  CrlState newest_state_ = CrlState::current;
  const Code* unusable_code_ = nullptr;
  std::string unusable_;
};

}  // namespace

void check_revocation(const Certificates& c, const CollateralSet& collateral, Time at, Findings& out) {
  if (!c.complete()) return;
  bool settled = false;
  for (std::size_t i = 0; i < c.bundle.size(); ++i) {
    const bool issued_leaf = i + 1 == c.bundle.size();
    const Certificate& child = issued_leaf ? *c.leaf : c.bundle[i + 1];
    IssuerLists lists(c.bundle[i], child, at, out);
    for (const CrlItem& item : collateral.crls) lists.judge(item);
    const std::string which = issued_leaf ? "leaf" : "cabundle[" + std::to_string(i + 1) + "]";
    settled |= lists.conclude("nitro.revocation." + which);
  }
  if (!settled)
    out.skip(Area::platform, "nitro.revocation", tee::code::crl_missing,
             "no CRL of an issuer in this chain was given", "--collateral");
}

}  // namespace tee::nitro
