// Answers of the attestation service, whole and broken: NVIDIA, "Attestation Suite", claims of version 3.
#include "mint/nvidia/nras.h"

#include <algorithm>
#include <functional>
#include <map>

#include "base/encoding.h"
#include "codec/pem.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "mint/token/plan.h"

namespace tee::mint {

namespace {

using token::Plan;

constexpr std::string_view kIssuer = "https://nras.attestation.nvidia.com", kKid = "nv-eat-kid-made-up";
const std::string kNonce(64, '5');
constexpr int kPass = 0, kFail = 1, kOpen = 4;

crypto::PrivateKey make_key(crypto::Curve curve) { return crypto::PrivateKey::generate_ec(curve).value(); }
const crypto::PrivateKey& service_key() {
  static const crypto::PrivateKey key = make_key(crypto::Curve::p384);
  return key;
}
const crypto::PrivateKey& strangers_key() {
  static const crypto::PrivateKey key = make_key(crypto::Curve::p384);
  return key;
}

Plan plan_of(Json claims) {
  Plan p;
  p.header = {{"alg", "ES384"}, {"kid", kKid}};
  p.claims = std::move(claims);
  p.signer = &service_key();
  p.scheme = crypto::Scheme::ecdsa_sha384;
  return p;
}

Json common_claims() {
  return {{"iss", kIssuer}, {"iat", token::kIssued}, {"nbf", token::kIssued}, {"exp", token::kIssued + 3600}, {"eat_nonce", kNonce}};
}

Json good_chain() {
  return {{"x-nvidia-cert-status", "valid"},
          {"x-nvidia-cert-ocsp-status", "good"},
          {"x-nvidia-cert-expiration-date", "9999-12-31T23:59:59Z"},
          {"x-nvidia-cert-revocation-reason", nullptr}};
}

Json device_claims(const std::string& ueid, bool is_switch) {
  const std::string stem = is_switch ? "x-nvidia-switch-" : "x-nvidia-gpu-";
  Json c = common_claims();
  c["ueid"] = ueid;
  c["hwmodel"] = is_switch ? "LS_10 A01 FSP BROM" : "GH100 A01 GSP BROM";
  c["measres"] = "success";
  c["secboot"] = true;
  c["dbgstat"] = "disabled";
  for (const char* name : {"attestation-report-parsed", "attestation-report-nonce-match", "attestation-report-signature-verified", "arch-check"})
    c[stem + name] = true;
  c[stem + "attestation-report-cert-chain"] = good_chain();
  c[stem + (is_switch ? "bios-rim-cert-chain" : "vbios-rim-cert-chain")] = good_chain();
  c[stem + (is_switch ? "bios-version" : "vbios-version")] = is_switch ? "96.10.55.00.01" : "96.00.A5.00.01";
  if (!is_switch) c["x-nvidia-gpu-driver-version"] = "570.86.15";
  return c;
}

// Everything of which one answer is made. Digests are taken over the tokens as signed; `listed` and `answer` change what
// then stands in the overall token and in the answer.
struct Answer {
  Plan overall;
  std::map<std::string, Plan> devices;
  std::string label = "SHA-256";
  std::function<void(Json& submods)> listed = {};
  std::function<void(std::map<std::string, std::string>& tokens)> answer = {};
  std::string last_member = {};  // written once more at the end of the overall claims
  Json keys = Json::array();
  bool with_keys = true, embed_keys = false;
  Time at = token::kNow;
  std::vector<std::string> flags = {"--genuine-only", "--nonce", "text:" + kNonce};

  Plan& device() { return devices.begin()->second; }
  void each(const std::function<void(Plan&)>& change) {
    change(overall);
    for (auto& [name, plan] : devices) change(plan);
  }
};

Answer good_answer() {
  Answer a;
  a.overall = plan_of(common_claims());
  a.overall.claims["sub"] = "NVIDIA-PLATFORM-ATTESTATION";
  a.overall.claims["x-nvidia-ver"] = "3.0";
  a.overall.claims["x-nvidia-overall-att-result"] = true;
  a.devices.emplace("GPU-0", plan_of(device_claims("478176379286082186618948445787393647364802107249", false)));
  a.keys.push_back(token::jwk(service_key().public_key(), kKid));
  return a;
}

void make_switch(Answer& a) {
  a.devices.clear();
  a.devices.emplace("SWITCH-0", plan_of(device_claims("694931143880983876767046803400974855445978836716", true)));
}
void add_second(Answer& a) { a.devices.emplace("GPU-1", plan_of(device_claims("478176379286082186618948445787393647364802107250", false))); }

struct Row {
  std::string_view name, what;
  int exit;
  std::string_view code;
  void (*change)(Answer&);
};

const Row kRows[] = {
    {"good", "one GPU", kPass, "", [](Answer&) {}},
    {"good-switch", "one switch", kPass, "", make_switch},
    {"good-two-devices", "two GPUs", kPass, "", add_second},
    {"good-other-label", "the digest's name as local tools write it", kPass, "", [](Answer& a) { a.label = "SHA256"; }},
    {"good-floors_S15", "driver and VBIOS are just what is demanded at least", kPass, "",
     [](Answer& a) { a.flags.insert(a.flags.end(), {"--min-gpu-driver", "570.86.15", "--min-gpu-vbios", "96.00.A5.00.01"}); }},
    // Signature and key
    {"bad-alg-none", "alg is none", kFail, "token.algorithm", [](Answer& a) { a.each([](Plan& p) { p.header["alg"] = "none"; }); }},
    {"bad-alg-hs384", "an HMAC with the public key as its secret", kFail, "token.algorithm",
     [](Answer& a) {
       a.overall.header["alg"] = "HS384";
       a.overall.spoil = [](std::string& t) {
         t.resize(t.rfind('.'));
         const std::string secret = pem::encode("PUBLIC KEY", crypto::encode_spki(service_key().public_key()));
         t += "." + base64(crypto::hmac(crypto::Hash::sha384, as_bytes(secret), as_bytes(t)), Base64::url);
       };
     }},
    {"bad-alg-es256", "well signed with ES256 by a key of the set", kFail, "token.algorithm",
     [](Answer& a) {
       a.each([](Plan& p) {
         p.header["alg"] = "ES256";
         p.scheme = crypto::Scheme::ecdsa_sha256;
         p.signer = &token::p256_key();
       });
       a.keys = Json::array({token::jwk(token::p256_key().public_key(), kKid)});
     }},
    {"bad-kid-unknown", "no key has the token's key id", kOpen, "token.key_missing",
     [](Answer& a) { a.each([](Plan& p) { p.header["kid"] = "nv-eat-kid-other"; }); }},
    {"bad-signer-unknown", "signed by a stranger under the service's key id", kFail, "signature.invalid",
     [](Answer& a) { a.each([](Plan& p) { p.signer = &strangers_key(); }); }},
    {"bad-device-signer-unknown", "only a device token is signed by a stranger", kFail, "signature.invalid",
     [](Answer& a) { a.device().signer = &strangers_key(); }},
    {"bad-key-set-absent", "no key set is supplied", kOpen, "token.key_missing", [](Answer& a) { a.with_keys = false; }},
    {"bad-key-set-embedded_S8", "the attester brings the key set along", kOpen, "token.key_missing", [](Answer& a) { a.embed_keys = true; }},
    {"bad-issuer-staging", "the service's staging instance", kFail, "token.issuer",
     [](Answer& a) { a.each([](Plan& p) { p.claims["iss"] = "https://nras.attestation-stg.nvidia.com"; }); }},
    {"bad-device-issuer-staging", "a device token of the staging instance", kFail, "token.issuer",
     [](Answer& a) { a.device().claims["iss"] = "https://nras.attestation-stg.nvidia.com"; }},
    // Times
    {"bad-expired", "judged 60 seconds after exp", kFail, "token.expired", [](Answer& a) { a.at = unix_time(token::kIssued + 3660); }},
    {"bad-device-expired", "only a device token has expired", kFail, "token.expired",
     [](Answer& a) { a.device().claims["exp"] = token::kIssued - 1; }},
    {"bad-not-yet-valid", "nbf lies two minutes ahead", kFail, "token.not_yet_valid",
     [](Answer& a) { a.each([](Plan& p) { p.claims["nbf"] = token::kIssued + 180; }); }},
    {"bad-older-than-a-day", "a token that lives for two days, 25 hours after it was made", kFail, "freshness.too_old",
     [](Answer& a) {
       a.each([](Plan& p) { p.claims["exp"] = token::kIssued + 48 * 3600; });
       a.at = unix_time(token::kIssued + 25 * 3600);
     }},
    // Nonce
    {"bad-nonce", "another nonce than the verifier's", kFail, "freshness.nonce_mismatch",
     [](Answer& a) { a.each([](Plan& p) { p.claims["eat_nonce"] = std::string(64, '6'); }); }},
    {"bad-device-nonce", "a device token with another nonce", kFail, "nvidia.nonces_differ",
     [](Answer& a) { a.device().claims["eat_nonce"] = std::string(64, '6'); }},
    {"bad-device-nonce-absent", "a device token without a nonce", kFail, "nvidia.nonces_differ",
     [](Answer& a) { a.device().claims.erase("eat_nonce"); }},
    // Submodules
    {"bad-submodule-removed", "a device token is missing from the answer", kFail, "nvidia.nras_submodules",
     [](Answer& a) {
       add_second(a);
       a.answer = [](auto& tokens) { tokens.erase("GPU-1"); };
     }},
    {"bad-submodule-added", "a device token that the overall token does not list", kFail, "nvidia.nras_submodules",
     [](Answer& a) {
       add_second(a);
       a.listed = [](Json& submods) { submods.erase("GPU-1"); };
     }},
    {"bad-submodule-replaced", "a device token of another answer in the place of one", kFail, "nvidia.nras_submodules",
     [](Answer& a) {
       a.answer = [](auto& tokens) {
         const auto other = token::sign(plan_of(device_claims("1", false)));
         tokens["GPU-0"] = other.value();
       };
     }},
    {"bad-submodule-renamed", "a device token under another name", kFail, "nvidia.nras_submodules",
     [](Answer& a) {
       a.answer = [](auto& tokens) {
         tokens["GPU-7"] = tokens["GPU-0"];
         tokens.erase("GPU-0");
       };
     }},
    {"bad-submodules-swapped", "two device tokens in each other's place", kFail, "nvidia.nras_submodules",
     [](Answer& a) {
       add_second(a);
       a.answer = [](auto& tokens) { std::swap(tokens["GPU-0"], tokens["GPU-1"]); };
     }},
    {"bad-no-submodules", "an answer about no device", kFail, "nvidia.nras_submodules", [](Answer& a) { a.devices.clear(); }},
    {"bad-digest-label", "the digest is said to be of another algorithm", kFail, "nvidia.nras_submodules", [](Answer& a) { a.label = "SHA-384"; }},
    {"bad-digest-upper-case", "the digest in upper case", kFail, "nvidia.nras_submodules",
     [](Answer& a) {
       a.listed = [](Json& submods) {
         for (Json& entry : submods) {
           std::string text = entry[1][1];
           for (char& c : text)
             if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
           entry[1][1] = text;
         }
       };
     }},
    {"bad-same-device-twice_S16", "two tokens about one device", kFail, "nvidia.duplicate_device",
     [](Answer& a) {
       add_second(a);
       a.devices["GPU-1"].claims["ueid"] = a.device().claims["ueid"];
     }},
    // Findings of the service
    {"bad-measres-fail", "a device fails although the overall result is true", kFail, "nvidia.nras_device",
     [](Answer& a) { a.device().claims["measres"] = "fail"; }},
    {"bad-measres-null", "a device's result is null", kFail, "nvidia.nras_device", [](Answer& a) { a.device().claims["measres"] = nullptr; }},
    {"bad-overall-false", "the overall result is false", kFail, "nvidia.nras_device",
     [](Answer& a) { a.overall.claims["x-nvidia-overall-att-result"] = false; }},
    {"bad-overall-text", "the overall result is the text true", kFail, "nvidia.nras_device",
     [](Answer& a) { a.overall.claims["x-nvidia-overall-att-result"] = "true"; }},
    {"bad-overall-absent", "there is no overall result", kFail, "nvidia.nras_device",
     [](Answer& a) { a.overall.claims.erase("x-nvidia-overall-att-result"); }},
    {"bad-signature-unverified", "the service did not verify the report's signature", kFail, "nvidia.nras_device",
     [](Answer& a) { a.device().claims["x-nvidia-gpu-attestation-report-signature-verified"] = "true"; }},
    {"bad-secboot-null", "secboot is null, as after a mismatch", kFail, "nvidia.nras_device", [](Answer& a) { a.device().claims["secboot"] = nullptr; }},
    {"bad-debug_S13", "the device does not say that debugging is disabled", kFail, "debug.enabled",
     [](Answer& a) { a.device().claims["dbgstat"] = "enabled"; }},
    {"bad-chain-expired", "a manifest's chain has expired", kFail, "nvidia.nras_device",
     [](Answer& a) { a.device().claims["x-nvidia-gpu-vbios-rim-cert-chain"]["x-nvidia-cert-status"] = "expired"; }},
    {"bad-chain-revoked", "the device's chain is revoked", kFail, "nvidia.nras_device",
     [](Answer& a) { a.device().claims["x-nvidia-gpu-attestation-report-cert-chain"]["x-nvidia-cert-ocsp-status"] = "revoked"; }},
    {"bad-driver-below-floor_S15", "the driver is older than demanded", kFail, "nvidia.firmware_floor",
     [](Answer& a) { a.flags.insert(a.flags.end(), {"--min-gpu-driver", "580.0"}); }},
    // Form
    {"bad-duplicate-claim", "a claim of the overall token stands twice", kFail, "input.malformed",
     [](Answer& a) { a.last_member = "x-nvidia-overall-att-result"; }},
};

Artifact answer_file(const std::string& overall, const std::map<std::string, std::string>& tokens) {
  const Json document = Json::array({Json::array({"JWT", overall}), Json(tokens)});
  return {"nras.json", to_bytes(as_bytes(json::dump(document)))};
}

void embed_keys(const std::string& keys, Case& c) {
  const Json item{{"kind", "jwks"}, {"json", keys}, {"sha256", hex(crypto::sha256(as_bytes(keys)))}};
  const Json envelope{{"schema", "tee.evidence/1"},
                      {"provider", "nvidia_gpu"},
                      {"type", "nvidia_nras_token"},
                      {"evidence_b64", base64(c.evidence.bytes)},
                      {"collateral", {{"schema", "tee.collateral/1"}, {"items", Json::array({item})}}}};
  c.evidence = {"envelope.json", to_bytes(as_bytes(json::dump(envelope)))};
}

Result<std::string> signed_token(const Plan& plan) {
  TEE_TRY(std::string token, token::sign(plan));
  if (plan.spoil) plan.spoil(token);
  return token;
}

Result<Case> make_case(const Row& row) {
  Answer a = good_answer();
  row.change(a);
  std::map<std::string, std::string> tokens;
  Json submods = Json::object();
  for (const auto& [name, plan] : a.devices) {
    TEE_TRY(tokens[name], signed_token(plan));
    submods[name] = Json::array({"DIGEST", Json::array({a.label, hex(crypto::sha256(as_bytes(tokens[name])))})});
  }
  if (a.listed) a.listed(submods);
  a.overall.claims["submods"] = std::move(submods);
  if (!a.last_member.empty()) a.overall.claims_text = token::with_second_member(a.overall.claims, a.last_member, a.overall.claims[a.last_member]);
  TEE_TRY(const std::string overall, signed_token(a.overall));
  if (a.answer) a.answer(tokens);

  Case c;
  c.name = row.name;
  c.evidence = answer_file(overall, tokens);
  const std::string keys = json::dump(token::key_set(a.keys));
  if (a.embed_keys) embed_keys(keys, c);
  else if (a.with_keys) c.collateral.push_back({"keys.json", to_bytes(as_bytes(keys))});
  c.at = a.at;
  c.flags = a.flags;
  c.exit = row.exit;
  c.code = row.code;
  return c;
}

std::span<const Variant> variants() {
  static const std::vector<Variant> list = [] {
    std::vector<Variant> out;
    for (const Row& row : kRows) out.push_back({row.name, row.what});
    return out;
  }();
  return list;
}

Result<Case> make(std::string_view name) {
  for (const Row& row : kRows)
    if (row.name == name) return make_case(row);
  return fail(code::internal_bug, "the mint has no nvidia-nras variant " + std::string(name));
}

}  // namespace

const Vendor& nvidia_nras_vendor() {
  static const Vendor vendor{"nvidia-nras", variants, make};
  return vendor;
}

}  // namespace tee::mint
