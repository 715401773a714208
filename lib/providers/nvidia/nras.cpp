#include "providers/nvidia/nras.h"

#include <algorithm>
#include <map>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "providers/nvidia/codes.h"
#include "providers/nvidia/floor.h"
#include "providers/shared/token/engine.h"
#include "providers/shared/token/kind.h"

namespace tee::nvidia {

namespace {

constexpr std::string_view kIssuer = "https://nras.attestation.nvidia.com";
constexpr std::string_view kAlgorithms[] = {"ES384"};
constexpr std::size_t kMostDevices = 64;
constexpr Seconds kOldestToken{24 * 3600};

auto malformed(std::string what) { return fail(tee::code::input_malformed, "NRAS answer: " + std::move(what)); }

struct Bundle {
  std::string overall;
  std::map<std::string, std::string> devices;  // submodule name -> token
};

Result<Bundle> parse_bundle(ByteView bytes) {
  TEE_TRY(const Json document, json::parse(as_text(bytes)));
  if (!document.is_array() || document.size() != 2) return malformed("expected an overall token and an object of device tokens");
  const Json& head = document[0];
  if (!head.is_array() || head.size() != 2 || head[0] != "JWT" || !head[1].is_string()) return malformed("the overall token is not [\"JWT\", TOKEN]");
  const Json& devices = document[1];
  if (!devices.is_object() || devices.size() > kMostDevices) return malformed("the device tokens are no object, or more than 64");
  Bundle b;
  b.overall = head[1].get<std::string>();
  for (const auto& [name, token] : devices.items()) {
    if (!token.is_string()) return malformed("a device token is no text");
    b.devices.emplace(name, token.get<std::string>());
  }
  return b;
}

bool issuer_listed(std::string_view issuer) { return issuer == kIssuer; }

std::optional<token::Token> judge(const std::string& text, std::string prefix, const VerifyInput& input, Findings& out) {
  token::TokenRules rules;
  rules.provider = Provider::nvidia_gpu;
  rules.prefix = std::move(prefix);
  rules.algorithms = kAlgorithms;
  rules.issuer_listed = issuer_listed;
  rules.issuers_shown = kIssuer;
  return token::judge_token({as_bytes(text), input.collateral, input.options, input.room_for}, rules, out);
}

bool is_true(const Json& claims, std::string_view name) {
  const Json* v = json::find(claims, name);
  return v && v->is_boolean() && v->get<bool>();
}

// NRAS binds each device token by the SHA-256 of its compact text: {"GPU-0": ["DIGEST", ["SHA-256", HEX]]}.
void check_digests(const Json& overall, const Bundle& bundle, Findings& out) {
  const std::string id = "nras.submodules";
  const Json* listed = json::find(overall, "submods");
  if (!listed || !listed->is_object() || listed->empty()) {
    out.fail(Area::signature, id, code::nras_submodules, "the overall token lists no device");
    return;
  }
  bool all = listed->size() == bundle.devices.size();
  for (const auto& [name, entry] : listed->items()) {
    const auto token = bundle.devices.find(name);
    const bool shaped = entry.is_array() && entry.size() == 2 && entry[0] == "DIGEST" && entry[1].is_array() && entry[1].size() == 2 &&
                        (entry[1][0] == "SHA-256" || entry[1][0] == "SHA256") && entry[1][1].is_string();
    all = all && shaped && token != bundle.devices.end() &&
          entry[1][1].get<std::string>() == hex(crypto::sha256(as_bytes(token->second)));
  }
  if (all) out.pass(Area::signature, id, "the overall token's digests cover exactly the device tokens");
  else
    out.fail(Area::signature, id, code::nras_submodules, "the device tokens are not the ones that the overall token covers",
             std::to_string(listed->size()) + " devices by digest", std::to_string(bundle.devices.size()) + " device tokens");
}

// What NVIDIA's default relying-party policy asks of each device. An absent or null claim is a no.
void check_device(const Json& claims, const std::string& prefix, Findings& out) {
  const bool is_switch = claims.contains("x-nvidia-switch-attestation-report-signature-verified");
  const std::string stem = is_switch ? "x-nvidia-switch-" : "x-nvidia-gpu-";
  std::vector<std::string> wanted = {"attestation-report-parsed", "attestation-report-nonce-match", "attestation-report-signature-verified",
                                     "arch-check"};
  std::string missing;
  for (const std::string& name : wanted)
    if (!is_true(claims, stem + name)) missing += (missing.empty() ? "" : ", ") + stem + name;
  const auto measres = json::text_of(claims, "measres");
  if (measres != "success" && measres != "Success") missing += (missing.empty() ? "" : ", ") + std::string("measres");
  if (!is_true(claims, "secboot")) missing += (missing.empty() ? "" : ", ") + std::string("secboot");
  if (missing.empty()) out.pass(Area::platform, prefix + "device", "the service found the device's report and measurements good");
  else out.fail(Area::platform, prefix + "device", code::nras_device, "the service did not confirm: " + missing);
  if (json::text_of(claims, "dbgstat") != "disabled")
    out.fail(Area::platform, prefix + "debug", tee::code::debug_enabled, "the device token does not say that debugging is disabled");
  if (!claims.contains(stem + "attestation-report-cert-chain"))
    out.fail(Area::platform, prefix + "chain", code::nras_device, "the device token does not state the device's certificate chain");
  for (const auto& [name, value] : claims.items()) {
    if (!name.ends_with("-cert-chain") || !value.is_object()) continue;
    const auto status = json::text_of(value, "x-nvidia-cert-status"), ocsp = json::text_of(value, "x-nvidia-cert-ocsp-status");
    if (status != "valid" || (ocsp && *ocsp != "good"))
      out.fail(Area::platform, prefix + "chain", code::nras_device, "a certificate chain of the device is not valid and good: " + printable(name, 80));
  }
}

void check_floor(const Json& claims, const std::string& prefix, const AppraisalOptions& options, Findings& out) {
  const bool is_switch = claims.contains("x-nvidia-switch-attestation-report-signature-verified");
  const auto text = [&](const char* name) { return json::text_of(claims, name).value_or(""); };
  judge_floor({.id = prefix + (is_switch ? "switch" : "gpu") + ".firmware.floor",
               .is_switch = is_switch,
               .driver = text("x-nvidia-gpu-driver-version"),
               .vbios = text(is_switch ? "x-nvidia-switch-bios-version" : "x-nvidia-gpu-vbios-version")},
              options, out);
}

void check_same_nonce(const Json& overall, const Json& device, const std::string& prefix, Findings& out) {
  const auto a = json::text_of(overall, "eat_nonce"), b = json::text_of(device, "eat_nonce");
  if (!a || !b || !equal_constant_time(as_bytes(*a), as_bytes(*b)))
    out.fail(Area::freshness, prefix + "nonce", code::nonces_differ, "the device token answers another nonce than the overall token");
}

void check_age(const VerifyInput& input, Findings& out) {
  const auto& signed_time = out.binding.signed_time;
  if (signed_time && input.options.at - *signed_time > kOldestToken)
    out.fail(Area::freshness, "nras.age", tee::code::freshness_too_old, "the token is older than 24 hours");
}

void state_claims(const std::vector<Json>& devices, Findings& out) {
  const bool alone = devices.size() == 1;
  std::map<std::string, std::string> seen;
  const auto state = [&](const Json& d, std::string_view from, const std::string& name) {
    const auto text = json::text_of(d, from);
    if (!text) return;
    const auto [it, fresh] = seen.emplace(name, *text);
    if (fresh) out.claims["gpu." + name] = *text;
    else if (it->second != *text) out.claims.erase("gpu." + name);
    if (alone) out.claims[name] = *text;
  };
  for (const Json& d : devices) {
    state(d, "ueid", "ueid");
    state(d, "hwmodel", "hwmodel");
    state(d, "x-nvidia-gpu-driver-version", "driver_version");
    state(d, "x-nvidia-gpu-vbios-version", "vbios_version");
  }
  if (alone) {
    const auto measres = json::text_of(devices.front(), "measres");
    out.claims["measurements_match"] = measres == "success" || measres == "Success";
  }
}

}  // namespace

bool looks_like_nras(ByteView bytes) {
  const auto bundle = parse_bundle(bytes);
  return bundle && token::kind_of(as_bytes(bundle->overall)).has_value();
}

void verify_nras(const VerifyInput& input, Findings& out) {
  const auto bundle = parse_bundle(input.evidence);
  if (!bundle) return out.fail(Area::form, "nras.form", bundle.error());
  const auto overall = judge(bundle->overall, "nras.token.", input, out);
  out.judged_bytes = input.evidence.size();
  if (!overall) return;
  if (const auto nonce = json::text_of(overall->claims, "eat_nonce")) out.binding.nonce_texts = {*nonce};
  if (const auto iat = json::unsigned_of(overall->claims, "iat"); iat && *iat < (std::uint64_t{1} << 37))
    out.binding.signed_time = unix_time(static_cast<std::int64_t>(*iat));
  check_age(input, out);
  if (is_true(overall->claims, "x-nvidia-overall-att-result"))
    out.pass(Area::platform, "nras.overall", "the service's overall result is true");
  else
    out.fail(Area::platform, "nras.overall", code::nras_device, "the service's overall result is not true");
  check_digests(overall->claims, *bundle, out);

  std::vector<Json> devices;
  std::set<std::string> ueids;
  unsigned index = 0;
  for (const auto& [name, text] : bundle->devices) {
    const std::string prefix = "nras.device[" + std::to_string(index++) + "].";
    Findings found;
    const auto token = judge(text, prefix, input, found);
    for (Check& c : found.checks) out.checks.push_back(std::move(c));
    if (!token) continue;
    check_device(token->claims, prefix, out);
    check_floor(token->claims, prefix, input.options, out);
    check_same_nonce(overall->claims, token->claims, prefix, out);
    const auto ueid = json::text_of(token->claims, "ueid");
    if (!ueid || !ueids.insert(*ueid).second)
      out.fail(Area::policy, prefix + "distinct", code::duplicate_device, "a device has no identity, or the same as another one");
    devices.push_back(token->claims);
  }
  state_claims(devices, out);
  out.vendor["overall"] = overall->claims;
  out.vendor["devices"] = devices;
}

Result<Json> inspect_nras(ByteView evidence) {
  TEE_TRY(const Bundle bundle, parse_bundle(evidence));
  TEE_TRY(Json overall, token::inspect_token(as_bytes(bundle.overall)));
  Json devices = Json::object();
  for (const auto& [name, text] : bundle.devices) {
    TEE_TRY(Json one, token::inspect_token(as_bytes(text)));
    devices[printable(name, 64)] = std::move(one);
  }
  return Json{{"overall", std::move(overall)}, {"devices", std::move(devices)}};
}

}  // namespace tee::nvidia
