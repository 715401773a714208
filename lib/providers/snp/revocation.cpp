#include "providers/snp/revocation.h"

#include <algorithm>

#include "base/encoding.h"
#include "providers/snp/codes.h"

namespace tee::snp {

namespace {

constexpr const char* kCheck = "snp.revocation";

// The intermediate as CRLs know it.
struct Intermediate {
  std::string name;
  ByteView subject;
  std::vector<Bytes> serials;  // of the certificate used, and every serial its key is known to have had
};

Intermediate intermediate_of(const VekPath& path) {
  Intermediate out;
  if (path.supplied) {
    const crypto::Certificate& c = path.supplied->certificate;
    out.name = printable(c.subject_cn(), 64);
    out.subject = c.subject;
    out.serials.push_back(to_bytes(c.serial));
  }
  if (path.pinned) {
    const crypto::TrustAnchor& anchor = path.pinned->anchor;
    if (!path.supplied) {
      out.name = common_name(path.pinned->product, path.pinned->role);
      out.subject = anchor.name;
    }
    out.serials.insert(out.serials.end(), anchor.serials.begin(), anchor.serials.end());
  }
  return out;
}

struct Judged {
  const CrlItem* item;
  crypto::CrlState state;
  bool counts;  // given by the operator, or embedded ones are allowed to count
};

bool signature_held(crypto::CrlState s) {
  return s == crypto::CrlState::current || s == crypto::CrlState::stale;
}

// By CRL number; where one has none, by date (S11).
bool newer(const crypto::Crl& a, const crypto::Crl& b) {
  if (a.number && b.number) {
    const int order = crypto::compare_magnitudes(*a.number, *b.number);
    if (order != 0) return order > 0;
  }
  return a.this_update > b.this_update;
}

class Revocation {
 public:
  Revocation(const VekPath& path, const CollateralSet& collateral, const AppraisalOptions& options,
             Findings& out)
      : path_(path), issuer_(intermediate_of(path)), out_(out) {
    for (const CrlItem& item : collateral.crls) {
      const bool counts = item.origin == Origin::supplied || options.use_embedded_collateral;
      if (equal(item.crl.issuer, issuer_.subject) && counts) by_intermediate_ = &item;
      const auto state = crypto::judge_crl(item.crl, path.root->name, path.root->key, options.at);
      if (state != crypto::CrlState::other_issuer) crls_.push_back({&item, state, counts});
    }
  }

  void run() {
    if (path_.revoked_key()) {
      out_.fail(
          Area::platform, kCheck, code::chain_revoked,
          issuer_.name + " with serial " + hex(path_.pinned->anchor.serials.front()) + " was revoked by AMD");
      return;
    }
    if (const Judged* by = revoking()) {
      out_.use(*by->item, "crl");
      out_.fail(Area::platform, kCheck, code::chain_revoked,
                issuer_.name + " is revoked in the CRL of " +
                    printable(crypto::Certificate::name_text(by->item->crl.issuer)));
      return;
    }
    warn_serial_zero();
    judge_newest();
  }

 private:
  // Any CRL whose signature holds may revoke, also one that is stale or came with the evidence.
  const Judged* revoking() const {
    for (const Judged& j : crls_)
      if (signature_held(j.state))
        for (const Bytes& serial : issuer_.serials)
          if (j.item->crl.lists(serial)) return &j;
    return nullptr;
  }

  void warn_serial_zero() {
    const Bytes zero{0};
    for (const Judged& j : crls_)
      if (signature_held(j.state) && j.item->crl.lists(zero))
        out_.warn(code::crl_serial_zero, "a CRL of the ARK lists serial 0; VEKs are not issued by the ARK");
  }

  void judge_newest() {
    const Judged *newest = nullptr, *unfit = nullptr;
    for (const Judged& j : crls_) {
      if (!j.counts) continue;
      if (!signature_held(j.state))
        unfit = &j;
      else if (!newest || newer(j.item->crl, newest->item->crl))
        newest = &j;
    }
    if (by_intermediate_ && !newest)
      out_.undecided(Area::platform, kCheck, code::crl_unusable,
                     "a CRL issued by " + issuer_.name + " was given; only the ARK signs CRLs",
                     "--collateral");
    else if (newest)
      judge(*newest, unfit);
    else if (unfit)
      judge_unfit(*unfit);
    else
      out_.skip(Area::platform, kCheck, code::crl_missing, "no CRL of " + root_name() + " was given",
                "--collateral");
  }

  void judge(const Judged& j, const Judged* ignored) {
    const crypto::Crl& crl = j.item->crl;
    out_.use(*j.item, "crl");
    const std::string also = ignored ? "; a further CRL of that name counts as absent" : "";
    const std::string until = crl.next_update ? rfc3339(*crl.next_update) : "(no next update)";
    if (j.state == crypto::CrlState::stale) {
      out_.undecided(Area::platform, kCheck, code::crl_stale,
                     "the CRL of " + root_name() + " was current until " + until + also, "--collateral");
      return;
    }
    out_.expires(*crl.next_update);
    out_.pass(Area::platform, kCheck,
              issuer_.name + " is not revoked by the CRL that is current until " + until + also);
  }

  void judge_unfit(const Judged& j) {
    switch (j.state) {
      case crypto::CrlState::bad_signature:
        out_.undecided(Area::platform, kCheck, code::crl_bad_signature,
                       "the key of " + root_name() + " does not verify the CRL that bears its name",
                       "--collateral");
        return;
      case crypto::CrlState::not_yet_valid:
        out_.undecided(Area::platform, kCheck, code::crl_not_yet_valid,
                       "the CRL of " + root_name() + " begins at " + rfc3339(j.item->crl.this_update),
                       "--collateral");
        return;
      default:
        out_.undecided(Area::platform, kCheck, code::crl_unusable,
                       "the CRL of " + root_name() + " cannot be used", "--collateral");
    }
  }

  std::string root_name() const {
    return printable(crypto::Certificate::name_attribute(path_.root->name, "2.5.4.3"), 64);
  }

  const VekPath& path_;
  Intermediate issuer_;
  Findings& out_;
  std::vector<Judged> crls_;
  const CrlItem* by_intermediate_ = nullptr;
};

}  // namespace

void check_revocation(const VekPath& path, const CollateralSet& collateral, const AppraisalOptions& options,
                      Findings& out) {
  if (!path.root) {
    out.skip(Area::platform, kCheck, code::chain_missing, "no chain to a root, so there is no issuer to ask");
    return;
  }
  Revocation(path, collateral, options, out).run();
}

}  // namespace tee::snp
