#include "providers/azure/vtpm_verify.h"

#include <algorithm>

#include "base/encoding.h"
#include "codec/pem.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "providers/azure/codes.h"
#include "providers/azure/hcl.h"
#include "providers/azure/paravisors.h"
#include "providers/azure/vtpm_evidence.h"
#include "providers/shared/vtpm/quote.h"

namespace tee::azure {

namespace {

constexpr unsigned kResettablePcr = 16;       // 16 to 23 can be reset by the guest (S10)

// The AK's signature: TPMT_SIGNATURE, or the bare RSASSA SHA-256 signature that Azure's tools carry.
vtpm::Signature signature_from(ByteView bytes) {
  if (auto parsed = vtpm::parse_signature(bytes)) return *std::move(parsed);
  vtpm::Signature bare;
  bare.scheme = vtpm::alg::kRsaSsa;
  bare.hash = vtpm::alg::kSha256;
  bare.rsa = to_bytes(bytes);
  return bare;
}

// Evidence of the hardware below, judged by its own room with the operator's options but one: the paravisor is the only
// one that may ask for the report, and it does so at VMPL 0. A report of a higher level is one that the guest asked for
// about a key of its own making, so --allow-vmpl has no meaning here (S10, S13).
void judge_hardware(EvidenceType type, ByteView evidence, const CollateralSet& collateral, const VerifyInput& input, Findings& out) {
  const Verifier* room = input.room_for ? input.room_for(type) : nullptr;
  if (!room) {
    out.undecided(Area::chain, "azure.hardware", tee::code::provider_not_built,
                  "this build cannot judge the " + std::string(to_string(type)) + " inside");
    return;
  }
  AppraisalOptions options = input.options;
  options.allow_vmpl = 0;
  Findings inner;
  room->verify({evidence, collateral, options, input.room_for}, inner);
  for (Check& c : inner.checks) out.checks.push_back(std::move(c));
  for (Warning& w : inner.warnings) out.warnings.push_back(std::move(w));
  for (ChainLink& link : inner.chain) out.chain.push_back(std::move(link));
  for (auto& i : inner.inputs) out.inputs.push_back(std::move(i));
  for (auto& [name, value] : inner.claims) out.claims.emplace(name, std::move(value));
  out.vendor["hardware"] = std::move(inner.vendor);
  out.tcb = std::move(inner.tcb);
  out.rests_on(inner.trust);
  if (inner.valid_until) out.expires(*inner.valid_until);
}

CollateralSet with_vcek(const CollateralSet& all, const VtpmEvidence& e, Findings& out) {
  CollateralSet set = all;
  if (!e.vcek) return set;
  auto certificates = crypto::parse_certificates(*e.vcek);
  if (!certificates) {
    out.fail(Area::chain, "azure.vcek", tee::code::chain_malformed, "the VCEK beside the report: " + certificates.error().message);
    return set;
  }
  for (crypto::Certificate& c : *certificates) {
    CertificateItem item;
    item.certificate = std::move(c);
    item.source = "evidence";
    item.sha256 = item.certificate.fingerprint();
    item.origin = Origin::embedded;
    set.certificates.push_back(std::move(item));
  }
  return set;
}

void check_runtime_binding(const HclReport& hcl, Findings& out) {
  if (binds_runtime_data(hcl))
    out.pass(Area::signature, "azure.runtime_data", "the hardware report binds the runtime data with the attestation key");
  else
    out.fail(Area::signature, "azure.runtime_data", code::report_data, "the hardware report does not bind the runtime data",
             hex(crypto::sha256(hcl.runtime_data)) + " and 32 zero bytes", hex(hcl.report_data));
}

// The TDREPORT's MAC means nothing outside its machine: only the quote counts, and it must carry the same report data.
void check_td_quote(const HclReport& hcl, const VtpmEvidence& e, const VerifyInput& input, Findings& out) {
  if (!e.td_quote) {
    out.undecided(Area::chain, "azure.td_quote", tee::code::chain_missing, "no TD quote stands beside the TDX report");
    return;
  }
  judge_hardware(EvidenceType::tdx_quote, *e.td_quote, input.collateral, input, out);
  if (!input.room_for || !input.room_for(EvidenceType::tdx_quote)) return;
  // As the quote's own reader found it: where it stands depends on the version of the quote.
  const auto claim = out.claims.find("report_data");
  const Bytes* quoted = claim == out.claims.end() ? nullptr : std::get_if<Bytes>(&claim->second);
  if (quoted && equal(*quoted, hcl.report_data))
    out.pass(Area::signature, "azure.td_quote", "the TD quote carries the report data of the HCL report");
  else
    out.fail(Area::signature, "azure.td_quote", code::td_quote_mismatch, "the TD quote carries other report data than the HCL report",
             hex(hcl.report_data), quoted ? hex(*quoted) : "(none that can be read)");
}

// Which paravisor runs? It measures the guest into the vTPM, so its PCRs are worth what it is worth (S10).
void check_paravisor(Hardware hardware, const AppraisalOptions& options, Findings& out) {
  const std::string id = "azure.paravisor";
  const auto digest = out.claims.find("id_key_digest");
  const Bytes* key_digest = digest == out.claims.end() ? nullptr : std::get_if<Bytes>(&digest->second);
  const bool listed = hardware == Hardware::snp && key_digest && known_paravisor(*key_digest);
  const char* pin = hardware == Hardware::snp ? "measurement" : "mr_td";
  const bool pinned = options.expectation(pin) || options.expectation("measurement");
  out.vendor["paravisor"] = listed ? "listed" : pinned ? "pinned" : "unpinned";
  if (listed)
    out.pass(Area::platform, id, "the paravisor is signed with a key of the built-in list");
  else if (pinned)
    out.pass(Area::platform, id, "the paravisor's launch measurement is pinned");
  else if (options.genuine_only)
    out.warn(code::paravisor_unlisted, "the paravisor is not identified; its PCRs identify nothing");
  else
    out.undecided(Area::platform, id, code::paravisor_unpinned, "the paravisor is not identified", "--expect");
}

void state_claims(const RuntimeData& runtime, const vtpm::PcrValues& pcrs, ByteView attest, Findings& out) {
  out.binding.native = true;
  if (const auto q = vtpm::quote_info(attest)) {
    out.binding.nonce = q->extra_data;
    out.vendor["quote"] = {{"extra_data", hex(q->extra_data)}, {"clock", q->clock}, {"reset_count", q->reset_count},
                           {"restart_count", q->restart_count}, {"safe", q->safe}};
  }
  if (runtime.user_data) {
    out.binding.user_data = runtime.user_data;
    out.binding.user_data_padded = true;
    out.claims["user_data"] = *runtime.user_data;
  }
  if (runtime.secure_boot) out.claims["secure_boot"] = *runtime.secure_boot;
  if (!runtime.vm_unique_id.empty()) out.claims["vm_unique_id"] = runtime.vm_unique_id;
  vtpm::state_pcrs(pcrs, out.claims);
  out.vendor["runtime_data"] = runtime.document;
}

}  // namespace

void verify_vtpm(const VerifyInput& input, Findings& out) {
  out.judged_bytes = input.evidence.size();
  const auto e = parse_vtpm_evidence(input.evidence);
  if (!e) return out.fail(Area::form, "azure.vtpm.evidence", e.error());
  const auto hcl = parse_hcl(e->hcl_report);
  if (!hcl) return out.fail(Area::form, "azure.hcl", hcl.error());
  out.pass(Area::form, "azure.hcl", "the HCL report is well-formed");
  check_runtime_binding(*hcl, out);

  if (hcl->hardware == Hardware::snp)
    judge_hardware(EvidenceType::sev_snp_report, hcl->hardware_report, with_vcek(input.collateral, *e, out), input, out);
  else
    check_td_quote(*hcl, *e, input, out);
  check_paravisor(hcl->hardware, input.options, out);

  const auto runtime = parse_runtime_data(hcl->runtime_data);
  if (!runtime) return out.fail(Area::form, "azure.runtime_data.form", runtime.error());
  const vtpm::PcrValues pcrs = vtpm::judge_quote(
      {.attest = e->attest, .signature = signature_from(e->signature), .key = runtime->attestation_key, .pcrs = e->pcrs,
       .all_pcrs_required = true, .scheme_of_key = vtpm::SchemeOfKey{vtpm::alg::kRsaSsa, vtpm::alg::kSha256}},
      out);
  state_claims(*runtime, pcrs, e->attest, out);
  out.binding.report_freshness = {"azure.report_freshness", &code::report_freshness};
}

Result<Json> inspect_vtpm(ByteView evidence) {
  TEE_TRY(const VtpmEvidence e, parse_vtpm_evidence(evidence));
  TEE_TRY(const HclReport hcl, parse_hcl(e.hcl_report));
  Json j{{"hardware", hcl.hardware == Hardware::snp ? "snp" : "tdx"},
         {"report_data", hex(hcl.report_data)},
         {"signature_bytes", e.signature.size()},
         {"pcr_values", e.pcrs.size()}};
  if (const auto runtime = parse_runtime_data(hcl.runtime_data)) j["runtime_data"] = runtime->document;
  if (const auto q = vtpm::quote_info(e.attest)) {
    j["quote"] = {{"extra_data", hex(q->extra_data)}, {"pcr_digest", hex(q->pcr_digest)}, {"clock", q->clock}};
  }
  return j;
}

WorkloadAnswer vtpm_workload(const std::set<std::string>& pinned, const Findings& found, const AppraisalOptions&) {
  WorkloadAnswer answer;
  const bool firmware = pinned.contains("measurement") || pinned.contains("mr_td");
  const auto state = json::text_of(found.vendor, "paravisor");
  const bool identified = state == "listed" || firmware;
  const bool guest = std::any_of(pinned.begin(), pinned.end(), [](const std::string& name) {
    return name.starts_with("pcr") && std::stoul(name.substr(3)) < kResettablePcr;
  });
  answer.answered = (guest && identified) || firmware;
  if (firmware && !guest) answer.remark = &tee::code::workload_firmware_only;
  answer.missing = identified ? "--expect pcr11=HEX" : "--expect measurement=HEX --expect pcr11=HEX";
  return answer;
}

}  // namespace tee::azure
