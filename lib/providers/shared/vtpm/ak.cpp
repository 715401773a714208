#include "providers/shared/vtpm/ak.h"

#include <algorithm>

#include "base/encoding.h"
#include "codec/der.h"
#include "evidence/codes.h"
#include "evidence/path_code.h"
#include "providers/shared/token/revocation.h"
#include "providers/shared/vtpm/codes.h"

namespace tee::vtpm {

namespace {

using crypto::Certificate;
using crypto::TrustAnchor;
using Path = std::vector<const Certificate*>;

// TCG EK Credential Profile 2.5, section 3.2: the subject alternative name is critical where the subject is
// empty. EK certificates cannot sign, so a leaf that may sign is an attestation key's.
crypto::PathRules path_rules() {
  crypto::PathRules rules;
  rules.known_critical = {"2.5.29.17"};
  rules.leaf_needs_digital_signature = true;
  return rules;
}

// TCG purposes of certificates for endorsement keys and attestation keys. Google's attestation keys have the
// former, or none.
constexpr std::string_view kExtendedKeyUsage = "2.5.29.37", kPurposes[] = {"2.23.133.8.1", "2.23.133.8.3"};

// A certificate of the same issuer for another purpose, a web server's say, vouches for no TPM.
bool fits_purpose(const Certificate& leaf) {
  const crypto::Extension* usage = leaf.extension(kExtendedKeyUsage);
  if (!usage) return true;
  auto list = der::Reader(usage->value).enter(der::kSequence);
  while (list && !list->done()) {
    const auto element = list->expect(der::kOid);
    const auto purpose =
        element ? der::oid_text(element->content) : Result<std::string>(fail(tee::code::input_malformed, {}));
    if (!purpose) return false;
    if (std::find(std::begin(kPurposes), std::end(kPurposes), *purpose) != std::end(kPurposes)) return true;
  }
  return false;
}

bool reaches(const Path& path, const TrustAnchor& anchor) { return equal(path.back()->issuer, anchor.name); }

struct Judged {
  Path path;
  const TrustAnchor* anchor = nullptr;
  crypto::PathResult result;
};

// The first anchor under which the path holds; else one whose name it reaches, so that its faults can be
// shown.
std::optional<Judged> best_path(const Certificate& leaf, const std::vector<Certificate>& pool,
                                const AnchorChoice& choice, Time at) {
  std::optional<Judged> best;
  for (const TrustAnchor& anchor : choice.anchors) {
    Judged j{crypto::build_chain(leaf, pool, anchor.name, at), &anchor, {}};
    if (!reaches(j.path, anchor)) continue;
    j.result = crypto::validate_path(j.path, anchor, at, path_rules());
    if (j.result.ok()) return j;
    if (!best) best = std::move(j);
  }
  return best;
}

void report_no_path(const Certificate& leaf, const std::vector<Certificate>& pool, Findings& out) {
  const Path path = crypto::build_chain(leaf, pool, {});
  const Certificate& last = *path.back();
  out.add_chain(leaf, "attestation key");
  if (equal(last.issuer, last.subject))
    out.fail(Area::chain, "vtpm.ak.chain", tee::code::chain_untrusted,
             "the chain does not end in an accepted root", "(an anchor)", printable(last.subject_text()));
  else
    out.undecided(Area::chain, "vtpm.ak.chain", tee::code::chain_missing,
                  "the certificate of " + printable(last.issuer_text()) + " is missing", "--collateral");
}

}  // namespace

void check_attributes(const PublicArea& area, Findings& out) {
  if (area.is_attestation_key())
    out.pass(Area::signature, "vtpm.ak.attributes", "the key is restricted to what its TPM makes");
  else
    out.fail(Area::signature, "vtpm.ak.attributes", code::ak_attributes, "the key is no attestation key",
             "fixedTPM, restricted, sign, not decrypt",
             std::string(area.fixed_tpm() ? "fixedTPM " : "") + (area.restricted() ? "restricted " : "") +
                 (area.signs() ? "sign " : "") + (area.decrypts() ? "decrypt" : ""));
}

std::optional<SchemeOfKey> scheme_of(const PublicArea& area) {
  if (area.scheme == alg::kNull) return std::nullopt;
  return SchemeOfKey{area.scheme, area.scheme_hash};
}

void judge_ak_chain(const Certificate& leaf, std::vector<Certificate> pool, const AnchorChoice& choice,
                    const VerifyInput& input, Findings& out) {
  for (const CertificateItem& item : input.collateral.certificates) pool.push_back(item.certificate);
  out.trust = choice.trust;
  const auto judged = best_path(leaf, pool, choice, input.options.at);
  if (!judged) return report_no_path(leaf, pool, out);
  for (std::size_t i = 0; i < judged->path.size(); ++i) {
    out.add_chain(*judged->path[i], i == 0 ? "attestation key" : "intermediate");
    out.expires(judged->path[i]->not_after);
  }
  out.add_chain(*judged->anchor, "anchor");
  for (const crypto::PathFinding& f : judged->result.findings)
    out.fail(Area::chain, "vtpm.ak.chain", code_for(f, judged->path.size()), f.detail);
  if (!fits_purpose(leaf))
    out.fail(Area::chain, "vtpm.ak.purpose", code::ak_purpose,
             "the certificate was issued for another purpose than a TPM's keys");
  if (judged->result.ok())
    out.pass(Area::chain, "vtpm.ak.chain",
             "the attestation key's certificate chains to " + printable(judged->anchor->label));
  token::judge_revocation(judged->path, *judged->anchor, input, "vtpm.ak.", out);
}

const CertificateItem* certificate_for(const crypto::PublicKey& key, const CollateralSet& collateral) {
  for (const CertificateItem& item : collateral.certificates)
    if (item.certificate.key == key) return &item;
  return nullptr;
}

void state_bare_quote(ByteView attest, const PcrValues& values, Findings& out) {
  out.binding.native = true;
  if (const auto q = quote_info(attest)) {
    out.binding.nonce = q->extra_data;
    out.vendor["quote"] = {{"extra_data", hex(q->extra_data)},
                           {"clock", q->clock},
                           {"reset_count", q->reset_count},
                           {"restart_count", q->restart_count},
                           {"safe", q->safe},
                           {"qualified_signer", hex(q->qualified_signer)}};
  }
  state_pcrs(values, out.claims);
  out.vendor["confidential"] = false;
  out.warn(code::not_confidential,
           "no report of the CPU is bound to this TPM: the quote shows no confidential machine");
}

}  // namespace tee::vtpm
