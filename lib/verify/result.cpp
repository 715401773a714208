// tee.result/1: the outcome as JSON (design section 4). One place, so that the contract is read in one place.
#include "base/encoding.h"
#include "base/version.h"
#include "crypto/digest.h"
#include "verify/appraise.h"
#include "verify/asked.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

Json nullable(const std::optional<bool>& b) { return b ? Json(*b) : Json(nullptr); }
Json nullable(const std::optional<Time>& t) { return t ? Json(rfc3339(*t)) : Json(nullptr); }

Json check_json(const Check& c) {
  Json j{{"id", c.id}, {"status", to_string(c.status)}};
  const auto text = [&j](const char* key, const std::string& value) {
    if (!value.empty()) j[key] = value;
  };
  text("message", c.message);
  text("expected", c.expected);
  text("actual", c.actual);
  text("enable_with", c.enable_with);
  text("loosened", c.loosened);
  if (c.code) j["code"] = c.code->name;
  if (c.retryable) j["retryable"] = true;
  return j;
}

Json chain_json(const std::vector<ChainLink>& chain) {
  Json out = Json::array();
  for (const ChainLink& link : chain)
    out.push_back({{"subject", link.subject},
                   {"issuer", link.issuer},
                   {"serial", link.serial},
                   {"not_before", nullable(link.not_before)},
                   {"not_after", nullable(link.not_after)},
                   {"sha256", link.sha256 ? Json(hex(*link.sha256)) : Json(nullptr)},
                   {"role", link.role}});
  return out;
}

Json tcb_json(const TcbReport& tcb) {
  Json j{{"status", tcb.status}, {"advisories", tcb.advisories}, {"components", tcb.components}};
  if (tcb.evaluation) j["evaluation"] = *tcb.evaluation;
  if (tcb.date) j["date"] = rfc3339(*tcb.date);
  if (!tcb.detail.is_null()) j["detail"] = tcb.detail;
  return j;
}

// The appraisal hashed the input already, as its first input.
std::array<std::uint8_t, 32> input_sha256(const Subject& s, const Outcome& out) {
  const auto& inputs = out.findings.inputs;
  return !inputs.empty() && inputs.front().role == "evidence" ? inputs.front().sha256 : crypto::sha256(s.input);
}

Json subject_json(const Subject& s, const Outcome& out) {
  const Verifier* room = s.type ? verifier_for(*s.type) : nullptr;
  const auto provider = room ? provider_of(*room) : std::nullopt;
  Json j{{"name", printable(s.name)},
         {"form", s.form},
         {"provider", provider ? Json(to_string(*provider)) : Json(nullptr)},
         {"type", s.type ? Json(to_string(*s.type)) : Json(nullptr)},
         {"sha256", hex(input_sha256(s, out))},
         {"keccak256", hex(crypto::keccak256(s.input))},
         {"simulated", out.findings.trust == Trust::simulated}};
  const Bytes& identity = out.findings.signed_bytes_sha256;
  j["signed_sha256"] = identity.empty() ? Json(nullptr) : Json(hex(identity));
  if (out.findings.judged_bytes) j["judged_bytes"] = out.findings.judged_bytes;
  return j;
}

}  // namespace

Json result_json(const Subject& subject, const Outcome& out) {
  const Findings& f = out.findings;
  Json claims = to_json(f.claims);
  if (!f.vendor.empty()) claims["vendor"] = f.vendor;
  if (!out.binding_claims.empty()) claims["binding"] = out.binding_claims;

  Json checks = Json::array(), warnings = Json::array(), inputs = Json::array();
  for (const Check& c : f.checks) checks.push_back(check_json(c));
  for (const Warning& w : f.warnings) warnings.push_back({{"code", w.code->name}, {"message", w.message}});
  for (const auto& i : f.inputs) inputs.push_back({{"role", i.role}, {"source", printable(i.source)}, {"sha256", hex(i.sha256)}});

  Json result{{"schema", "tee.result/1"},
              {"verdict", to_string(out.verdict)},
              {"exit", static_cast<int>(out.exit)},
              {"reasons", out.reasons},
              {"scope", out.scope},
              {"freshness", out.freshness},
              {"peer_bound", out.peer_bound},
              {"loosened", out.loosened},
              {"time_source", out.time_from_caller ? "caller" : "clock"},
              {"trust", to_string(f.trust)},
              {"subject", subject_json(subject, out)},
              {"genuine", nullable(out.genuine)},
              {"platform_verified", nullable(out.platform_verified)},
              {"signature_verified", nullable(out.signature_verified)},
              {"chain_verified", nullable(out.chain_verified)},
              {"freshness_verified", nullable(out.freshness_verified)},
              {"checks", std::move(checks)},
              {"warnings", std::move(warnings)},
              {"claims", std::move(claims)},
              {"tcb", f.tcb ? tcb_json(*f.tcb) : Json(nullptr)},
              {"chain", chain_json(f.chain)},
              {"inputs", std::move(inputs)},
              {"verified_at", rfc3339(out.verified_at)},
              {"valid_until", nullable(f.valid_until)},
              {"tool", {{"name", "tee-verify"}, {"version", kVersion}}}};
  if (out.asked)
    result["policy"] = {{"name", "command-line"}, {"sha256", hex(out.asked->sha256)}, {"questions", out.asked->questions}};
  return result;
}

}  // namespace tee::verify
