#include "verify/ear.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/version.h"
#include "crypto/digest.h"
#include "verify/asked.h"
#include "verify/codes.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

constexpr std::string_view kProfile = "tag:github.com,2023:veraison/ear";
constexpr Seconds kLongestLife{300};

// AR4SI values (draft-ietf-rats-ar4si, section 2.3). Tiers: 2..31 affirming, 32..95 warning, 96..127 contraindicated.
namespace ar4si {
constexpr int kNone = 0, kFine = 2, kApprovedBoot = 3, kNoKnownProblem = 3, kKnownProblem = 32, kUnrecognised = 33, kBad = 96,
              kUnknown = 97, kCryptoFailed = 99;
}

bool has_reason(const Outcome& o, std::string_view prefix) {
  return std::any_of(o.reasons.begin(), o.reasons.end(), [&](const std::string& r) { return r.starts_with(prefix); });
}
bool failed_with(const Outcome& o, std::string_view prefix) {
  return std::any_of(o.findings.checks.begin(), o.findings.checks.end(), [&](const Check& c) {
    return c.status == CheckStatus::fail && c.code && c.code->name.starts_with(prefix);
  });
}

bool debug_claimed(const Outcome& o) {
  const auto it = o.findings.claims.find("debug");
  const bool* debug = it == o.findings.claims.end() ? nullptr : std::get_if<bool>(&it->second);
  return debug && *debug;
}

int hardware(const Outcome& o) {
  if (o.signature_verified == false) return ar4si::kCryptoFailed;
  if (failed_with(o, "chain.untrusted") || failed_with(o, "evidence.")) return ar4si::kUnknown;
  if (o.chain_verified == false || failed_with(o, "tcb.") || failed_with(o, "chain.")) return ar4si::kBad;
  if (!o.genuine.value_or(false)) return ar4si::kNone;
  const bool current = !o.findings.tcb || o.findings.tcb->status == "UpToDate" || o.findings.tcb->status == "NotStated";
  return current && !has_reason(o, "tcb.") ? ar4si::kFine : ar4si::kKnownProblem;
}

int configuration(const Outcome& o) {
  if (failed_with(o, "debug.")) return ar4si::kBad;
  if (debug_claimed(o)) return ar4si::kKnownProblem;
  if (!o.genuine.value_or(false)) return ar4si::kNone;
  return o.scope == "workload" ? ar4si::kFine : ar4si::kNoKnownProblem;
}

int executables(const Outcome& o) {
  if (failed_with(o, "workload.") || failed_with(o, "claim.")) return ar4si::kUnrecognised;
  return o.scope == "workload" && o.genuine.value_or(false) ? ar4si::kApprovedBoot : ar4si::kNone;
}

int runtime_opaque(const Outcome& o) {
  if (debug_claimed(o)) return ar4si::kBad;
  return o.genuine.value_or(false) ? ar4si::kFine : ar4si::kNone;
}

int instance_identity(const Outcome& o) {
  // A pinned chip or instance that held; other checks of the same kind would have failed the verdict.
  for (const char* id : {"expect.chip_id", "expect.platform_instance_id", "expect.instance_id", "expect.module_id", "expect.ueid"})
    if (const Check* c = o.findings.find(id)) return c->status == CheckStatus::pass ? ar4si::kFine : ar4si::kBad;
  return ar4si::kNone;
}

enum class Tier { none, affirming, warning, contraindicated };
Tier tier_of(int value) {
  if (value >= 96) return Tier::contraindicated;
  if (value >= 32) return Tier::warning;
  return value >= 2 ? Tier::affirming : Tier::none;
}
std::string_view to_string(Tier t) {
  switch (t) {
    case Tier::none: return "none";
    case Tier::affirming: return "affirming";
    case Tier::warning: return "warning";
    case Tier::contraindicated: return "contraindicated";
  }
  return "?";
}

// Never better than the worst member of the vector, and never affirming on less than a full, unloosened answer.
Tier status_of(const Outcome& o, const Json& vector) {
  if (o.verdict == Verdict::fail) return Tier::contraindicated;
  Tier worst = Tier::affirming;
  for (const auto& [name, value] : vector.items()) {
    const Tier t = tier_of(value.get<int>());
    if (t != Tier::none && t > worst) worst = t;
  }
  // Nor on roots that the operator supplied, nor as of another time than now.
  const bool own_roots = o.findings.trust == Trust::custom || o.findings.trust == Trust::simulated;
  // Another verifier's word does not become ours by being repeated.
  const bool full = !o.findings.second_hand && o.verdict == Verdict::pass && o.scope == "workload" && o.freshness != "none" && o.loosened.empty() && !own_roots &&
                    !o.time_from_caller;
  if (!full && worst == Tier::affirming) return o.genuine.value_or(false) ? Tier::warning : Tier::none;
  return worst;
}

std::string submodule_name(const Subject& s) {
  const Verifier* room = s.type ? verifier_for(*s.type) : nullptr;
  return room && room->provider == Provider::nvidia_gpu ? "gpu0" : "cpu0";
}

// 8 to 88 characters (RFC 9711 section 4.1): base64url of up to 64 bytes fits; a shorter nonce is not echoed.
std::optional<std::string> nonce_text(const std::optional<Bytes>& nonce) {
  if (!nonce) return std::nullopt;
  std::string text = base64(*nonce, Base64::url);
  if (text.size() < 8 || text.size() > 88) return std::nullopt;
  return text;
}

}  // namespace

Json ear_json(const Subject& subject, const Outcome& o, const EarContext& context) {
  const Json vector{{"hardware", hardware(o)},
                    {"configuration", configuration(o)},
                    {"executables", executables(o)},
                    {"runtime-opaque", runtime_opaque(o)},
                    {"instance-identity", instance_identity(o)},
                    {"file-system", ar4si::kNone},
                    {"storage-opaque", ar4si::kNone},
                    {"sourced-data", ar4si::kNone}};
  Json ours{{"verdict", to_string(o.verdict)}, {"scope", o.scope},       {"freshness", o.freshness},
            {"peer_bound", o.peer_bound},      {"loosened", o.loosened}, {"reasons", o.reasons}, {"trust", to_string(o.findings.trust)},
            {"verified_at", rfc3339(o.verified_at)}, {"time_source", o.time_from_caller ? "caller" : "clock"},
            {"evidence_sha256", hex(crypto::sha256(subject.input))},
            {"evidence_type", subject.type ? Json(tee::to_string(*subject.type)) : Json(nullptr)},
            {"policy_sha256", o.asked ? Json(hex(o.asked->sha256)) : Json(nullptr)}};
  Json appraisal{{"ear.status", to_string(status_of(o, vector))},
                 {"ear.trustworthiness-vector", vector},
                 {"ear.tee-tools", std::move(ours)}};
  if (!o.findings.claims.empty()) appraisal["ear.veraison.annotated-evidence"] = to_json(o.findings.claims);

  Time expires = context.issued_at + kLongestLife;
  if (o.findings.valid_until && *o.findings.valid_until < expires) expires = *o.findings.valid_until;
  Json ear{{"eat_profile", kProfile},
           {"iat", to_unix(context.issued_at)},
           {"exp", to_unix(expires)},
           {"ear.verifier-id", {{"developer", "tee-tools"}, {"build", "tee-verify " + std::string(kVersion)}}},
           {"submods", {{submodule_name(subject), std::move(appraisal)}}}};
  if (o.freshness == "nonce")
    if (const auto text = nonce_text(context.nonce)) ear["eat_nonce"] = *text;
  if (context.audience) ear["aud"] = *context.audience;
  return ear;
}

Result<std::string> sign_ear(const Json& claims, const crypto::PrivateKey& key) {
  const crypto::PublicKey& pub = key.public_key();
  const crypto::EcKey* ec = pub.ec();
  crypto::Scheme scheme = crypto::Scheme::ed25519;
  std::string_view name = "EdDSA";
  if (ec && ec->curve == crypto::Curve::p256) {
    scheme = crypto::Scheme::ecdsa_sha256;
    name = "ES256";
  } else if (ec && ec->curve == crypto::Curve::p384) {
    scheme = crypto::Scheme::ecdsa_sha384;
    name = "ES384";
  } else if (ec || pub.rsa()) {
    return fail(code::ear_key, "the signing key is neither P-256, P-384 nor Ed25519", "make one with: openssl genpkey -algorithm ed25519");
  }
  // The key id is the RFC 7638 idea with our own form of the key: the hash of its SubjectPublicKeyInfo.
  const Json header{{"alg", name}, {"typ", "JWT"}, {"kid", base64(crypto::sha256(crypto::encode_spki(pub)), Base64::url)}};
  const std::string input = base64(as_bytes(json::dump(header)), Base64::url) + "." + base64(as_bytes(json::dump(claims)), Base64::url);
  TEE_TRY(const Bytes signature, key.sign(scheme, as_bytes(input), crypto::EcForm::raw));
  return input + "." + base64(signature, Base64::url);
}

Json intoto_json(const Subject& subject, const Outcome& o) {
  const std::string_view type = subject.type ? tee::to_string(*subject.type) : "unknown";
  Json predicate{{"verifier", {{"id", "urn:tee-tools:tee-verify"}, {"version", {{"tee-verify", kVersion}}}}},
                 {"timeVerified", rfc3339(o.verified_at)},
                 {"resourceUri", "urn:tee-evidence:" + std::string(type)},
                 {"policy", {{"uri", "urn:tee-verify:command-line"}}},
                 {"verificationResult", o.verdict == Verdict::pass ? "PASSED" : "FAILED"},
                 {"verifiedLevels", Json::array()}};
  if (o.verdict == Verdict::pass && !o.findings.second_hand)
    predicate["verifiedLevels"].push_back(o.scope == "workload" ? "TEE_WORKLOAD" : "TEE_AUTHENTICITY");
  if (o.asked) predicate["policy"]["digest"] = {{"sha256", hex(o.asked->sha256)}};
  predicate["teeTools"] = {{"verdict", to_string(o.verdict)}, {"scope", o.scope}, {"freshness", o.freshness},
                           {"loosened", o.loosened}, {"reasons", o.reasons}, {"trust", to_string(o.findings.trust)},
                           {"time_source", o.time_from_caller ? "caller" : "clock"}, {"peer_bound", o.peer_bound}};
  return Json{{"_type", "https://in-toto.io/Statement/v1"},
              {"subject", Json::array({{{"name", printable(subject.name)}, {"digest", {{"sha256", hex(crypto::sha256(subject.input))}}}}})},
              {"predicateType", "https://slsa.dev/verification_summary/v1"},
              {"predicate", std::move(predicate)}};
}

}  // namespace tee::verify
