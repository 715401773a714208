// Every rule for MAA tokens about confidential VMs: Microsoft, "Azure Attestation claim sets" and the rules
// S8 and S10.
#include "providers/azure/maa_verify.h"

#include <algorithm>

#include "base/encoding.h"
#include "evidence/codes.h"
#include "providers/azure/codes.h"
#include "providers/azure/maa_claims.h"
#include "providers/azure/maa_evidence.h"
#include "providers/shared/token/engine.h"
#include "providers/shared/token/tcb.h"

namespace tee::azure {

namespace {

constexpr std::string_view kAlgorithms[] = {"RS256"};
constexpr std::string_view kCompliantVm = "azure-compliant-cvm", kCompliantGroup = "azure-compliant-uvm";
constexpr std::size_t kHashBytes = 32;  // SHA-256 of the runtime data, then zeros

token::TokenRules token_rules() {
  token::TokenRules rules;
  rules.provider = Provider::azure_cvm;
  rules.prefix = "azure.token.";
  rules.algorithms = kAlgorithms;
  rules.issuer_listed = shared_instance;
  rules.issuers_shown = "https://sharedR.R.attest.azure.net";
  return rules;
}

std::string shown(const std::optional<std::string>& text) { return text ? printable(*text, 80) : "(absent)"; }

void check_key_address(const token::Token& token, Findings& out) {
  const Json* jku = json::find(token.header, "jku");
  if (!jku) return;
  const std::string expected = token.issuer + "/certs";
  if (*jku == expected)
    out.pass(Area::form, "azure.jku", "the header names the issuer's own key address");
  else
    out.fail(Area::form, "azure.jku", code::jku, "the header names another key address",
             printable(expected, 200),
             jku->is_string() ? printable(jku->get_ref<const std::string&>(), 200) : "(no text)");
}

void check_type(const MaaToken& t, Findings& out) {
  const std::string id = "azure.attestation_type";
  const bool confidential = t.tee_type == "sevsnpvm" || t.tee_type == "tdxvm";
  if (confidential && (t.type == t.tee_type || t.type == "azurevm"))
    out.pass(Area::form, id, "the token is about a confidential VM: " + *t.tee_type);
  else
    out.fail(Area::form, id, code::attestation_type, "the token is not about a confidential VM",
             "sevsnpvm or tdxvm", t.type == "azurevm" ? "azurevm with " + shown(t.tee_type) : shown(t.type));
}

// Every hardware claim that the checks below rely on must be there.
void check_complete(const MaaToken& t, Findings& out) {
  const std::string id = "azure.claims";
  Texts problems = t.problems;
  const auto need = [&problems](bool present, const char* name) {
    if (!present) problems.push_back(std::string(name) + " is absent or malformed");
  };
  need(t.policy_hash.has_value(), "x-ms-policy-hash");
  if (t.snp) {
    need(t.snp->measurement.has_value(), "x-ms-sevsnpvm-launchmeasurement");
    need(t.snp->report_data.has_value(), "x-ms-sevsnpvm-reportdata");
  }
  if (t.tdx) {
    need(t.tdx->mr_td.has_value(), "tdx_mrtd");
    need(t.tdx->report_data.has_value(), "tdx_report_data");
    need(t.tdx->td_attributes.has_value(), "tdx_td_attributes");
  }
  if (problems.empty()) out.pass(Area::form, id, "every claim has its documented type");
  for (const std::string& problem : problems) out.fail(Area::form, id, code::claim_malformed, problem);
}

// Container groups are another product; they pass only for whoever asks for them by name.
void check_compliance(const MaaToken& t, const AppraisalOptions& options, Findings& out) {
  const std::string id = "azure.compliance";
  const bool group = t.compliance == kCompliantGroup && options.expectation("compliance_status");
  if (t.compliance == kCompliantVm || group)
    out.pass(Area::platform, id, "the service found the platform compliant: " + *t.compliance);
  else
    out.fail(Area::platform, id, code::compliance, "the service did not find the platform compliant",
             std::string(kCompliantVm), shown(t.compliance));
}

void check_debug(const MaaToken& t, const AppraisalOptions& options, Findings& out) {
  const std::string id = "azure.debug";
  const std::optional<bool> debug = debug_state(t);
  if (debug == false)
    out.pass(Area::platform, id, "debugging is off");
  else if (!debug)
    out.fail(Area::platform, id, code::debug_unknown, "the token does not say that debugging is off");
  else if (options.allow_debug)
    out.passed_by("--allow-debug", Area::platform, id, "debugging is on");
  else
    out.fail(Area::platform, id, tee::code::debug_enabled, "debugging is on", "off",
             t.guest_debug.empty() ? "debug guest" : t.guest_debug.front());
}

void check_migration(const MaaToken& t, Findings& out) {
  constexpr std::uint8_t kMigratable = 0x20;  // TD ATTRIBUTES bit 29, in the fourth byte
  std::optional<bool> migratable = t.snp   ? t.snp->migration_allowed
                                   : t.tdx ? t.tdx->attributes_migratable
                                           : std::nullopt;
  if (t.tdx && t.tdx->td_attributes && (t.tdx->td_attributes->at(3) & kMigratable)) migratable = true;
  if (migratable == false)
    out.pass(Area::platform, "azure.migration", "no agent may migrate the guest");
  else
    out.fail(Area::platform, "azure.migration", code::migration,
             "the guest may be migrated, or the token does not say", "false",
             migratable ? "true" : "(absent)");
}

void check_vmpl(const SnpClaims& snp, const AppraisalOptions& options, Findings& out) {
  const std::string id = "azure.vmpl";
  if (snp.vmpl == 0u)
    out.pass(Area::platform, id, "the report was made at VMPL 0");
  else if (snp.vmpl && *snp.vmpl <= options.allow_vmpl)
    out.passed_by("--allow-vmpl " + std::to_string(options.allow_vmpl), Area::platform, id,
                  "the report was made at VMPL " + std::to_string(*snp.vmpl));
  else
    out.fail(Area::platform, id, code::vmpl, "the report was made at another level",
             "at most " + std::to_string(options.allow_vmpl),
             snp.vmpl ? std::to_string(*snp.vmpl) : "(absent)");
}

// AMD gives no verdict on its firmware, so floors are the operator's (S12).
void check_snp_floor(const SnpClaims& snp, const AppraisalOptions& options, Findings& out) {
  const std::string id = "azure.tcb.floor";
  if (options.min_tcb.empty()) {
    out.skip(Area::platform, id, tee::code::tcb_floor_unset, "no floor was given for the platform's firmware",
             "--min-tcb");
    return;
  }
  bool good = true;
  for (const auto& [name, least] : options.min_tcb) {
    const auto have = snp.tcb.find(name);
    if (have != snp.tcb.end() && have->second >= least) continue;
    good = false;
    out.fail(Area::platform, id, tee::code::tcb_floor, "component " + name + " is below the floor",
             "at least " + std::to_string(least),
             have == snp.tcb.end() ? "(not stated)" : std::to_string(have->second));
  }
  if (good) out.pass(Area::platform, id, "no component is below the floor");
}

void check_tcb(const MaaToken& t, const AppraisalOptions& options, Findings& out) {
  token::TcbWord word;
  if (t.tdx) word.status = t.tdx->tcb_status;
  token::judge_tcb(word, options, "azure.", out);
  if (t.tdx && !t.tdx->tcb_status)
    out.fail(Area::platform, "azure.tcb", code::claim_malformed,
             "attester_tcb_status is absent or malformed");
  if (t.snp) check_snp_floor(*t.snp, options, out);
}

// The token shows the runtime data as JSON, not its bytes, so the hash itself cannot be recomputed; what can
// be seen is whether there is one and nothing else.
void check_report_data(const MaaToken& t, Findings& out) {
  const std::optional<Bytes>& field = t.snp ? t.snp->report_data : t.tdx ? t.tdx->report_data : t.policy_hash;
  if (!t.hardware_runtime.present || !field || field->size() != 2 * kHashBytes) return;
  const ByteView view(*field);
  if (!all_zero(view.first(kHashBytes)) && all_zero(view.subspan(kHashBytes)))
    out.pass(Area::platform, "azure.report_data", "report data has the form of a hash of the runtime data");
  else
    out.fail(Area::platform, "azure.report_data", code::report_data,
             "report data does not bind the runtime data", "32 bytes of hash, then zeros", hex(*field));
}

void remark(const MaaToken& t, const AppraisalOptions& options, Findings& out) {
  if (t.nonce || t.guest_runtime.client_nonce)
    out.warn(code::nonce_echo, "the token's nonce shows that the token is fresh, not the hardware report");
  if (!options.expectation("policy_hash"))
    out.skip(Area::policy, "azure.policy_hash", code::policy_unpinned, "the service's policy is not pinned",
             "--expect policy_hash=HEX");
}

}  // namespace

bool shared_instance(std::string_view issuer) {
  constexpr std::string_view kBegin = "https://shared", kEnd = ".attest.azure.net";
  if (!issuer.starts_with(kBegin) || !issuer.ends_with(kEnd) || issuer.size() <= kBegin.size() + kEnd.size())
    return false;
  const std::string_view middle = issuer.substr(kBegin.size(), issuer.size() - kBegin.size() - kEnd.size());
  const std::size_t dot = middle.find('.');
  if (dot == 0 || dot == std::string_view::npos) return false;
  const std::string_view name = middle.substr(0, dot), region = middle.substr(dot + 1);
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  return plain && name == region;
}

void verify_maa_token(const VerifyInput& input, Findings& out) {
  const std::optional<token::Token> token = token::judge_token(input, token_rules(), out);
  if (!token) return;
  const MaaToken t = parse_maa_claims(token->claims);
  out.vendor = {{"header", token->header}, {"token", token->claims}};
  state_maa_claims(t, token->issuer, out);
  offer_binding(t, out);

  check_key_address(*token, out);
  check_type(t, out);
  check_complete(t, out);
  check_compliance(t, input.options, out);
  check_debug(t, input.options, out);
  check_migration(t, out);
  if (t.snp) check_vmpl(*t.snp, input.options, out);
  check_tcb(t, input.options, out);
  check_report_data(t, out);
  remark(t, input.options, out);
}

}  // namespace tee::azure
