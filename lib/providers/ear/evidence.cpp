#include "providers/ear/evidence.h"

#include <algorithm>
#include <tuple>

#include "base/encoding.h"

namespace tee::ear {

namespace {

using token::Members;

constexpr std::size_t kShortestNonce = 8, kLongestNonce = 88;  // characters (RFC 9711 section 4.1)
constexpr std::size_t kMostSubmodules = 64;

// By name or by number (draft-ietf-rats-ar4si section 3.2).
std::optional<Tier> status_from(const Json& value) {
  for (const auto& [name, number, tier] : {std::tuple{"none", 0, Tier::none}, std::tuple{"affirming", 2, Tier::affirming},
                                           std::tuple{"warning", 32, Tier::warning}, std::tuple{"contraindicated", 96, Tier::contraindicated}})
    if (value == name || (value.is_number_integer() && value == number)) return tier;
  return std::nullopt;
}

Tier worst_of(const Json& vector, const Members& in) {
  Tier worst = Tier::none;
  for (const auto& [name, value] : vector.items()) {
    const bool beyond = value.is_number_unsigned() && value.get<std::uint64_t>() > 127;  // a comparison with int would wrap
    if (!value.is_number_integer() || beyond || value.get<std::int64_t>() < -128 || value.get<std::int64_t>() > 127) {
      in.problem("ear.trustworthiness-vector", "no object of numbers from -128 to 127");
      return Tier::contraindicated;
    }
    worst = std::max(worst, tier_of(value.get<int>()));
  }
  return worst;
}

std::optional<Bytes> hash_of(const Json& object, const char* name, const Members& in) {
  const Json* value = json::find(object, name);
  if (!value || value->is_null()) return std::nullopt;
  return in.hex_bytes(name, 32);
}

OurVerdict parse_ours(const Json& object, const std::string& path, Texts& problems) {
  const Members in(object, path + "ear.tee-tools.", problems);
  OurVerdict out;
  out.verdict = in.text("verdict").value_or("");
  out.scope = in.text("scope").value_or("");
  out.freshness = in.text("freshness").value_or("");
  out.time_source = in.text("time_source").value_or("");
  out.trust = in.text("trust").value_or("");
  out.evidence_type = in.text("evidence_type").value_or("");
  if (const auto list = in.texts("loosened")) out.loosened = !list->empty();
  out.policy_sha256 = hash_of(object, "policy_sha256", in);
  out.evidence_sha256 = hash_of(object, "evidence_sha256", in);
  return out;
}

Submodule parse_submodule(const std::string& name, const Json& appraisal, Texts& problems) {
  const std::string path = "submods." + printable(name, 64) + ".";
  Submodule out;
  out.name = printable(name, 64);
  if (!appraisal.is_object()) {
    problems.push_back("submods." + out.name + " is no object");
    return out;
  }
  const Members in(appraisal, path, problems);
  const Json* status = json::find(appraisal, "ear.status");
  if (status) out.status = status_from(*status);
  if (!out.status) in.problem("ear.status", status ? "no status that is known" : "absent");
  if (const Json* vector = in.object("ear.trustworthiness-vector")) out.worst = worst_of(*vector, in);
  if (const Json* ours = in.object("ear.tee-tools")) out.ours = parse_ours(*ours, path, problems);
  return out;
}

}  // namespace

std::string_view to_string(Tier t) {
  switch (t) {
    case Tier::none: return "none";
    case Tier::affirming: return "affirming";
    case Tier::warning: return "warning";
    case Tier::contraindicated: return "contraindicated";
  }
  return "?";
}

Tier tier_of(int value) {
  if (value >= -1 && value <= 1) return Tier::none;
  if (value >= -32 && value <= 31) return Tier::affirming;
  if (value >= -96 && value <= 95) return Tier::warning;
  return Tier::contraindicated;
}

Ear parse_ear(const Json& claims) {
  Ear out;
  const Members in(claims, "", out.problems);
  out.profile = in.text("eat_profile").value_or("");
  out.issuer = in.text("iss").value_or("");
  out.audiences = in.one_or_more("aud");
  out.nonces = in.one_or_more("eat_nonce");
  for (const std::string& nonce : out.nonces)
    if (nonce.size() < kShortestNonce || nonce.size() > kLongestNonce) in.problem("eat_nonce", "not 8 to 88 characters long");
  if (const Json* iat = json::find(claims, "iat"); !iat || !iat->is_number_integer()) in.problem("iat", "absent, or no whole number");
  if (const Json* verifier = in.object("ear.verifier-id")) {
    const Members id(*verifier, "ear.verifier-id.", out.problems);
    const auto developer = id.text("developer"), build = id.text("build");
    if (!developer) id.problem("developer", "absent");
    if (!build) id.problem("build", "absent");
    out.developer = developer.value_or("");
    out.build = build.value_or("");
  } else {
    in.problem("ear.verifier-id", "absent");
  }
  const Json* submods = in.object("submods");
  if (!submods || submods->empty() || submods->size() > kMostSubmodules) {
    in.problem("submods", "no object of 1 to 64 appraisals");
    return out;
  }
  for (const auto& [name, appraisal] : submods->items()) out.submodules.push_back(parse_submodule(name, appraisal, out.problems));
  return out;
}

}  // namespace tee::ear
