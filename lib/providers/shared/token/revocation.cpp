#include "providers/shared/token/revocation.h"

#include "base/encoding.h"
#include "evidence/codes.h"

namespace tee::token {

namespace {

using crypto::CrlState;

// What the CRLs of one issuer say about one certificate.
struct Answer {
  const CrlItem* revokes =
      nullptr;  // a list with a good signature, current or not, that names the certificate
  const CrlItem* newest = nullptr;  // supplied, good signature, not from the future
  CrlState newest_state = CrlState::unusable;
  const CrlItem* unusable =
      nullptr;  // supplied for this issuer, but neither signed by it nor of a kind we can read
  const CrlItem* early = nullptr;  // supplied, begins after the judged time
};

// Who stands above a certificate: the next one, or the anchor.
struct Issuer {
  ByteView name;
  const crypto::PublicKey* key = nullptr;
  bool may_sign_lists = true;  // keyUsage, where a certificate states one
};

Issuer issuer_of(const std::vector<const crypto::Certificate*>& path, std::size_t i,
                 const crypto::TrustAnchor& anchor) {
  if (i + 1 == path.size()) return {anchor.name, &anchor.key};
  const crypto::Certificate& above = *path[i + 1];
  return {above.subject, above.key ? &*above.key : nullptr, !above.key_usage || above.key_usage->crl_sign};
}

std::string name_of(const crypto::Certificate& c) {
  const std::string cn = c.subject_cn();
  const std::string name = printable(cn.empty() ? c.subject_text() : cn, 100);
  return "certificate " + c.serial_hex() + (name.empty() ? "" : " (" + name + ")");
}

bool newer(const CrlItem& a, const CrlItem& b) {
  const int by_number =
      a.crl.number && b.crl.number ? crypto::compare_magnitudes(*a.crl.number, *b.crl.number) : 0;
  return by_number != 0 ? by_number > 0 : a.crl.this_update > b.crl.this_update;
}

Answer ask(const crypto::Certificate& certificate, const Issuer& issuer, const VerifyInput& input) {
  Answer out;
  for (const CrlItem& item : input.collateral.crls) {
    if (!equal(item.crl.issuer, issuer.name)) continue;
    const CrlState state = issuer.may_sign_lists
                               ? crypto::judge_crl(item.crl, issuer.name, *issuer.key, input.options.at)
                               : CrlState::unusable;
    const bool usable = state == CrlState::current || state == CrlState::stale;
    if (usable && item.crl.lists(certificate.serial)) out.revokes = &item;
    if (item.origin == Origin::embedded) continue;
    if (state == CrlState::not_yet_valid) {
      out.early = &item;
    } else if (!usable) {
      out.unusable = &item;
    } else if (!out.newest || newer(item, *out.newest)) {
      out.newest = &item;
      out.newest_state = state;
    }
  }
  return out;
}

void report(const Answer& answer, const std::string& id, const std::string& who, Findings& out) {
  if (answer.revokes) {
    out.use(*answer.revokes, "crl");
    out.fail(Area::platform, id, tee::code::chain_revoked, who + " is revoked");
  } else if (answer.unusable) {
    out.use(*answer.unusable, "crl");
    out.undecided(Area::platform, id, tee::code::crl_bad_signature,
                  "the CRL for " + who + " is not signed by its issuer, or of a kind that cannot be used",
                  "--collateral");
  } else if (!answer.newest && answer.early) {
    out.use(*answer.early, "crl");
    out.undecided(Area::platform, id, tee::code::crl_stale,
                  "the CRL for " + who + " begins after the judged time", "--collateral");
  } else if (!answer.newest) {
    out.skip(Area::platform, id, tee::code::crl_missing, "no CRL was given for " + who, "--collateral");
  } else if (answer.newest_state == CrlState::stale) {
    out.use(*answer.newest, "crl");
    out.undecided(Area::platform, id, tee::code::crl_stale, "the CRL for " + who + " is past its next update",
                  "--collateral");
  } else {
    out.use(*answer.newest, "crl");
    if (answer.newest->crl.next_update) out.expires(*answer.newest->crl.next_update);
    out.pass(Area::platform, id, who + " is not revoked");
  }
}

}  // namespace

void judge_revocation(const std::vector<const crypto::Certificate*>& path, const crypto::TrustAnchor& anchor,
                      const VerifyInput& input, const std::string& prefix, Findings& out) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Issuer issuer = issuer_of(path, i, anchor);
    if (!issuer.key) continue;  // said by the check of the chain
    const std::string id = prefix + (i == 0 ? "revocation.leaf" : "revocation.issuer");
    report(ask(*path[i], issuer, input), id, name_of(*path[i]), out);
  }
}

}  // namespace tee::token
