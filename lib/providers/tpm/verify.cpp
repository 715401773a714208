#include "providers/tpm/verify.h"

#include "base/encoding.h"
#include "evidence/codes.h"
#include "providers/shared/vtpm/ak.h"
#include "providers/shared/vtpm/codes.h"
#include "providers/tpm/evidence.h"

namespace tee::tpm {

namespace {

constexpr std::string_view kTrustId = "vtpm.ak.chain";

// Anchors that speak for devices of no particular provider.
AnchorChoice operator_anchors(const AppraisalOptions& options) {
  AnchorChoice out;
  out.trust = Trust::custom;
  for (const SuppliedAnchor& a : options.anchors) {
    if (a.provider || (a.role && *a.role != AnchorRole::device)) continue;
    out.anchors.push_back(a.anchor);
    if (a.simulated) out.trust = Trust::simulated;
  }
  return out;
}

// Keys that the operator brought, for evidence that names none.
std::vector<crypto::PublicKey> operator_keys(const AnchorChoice& choice, const CollateralSet& collateral) {
  std::vector<crypto::PublicKey> out;
  for (const crypto::TrustAnchor& a : choice.anchors) out.push_back(a.key);
  for (const CertificateItem& item : collateral.certificates)
    if (item.origin == Origin::supplied && item.certificate.key) out.push_back(*item.certificate.key);
  return out;
}

bool verifies(const Evidence& e, const crypto::PublicKey& key) {
  const auto form = vtpm::checkable(e.signature, key);
  return form && crypto::verify(key, form->scheme, e.attest, form->bytes, crypto::EcForm::raw);
}

// The key of the evidence, or the one among the operator's that verifies the quote.
std::optional<crypto::PublicKey> find_key(const Evidence& e, const AnchorChoice& choice,
                                          const CollateralSet& collateral) {
  if (e.ak) return e.ak->key;
  if (e.certificate) return e.certificate->key;
  for (const crypto::PublicKey& key : operator_keys(choice, collateral))
    if (verifies(e, key)) return key;
  return std::nullopt;
}

void trust_anchor_itself(const crypto::TrustAnchor& anchor, const AnchorChoice& choice, Time at,
                         Findings& out) {
  out.trust = choice.trust;
  out.add_chain(anchor, "attestation key");
  if (anchor.not_after) out.expires(*anchor.not_after);
  if (crypto::anchor_valid(anchor, at))
    out.pass(Area::chain, std::string(kTrustId), "the attestation key is a trust anchor itself");
  else
    out.fail(Area::chain, std::string(kTrustId), tee::code::chain_expired,
             "the anchor is not valid at the judged time");
}

// The operator named the key's own certificate: like a key set, it is believed as given, and only its dates
// are judged.
void trust_supplied(const CertificateItem& item, Time at, Findings& out) {
  const crypto::Certificate& c = item.certificate;
  out.trust = Trust::supplied;
  out.chain_applies = false;
  out.use(item, "attestation key");
  out.add_chain(c, "attestation key (supplied)");
  out.expires(c.not_after);
  if (at < c.not_before)
    out.fail(Area::signature, "vtpm.ak.validity", tee::code::chain_not_yet_valid,
             "the key's certificate begins after the judged time", rfc3339(at), rfc3339(c.not_before));
  else if (at > c.not_after)
    out.fail(Area::signature, "vtpm.ak.validity", tee::code::chain_expired, "the key's certificate has ended",
             rfc3339(at), rfc3339(c.not_after));
  else
    out.pass(Area::signature, "vtpm.ak.validity",
             "the operator named the key's certificate, and it is valid at the judged time");
}

const CertificateItem* supplied_certificate(const crypto::PublicKey& key, const CollateralSet& collateral) {
  for (const CertificateItem& item : collateral.certificates)
    if (item.origin == Origin::supplied && item.certificate.key == key) return &item;
  return nullptr;
}

void judge_key(const crypto::PublicKey& key, const Evidence& e, const AnchorChoice& choice,
               const VerifyInput& input, Findings& out) {
  for (const crypto::TrustAnchor& anchor : choice.anchors)
    if (anchor.key == key) return trust_anchor_itself(anchor, choice, input.options.at, out);
  if (!choice.anchors.empty()) {
    const CertificateItem* beside = vtpm::certificate_for(key, input.collateral);
    if (e.certificate) return vtpm::judge_ak_chain(*e.certificate, {}, choice, input, out);
    if (beside) return vtpm::judge_ak_chain(beside->certificate, {}, choice, input, out);
    out.undecided(Area::chain, std::string(kTrustId), tee::code::chain_missing,
                  "the attestation key's certificate is missing", "--collateral");
    return;
  }
  if (const CertificateItem* item = supplied_certificate(key, input.collateral))
    return trust_supplied(*item, input.options.at, out);
  out.undecided(Area::chain, std::string(kTrustId), vtpm::code::ak_unknown,
                "nobody vouches for the attestation key", "--trust-anchor");
}

}  // namespace

void verify_quote(const VerifyInput& input, Findings& out) {
  out.judged_bytes = input.evidence.size();
  const auto e = parse_evidence(input.evidence);
  if (!e) return out.fail(Area::form, "vtpm.evidence", e.error());
  out.pass(Area::form, "vtpm.evidence", "the evidence is well-formed");
  if (e->ak) vtpm::check_attributes(*e->ak, out);
  if (e->ak && e->certificate && e->certificate->key != e->ak->key)
    out.fail(Area::signature, "vtpm.ak.certificate", vtpm::code::ak_mismatch,
             "the certificate beside the key is another key's");

  const AnchorChoice choice = operator_anchors(input.options);
  const auto key = find_key(*e, choice, input.collateral);
  if (!key) {
    out.undecided(Area::signature, "vtpm.quote.signature", vtpm::code::ak_unknown,
                  "the evidence names no key, and none that was given verifies the quote", "--trust-anchor");
    vtpm::state_bare_quote(e->attest, {}, out);
    return;
  }
  judge_key(*key, *e, choice, input, out);
  vtpm::QuoteInput quote{.attest = e->attest, .signature = e->signature, .key = *key, .pcrs = e->pcrs};
  if (e->ak) quote.scheme_of_key = vtpm::scheme_of(*e->ak);
  vtpm::state_bare_quote(e->attest, vtpm::judge_quote(quote, out), out);
}

Result<Json> inspect_quote(ByteView evidence) {
  TEE_TRY(const Evidence e, parse_evidence(evidence));
  Json j{{"pcr_values", e.pcrs.size()}};
  if (e.ak)
    j["ak"] = {
        {"name", hex(e.ak->name)}, {"attributes", e.ak->attributes}, {"key", crypto::describe(e.ak->key)}};
  if (const auto q = vtpm::quote_info(e.attest))
    j["quote"] = {
        {"extra_data", hex(q->extra_data)}, {"pcr_digest", hex(q->pcr_digest)}, {"clock", q->clock}};
  return j;
}

// Nothing shows that the host keeps out of the machine: no pin identifies what runs in it (S10).
WorkloadAnswer quote_workload(const std::set<std::string>&, const Findings&, const AppraisalOptions&) {
  return {};
}

}  // namespace tee::tpm
