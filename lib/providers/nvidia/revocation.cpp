// OCSP answers given as collateral. Device certificates never expire, so this is the only way to withdraw one (rule S15).
#include "crypto/ocsp.h"
#include "evidence/codes.h"
#include "providers/nvidia/codes.h"
#include "providers/nvidia/judge.h"

namespace tee::nvidia {

namespace {

enum class Answer { none, good, revoked, undecided };

// The answers about one certificate. Revoked by any authoritative answer counts, whatever another one says; an embedded
// answer may only revoke (S11).
Answer ask(const crypto::Certificate& c, const crypto::OcspIssuer& issuer, const std::string& id, const VerifyInput& input, Findings& out) {
  Answer best = Answer::none;
  for (const DocumentItem& item : input.collateral.documents) {
    if (item.kind != DocumentKind::ocsp_response) continue;
    const auto response = crypto::parse_ocsp(item.body);
    if (!response) continue;
    const auto judged = crypto::judge_ocsp(*response, c.serial, issuer, input.options.at);
    if (judged.state == crypto::OcspState::other) continue;
    const bool embedded = item.origin == Origin::embedded;
    if (judged.state == crypto::OcspState::bad_signature) {
      if (!embedded) out.undecided(Area::platform, id, tee::code::collateral_bad_signature, "an OCSP answer for this chain is not properly signed", "--collateral");
      if (!embedded && best == Answer::none) best = Answer::undecided;
      continue;
    }
    if (judged.entry->status == crypto::OcspStatus::revoked && judged.state != crypto::OcspState::not_yet_valid) {
      out.use(item, "ocsp");
      out.fail(Area::platform, id, tee::code::chain_revoked,
               judged.entry->reason == 6u ? "a certificate of the chain is on hold, which counts as revoked"
                                          : "a certificate of the chain is revoked",
               "good", "revoked");
      return Answer::revoked;
    }
    if (embedded && !input.options.use_embedded_collateral) continue;
    out.use(item, "ocsp");
    if (judged.state != crypto::OcspState::current) {
      out.undecided(Area::platform, id, tee::code::collateral_stale, "an OCSP answer for this chain is not current", "--collateral");
      if (best == Answer::none) best = Answer::undecided;
    } else if (judged.entry->status == crypto::OcspStatus::good) {
      if (judged.entry->next_update) out.expires(*judged.entry->next_update);
      best = Answer::good;
    } else {
      out.undecided(Area::platform, id, code::revocation_unanswered, "the responder does not know a certificate of the chain", "--collateral");
      if (best == Answer::none) best = Answer::undecided;
    }
  }
  return best;
}

void ask_chain(const std::vector<const crypto::Certificate*>& chain, std::size_t from, const crypto::TrustAnchor& anchor,
               const std::string& id, const VerifyInput& input, Findings& out) {
  bool all_good = true;
  const std::size_t before = out.checks.size();
  for (std::size_t i = from; i < chain.size(); ++i) {
    const bool top = i + 1 == chain.size();
    const std::optional<crypto::PublicKey> key = top ? std::optional(anchor.key) : chain[i + 1]->key;
    if (!key) continue;
    all_good &= ask(*chain[i], {top ? ByteView(anchor.name) : chain[i + 1]->subject, *key}, id, input, out) == Answer::good;
  }
  if (out.checks.size() != before) return;
  if (all_good && chain.size() > from) out.pass(Area::platform, id, "OCSP answers say that the chain is not revoked");
  else out.skip(Area::platform, id, code::revocation_unanswered, "not every certificate of the chain has an OCSP answer", "--collateral");
}

}  // namespace

void judge_revocation(const Judged& d, const VerifyInput& input, Findings& out) {
  // The leaf is made by the device itself at boot; NVIDIA's responder knows the certificates above it.
  if (d.anchor && d.chain.size() > 1) ask_chain(d.chain, 1, *d.anchor, d.prefix + "revocation", input, out);
}

void judge_rim_revocation(const std::vector<const crypto::Certificate*>& chain, const crypto::TrustAnchor& anchor,
                          const std::string& id, const VerifyInput& input, Findings& out) {
  ask_chain(chain, 0, anchor, id + ".revocation", input, out);
}

}  // namespace tee::nvidia
