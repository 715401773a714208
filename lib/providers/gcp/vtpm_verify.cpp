#include "providers/gcp/vtpm_verify.h"

#include "base/encoding.h"
#include "evidence/codes.h"
#include "providers/gcp/codes.h"
#include "providers/gcp/vtpm_anchors.h"
#include "providers/gcp/vtpm_evidence.h"
#include "providers/shared/vtpm/ak.h"
#include "providers/shared/vtpm/codes.h"

namespace tee::gcp {

namespace {

// The certificate in the attestation, or one for the same key among the collateral.
std::optional<crypto::Certificate> certificate_of(const VtpmAttestation& a, const CollateralSet& collateral) {
  if (a.certificate) return a.certificate;
  if (const CertificateItem* item = vtpm::certificate_for(a.ak.key, collateral)) return item->certificate;
  return std::nullopt;
}

// Beside the claims: the certificate says it, not the quote.
void state_instance(const crypto::Certificate& certificate, Findings& out) {
  const auto instance = instance_of(certificate);
  if (!instance || !instance->production)
    return out.warn(code::instance_unknown, "the attestation key's certificate names no production instance");
  out.vendor["instance"] = {{"zone", printable(instance->zone, 128)},
                            {"project_id", printable(instance->project_id, 128)},
                            {"project_number", std::to_string(instance->project_number)},
                            {"instance_id", std::to_string(instance->instance_id)},
                            {"instance_name", printable(instance->instance_name, 128)}};
}

void judge_certificate(const VtpmAttestation& a, const VerifyInput& input, Findings& out) {
  const auto certificate = certificate_of(a, input.collateral);
  if (!certificate) {
    out.undecided(Area::chain, "vtpm.ak.chain", tee::code::chain_missing,
                  "the attestation key's certificate is missing", "--collateral");
    return;
  }
  if (certificate->key == a.ak.key)
    out.pass(Area::signature, "vtpm.ak.certificate", "the certificate is the attestation key's");
  else
    out.fail(Area::signature, "vtpm.ak.certificate", vtpm::code::ak_mismatch,
             "the certificate beside the key is another key's");
  const AnchorChoice choice =
      input.options.anchors_for(Provider::gcp_confidential, AnchorRole::device, attestation_key_anchors());
  vtpm::judge_ak_chain(*certificate, a.intermediates, choice, input, out);
  state_instance(*certificate, out);
}

}  // namespace

void verify_vtpm(const VerifyInput& input, Findings& out) {
  out.judged_bytes = input.evidence.size();
  const auto a = parse_vtpm(input.evidence);
  if (!a) return out.fail(Area::form, "gcp.vtpm", a.error());
  out.pass(Area::form, "gcp.vtpm", "the attestation is well-formed");
  vtpm::check_attributes(a->ak, out);
  judge_certificate(*a, input, out);
  const BankQuote* quote = chosen_quote(*a);
  if (!quote) {
    out.fail(Area::signature, "vtpm.quote.pcrs", vtpm::code::pcr_selection,
             "there is not exactly one quote of the SHA-256 bank, nor of the SHA-384 bank");
    return;
  }
  const vtpm::PcrValues values = vtpm::judge_quote({.attest = quote->attest,
                                                    .signature = quote->signature,
                                                    .key = a->ak.key,
                                                    .pcrs = quote->pcrs,
                                                    .scheme_of_key = vtpm::scheme_of(a->ak)},
                                                   out);
  vtpm::state_bare_quote(quote->attest, values, out);
}

Result<Json> inspect_vtpm(ByteView evidence) {
  TEE_TRY(const VtpmAttestation a, parse_vtpm(evidence));
  Json j{{"ak",
          {{"name", hex(a.ak.name)}, {"attributes", a.ak.attributes}, {"key", crypto::describe(a.ak.key)}}},
         {"quotes", Json::array()}};
  for (const BankQuote& quote : a.quotes)
    if (const auto q = vtpm::parse_attest(quote.attest))
      j["quotes"].push_back({{"extra_data", hex(q->extra_data)},
                             {"pcr_digest", hex(q->pcr_digest)},
                             {"bank", q->selections.empty() ? 0 : q->selections[0].bank}});
  return j;
}

// Google's own firmware writes the first PCRs, but no report of the CPU is bound to them (S10).
WorkloadAnswer vtpm_workload(const std::set<std::string>&, const Findings&, const AppraisalOptions&) {
  return {};
}

}  // namespace tee::gcp
