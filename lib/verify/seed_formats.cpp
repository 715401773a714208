#include "verify/seed_formats.h"

#include "base/encoding.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

bool holds(const std::optional<bool>& b) { return b.value_or(false); }

bool valid(const Outcome& out) {
  return out.verdict == Verdict::pass && out.exit == Exit::pass && out.scope == "workload" && out.freshness != "none" &&
         !out.findings.second_hand;  // they take it for a judgement of the hardware
}

std::optional<std::string> bytes_claim(const Outcome& out, std::string_view name) {
  const auto it = out.findings.claims.find(std::string(name));
  if (it == out.findings.claims.end()) return std::nullopt;
  const Bytes* bytes = std::get_if<Bytes>(&it->second);
  return bytes ? std::optional(hex(*bytes)) : std::nullopt;
}

std::string text_claim(const Outcome& out, std::string_view name) {
  const auto it = out.findings.claims.find(std::string(name));
  if (it == out.findings.claims.end()) return {};
  const std::string* text = std::get_if<std::string>(&it->second);
  return text ? *text : std::string();
}

bool check_held(const Outcome& out, std::string_view id) {
  const Check* c = out.findings.find(id);
  return c && c->status == CheckStatus::pass;
}

bool any_failed(const Outcome& out, Area area) {
  for (const Check& c : out.findings.checks)
    if (c.area == area && c.status == CheckStatus::fail) return true;
  return false;
}

std::string_view tangle_provider(EvidenceType t) {
  switch (t) {
    case EvidenceType::tdx_quote: return "intel_tdx";
    case EvidenceType::sev_snp_report: return "amd_sev_snp";
    case EvidenceType::nitro_document:
    case EvidenceType::nitrotpm_document: return "aws_nitro";
    case EvidenceType::gcp_confidential_token: return "gcp_confidential";
    case EvidenceType::azure_maa_token:
    case EvidenceType::azure_vtpm: return "azure_snp";
    default: return {};
  }
}

std::string_view tenzro_platform(const Subject& s) {
  const Verifier* room = s.type ? verifier_for(*s.type) : nullptr;
  if (!room || !provider_of(*room)) return {};
  switch (room->provider) {
    case Provider::intel_tdx: return "intel-tdx";
    case Provider::intel_sgx: return "intel-sgx";
    case Provider::amd_sev_snp: return "amd-sev-snp";
    case Provider::aws_nitro: return "aws-nitro";
    case Provider::nvidia_gpu: return "nvidia-gpu";
    case Provider::gcp_confidential: return "gcp-confidential";
    case Provider::azure_cvm: return "azure-cvm";
  }
  return {};
}

// Algorithm by the length of the digest: 48 bytes for TDX, SNP and Nitro, 32 for SGX and image digests.
Json measurement(const Outcome& out) {
  const std::string digest = bytes_claim(out, "measurement").value_or(std::string());
  const char* algorithm = digest.size() == 96 ? "sha384" : digest.size() == 64 ? "sha256" : "unknown";
  return {{"algorithm", algorithm}, {"digest", digest}};
}

// "pcr0:…", "rtmr1:…": the registers among the claims.
Json boot_measurements(const Outcome& out) {
  Json list = Json::array();
  for (const auto& [name, value] : out.findings.claims) {
    const Bytes* bytes = std::get_if<Bytes>(&value);
    if (bytes && (name.starts_with("pcr") || name.starts_with("rtmr"))) list.push_back(name + ":" + hex(*bytes));
  }
  return list;
}

// Their reports are aged by this field. Without a signed time, the moment at which a fresh pass was given is the best
// known; 0 otherwise, which is always too old.
std::int64_t issued_at(const Outcome& out) {
  if (!holds(out.genuine)) return 0;
  if (out.findings.binding.signed_time) return to_unix(*out.findings.binding.signed_time);
  return valid(out) ? to_unix(out.verified_at) : 0;
}

// AttestationReport of blueprint-tee, from verified claims instead of the attester's word.
Json tangle_report(const Subject& subject, const Outcome& out) {
  const auto debug = out.findings.claims.find("debug");
  const bool* debugging = debug == out.findings.claims.end() ? nullptr : std::get_if<bool>(&debug->second);
  Json claims{{"debug_mode", debugging ? Json(*debugging) : Json(true)}, {"boot_measurements", boot_measurements(out)}};
  if (const std::string version = text_claim(out, "firmware_version"); !version.empty()) claims["platform_version"] = version;
  return {{"provider", tangle_provider(*subject.type)},
          {"format", to_string(*subject.type)},
          {"issued_at_unix", issued_at(out)},
          {"measurement", measurement(out)},
          {"public_key_binding", nullptr},
          {"claims", std::move(claims)},
          {"evidence", subject.evidence}};
}

}  // namespace

Json tangle_json(const Subject& subject, const Outcome& out) {
  const bool mismatch = any_failed(out, Area::workload);
  Json verdict{{"verdict", valid(out) ? "verified" : mismatch ? "measurement_mismatch" : "unverified"}};
  if (!valid(out)) {
    std::string reason;
    for (const std::string& r : out.reasons) reason += (reason.empty() ? "" : ", ") + r;
    if (reason.empty()) reason = out.findings.second_hand ? "another verifier's word: no hardware evidence was judged"
                                                            : "authenticity only: no workload or freshness was asked for";
    verdict["reason"] = reason;
  }
  const bool known = subject.type && !tangle_provider(*subject.type).empty() && !subject.malformed;
  return {{"valid", valid(out)},
          {"level", "cryptographic"},
          {"verdict", std::move(verdict)},
          {"signature_verified", holds(out.genuine)},
          {"measurement_matched", out.scope == "workload" && !mismatch && !out.findings.second_hand},
          {"report_data_matched", check_held(out, "freshness.report_data") || check_held(out, "freshness.nonce") ||
                                      check_held(out, "binding.tee_bind_1")},
          {"structural_ok", subject.type && !subject.malformed && !any_failed(out, Area::form)},
          {"report", known && holds(out.genuine) ? tangle_report(subject, out) : Json(nullptr)}};
}

Json tenzro_json(const Subject& subject, const Outcome& out) {
  const std::string_view platform = tenzro_platform(subject);
  const std::string firmware = text_claim(out, "firmware_version");
  return {{"valid", valid(out)},
          {"platform", platform.empty() ? Json(nullptr) : Json(platform)},
          {"firmware_version", firmware.empty() ? Json(nullptr) : Json(firmware)},
          {"platform_verified", holds(out.platform_verified)},
          {"signature_verified", holds(out.signature_verified)},
          {"chain_verified", holds(out.chain_verified)},
          {"certificate_chain_verified", holds(out.chain_verified)},
          {"freshness_verified", holds(out.freshness_verified)},
          {"verified_at", rfc3339(out.verified_at)}};
}

}  // namespace tee::verify
