#include "providers/shared/intel_dcap/revocation.h"

#include <algorithm>
#include <set>

#include "base/encoding.h"
#include "providers/shared/intel_dcap/codes.h"

namespace tee::intel {

namespace {

using crypto::CrlState;

constexpr std::size_t kMostLists = 64;

// By CRL number, which Intel always leaves at 1; then by date.
bool newer(const crypto::Crl& a, const crypto::Crl& b) {
  if (a.number && b.number) {
    const int order = crypto::compare_magnitudes(*a.number, *b.number);
    if (order != 0) return order > 0;
  }
  return a.this_update > b.this_update;
}

std::string short_name(ByteView name) {
  return printable(crypto::Certificate::name_attribute(name, "2.5.4.3"), 64);
}

}  // namespace

CrlShelf::CrlShelf(const CrlIssuer& issuer, const CollateralSet& collateral, const AppraisalOptions& options)
    : issuer_name_(short_name(issuer.name)) {
  std::set<std::array<std::uint8_t, 32>> done;
  for (const Origin origin : {Origin::supplied, Origin::embedded}) {
    for (const CrlItem& item : collateral.crls) {
      if (item.origin != origin) continue;
      if (!equal(item.crl.issuer, issuer.name)) {
        other_issuer_ = item.crl.issuer;
        continue;
      }
      if (done.size() < kMostLists && done.insert(item.sha256).second) judge(item, issuer, options);
    }
  }
}

void CrlShelf::judge(const CrlItem& item, const CrlIssuer& issuer, const AppraisalOptions& options) {
  const crypto::Crl& crl = item.crl;
  const CrlState state = issuer.key == nullptr ? CrlState::bad_signature
                                               : crypto::judge_crl(crl, issuer.name, *issuer.key, options.at);
  const bool profile = crl.number && !crl.authority_key_id.empty() &&
                       crl.scheme == crypto::Scheme::ecdsa_sha256 &&
                       issuer.crl_sign == CrlIssuer::Usage::allowed;
  if (state == CrlState::bad_signature) {
    note(code::crl_bad_signature,
         "the key of " + issuer_name_ + " does not verify the CRL that bears its name");
  } else if (state == CrlState::unusable || !profile) {
    note(code::crl_unusable, "the CRL of " + issuer_name_ + " breaks Intel's profile of CRLs");
  } else if (state == CrlState::not_yet_valid) {
    note(code::crl_not_yet_valid, "the CRL of " + issuer_name_ + " begins at " + rfc3339(crl.this_update));
  } else {
    judged_.push_back({&item, state, item.origin == Origin::supplied || options.use_embedded_collateral});
  }
}

void CrlShelf::note(const Code& code, std::string text) {
  if (problem_ != nullptr) return;
  problem_ = &code;
  problem_text_ = std::move(text);
}

const CrlShelf::Judged* CrlShelf::newest() const {
  const Judged* out = nullptr;
  for (const Judged& j : judged_)
    if (j.counts && (out == nullptr || newer(j.item->crl, out->item->crl))) out = &j;
  return out;
}

void CrlShelf::check(const crypto::Certificate& certificate, const std::string& id, const Code& revoked,
                     Findings& out) const {
  for (const Judged& j : judged_) {
    if (!j.item->crl.lists(certificate.serial)) continue;
    out.use(*j.item, "crl");
    const std::string text = printable(certificate.subject_cn(), 64) + " (serial " +
                             certificate.serial_hex() + ") is in the CRL of " + issuer_name_;
    if (revoked.category == Category::inconclusive)
      out.undecided(Area::platform, id, revoked, text, "--collateral");
    else
      out.fail(Area::platform, id, revoked, text);
    return;
  }
  if (const Judged* list = newest()) {
    conclude(*list, id, out);
  } else if (!judged_.empty()) {
    out.undecided(Area::platform, id, code::collateral_embedded_only,
                  "the only CRL of " + issuer_name_ + " came with the evidence", "--collateral");
  } else if (problem_ != nullptr) {
    out.undecided(Area::platform, id, *problem_, problem_text_, "--collateral");
  } else {
    const std::string other =
        other_issuer_.empty() ? "" : "; one of " + short_name(other_issuer_) + " does not speak for it";
    out.undecided(Area::platform, id, code::crl_missing, "no CRL of " + issuer_name_ + " was given" + other,
                  "--collateral");
  }
}

void CrlShelf::conclude(const Judged& newest, const std::string& id, Findings& out) const {
  const Time until = newest.item->crl.next_update.value_or(Time{});
  out.use(*newest.item, "crl");
  if (newest.state == CrlState::stale) {
    out.undecided(Area::platform, id, code::crl_stale,
                  "the newest CRL of " + issuer_name_ + " was current until " + rfc3339(until),
                  "--collateral");
    return;
  }
  out.expires(until);
  const std::string text = "not in the CRL of " + issuer_name_ + ", which is current until " + rfc3339(until);
  if (newest.item->origin == Origin::embedded)
    out.passed_by("--use-embedded-collateral", Area::platform, id, text);
  else
    out.pass(Area::platform, id, text);
}

}  // namespace tee::intel
