// The rules of S18 for a result that comes back: by whom, for whom, about which questions, and that it is good throughout.
#include "providers/ear/verify.h"

#include <algorithm>

#include "base/encoding.h"
#include "evidence/codes.h"
#include "providers/ear/codes.h"
#include "providers/ear/evidence.h"
#include "providers/shared/token/engine.h"

namespace tee::ear {

namespace {

constexpr std::string_view kAlgorithms[] = {"ES256", "ES384", "EdDSA"};
constexpr std::string_view kProfiles[] = {"tag:github.com,2023:veraison/ear", "tag:github.com,2024:confidential-containers/Trustee"};

token::TokenRules token_rules(const EarOptions& options) {
  token::TokenRules rules;
  rules.prefix = "ear.token.";
  rules.algorithms = kAlgorithms;
  rules.operators_key = true;
  rules.key = options.key ? &*options.key : nullptr;
  rules.key_option = "--ear-key";
  rules.key_source = options.key_source;
  rules.expiry_optional = true;  // the draft does not demand it
  return rules;
}

void check_form(const Ear& ear, Findings& out) {
  if (ear.problems.empty()) out.pass(Area::form, "ear.claims", "every claim is there and has its type");
  for (const std::string& problem : ear.problems) out.fail(Area::form, "ear.claims", code::claim_malformed, problem);
}

void check_profile(const Ear& ear, const AppraisalOptions& options, Findings& out) {
  const bool known = std::find(std::begin(kProfiles), std::end(kProfiles), ear.profile) != std::end(kProfiles);
  if (known || options.expectation("eat_profile"))  // one that is expected by name is judged there
    out.pass(Area::form, "ear.profile", "the profile is known, or expected by name");
  else
    out.fail(Area::form, "ear.profile", code::profile, "the profile is not known", std::string(kProfiles[0]),
             ear.profile.empty() ? "(absent)" : printable(ear.profile, 200));
}

void check_audience(const Ear& ear, const AppraisalOptions& options, Findings& out) {
  const std::string id = "ear.audience";
  const auto& wanted = options.ear.audience;
  if (!wanted) {
    const char* message = "nobody said for whom the result must have been made";
    if (options.genuine_only) out.skip(Area::policy, id, code::audience_unasked, message, "--audience");
    else out.undecided(Area::policy, id, code::audience_unasked, message, "--audience");
  } else if (ear.audiences == Texts{*wanted}) {
    out.pass(Area::policy, id, "the result was made for this audience");
  } else {
    std::string found;
    for (const std::string& a : ear.audiences) found += (found.empty() ? "" : ", ") + printable(a, 100);
    out.fail(Area::policy, id, code::audience, "the result was made for another audience", printable(*wanted, 100),
             found.empty() ? "(absent)" : found);
  }
}

bool accepted(const Submodule& m, const EarOptions& options) {
  return m.ours && m.ours->policy_sha256 &&
         std::any_of(options.policies.begin(), options.policies.end(),
                     [&](const auto& hash) { return equal_constant_time(hash, *m.ours->policy_sha256); });
}

// True when each submodule answers accepted questions.
bool check_policy(const Ear& ear, const AppraisalOptions& options, Findings& out) {
  const std::string id = "ear.policy";
  if (options.ear.policies.empty()) {
    const char* message = "nobody said which questions the verifier must have been asked";
    if (options.genuine_only) out.skip(Area::policy, id, code::policy_unpinned, message, "--ear-policy");
    else out.undecided(Area::policy, id, code::policy_unpinned, message, "--ear-policy");
    return false;
  }
  bool all = !ear.submodules.empty();
  for (const Submodule& m : ear.submodules) {
    if (accepted(m, options.ear)) continue;
    all = false;
    const bool stated = m.ours && m.ours->policy_sha256;
    out.fail(Area::policy, id, code::policy, m.name + " answers other questions, or does not say which", hex(options.ear.policies.front()),
             stated ? hex(*m.ours->policy_sha256) : "(absent)");
  }
  if (all) out.pass(Area::policy, id, "every submodule answers accepted questions");
  return all;
}

// Our own verdicts say how they came about; affirming must then be the whole answer.
std::string less_than_whole(const OurVerdict& v) {
  if (v.verdict != "pass") return "its verdict is not pass";
  if (v.scope != "workload") return "only authenticity was asked for";
  if (v.freshness.empty() || v.freshness == "none") return "freshness was not shown";
  if (v.loosened != false) return "the judgement was loosened";
  if (v.time_source != "clock") return "it was judged as of another time";
  if (v.trust != "pinned" && v.trust != "supplied") return "it rests on roots of somebody's own";
  return {};
}

void check_status(const Submodule& m, Findings& out) {
  const std::string id = "ear.status[" + m.name + "]";
  if (!m.status) return;  // said by the form
  if (*m.status != Tier::none && *m.status < m.worst)
    out.fail(Area::policy, id, code::status_above_vector, "the status is better than the trust vector", std::string(to_string(m.worst)),
             std::string(to_string(*m.status)));
  if (*m.status == Tier::affirming && m.ours)
    if (const std::string why = less_than_whole(*m.ours); !why.empty())
      out.fail(Area::policy, id, code::inconsistent, m.name + " is called affirming, but " + why);
  switch (*m.status) {
    case Tier::affirming: out.pass(Area::policy, id, m.name + " is affirming"); break;
    case Tier::none: out.undecided(Area::policy, id, code::no_statement, "nothing is said about " + m.name); break;
    case Tier::warning: out.fail(Area::policy, id, code::warning, "the other verifier has reservations about " + m.name, "affirming", "warning"); break;
    case Tier::contraindicated:
      out.fail(Area::policy, id, code::contraindicated, "the other verifier found " + m.name + " bad", "affirming", "contraindicated");
      break;
  }
}

std::string worst_status(const Ear& ear) {
  Tier worst = Tier::affirming;
  bool silent = ear.submodules.empty();
  for (const Submodule& m : ear.submodules) {
    silent |= !m.status || *m.status == Tier::none;
    if (m.status) worst = std::max(worst, *m.status);
  }
  return std::string(to_string(worst == Tier::affirming && silent ? Tier::none : worst));
}

// A claim is stated where all submodules agree.
template <class Read>
void state_common(const Ear& ear, const char* name, Findings& out, Read read) {
  std::optional<ClaimValue> common;
  for (const Submodule& m : ear.submodules) {
    const std::optional<ClaimValue> value = m.ours ? read(*m.ours) : std::nullopt;
    if (!value || (common && to_json(*common) != to_json(*value))) return;
    common = value;
  }
  if (common) out.claims[name] = *common;
}

void state_claims(const Ear& ear, Findings& out) {
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.claims[name] = value;
  };
  out.claims["hardware_evidence"] = false;
  text("status", worst_status(ear));
  text("eat_profile", ear.profile);
  text("iss", ear.issuer);
  text("verifier_developer", ear.developer);
  text("verifier_build", ear.build);
  if (ear.audiences.size() == 1) text("aud", ear.audiences.front());
  if (ear.nonces.size() == 1) text("eat_nonce", ear.nonces.front());
  const auto hash = [](const std::optional<Bytes>& b) { return b ? std::optional<ClaimValue>(*b) : std::nullopt; };
  state_common(ear, "policy_sha256", out, [&](const OurVerdict& v) { return hash(v.policy_sha256); });
  state_common(ear, "evidence_sha256", out, [&](const OurVerdict& v) { return hash(v.evidence_sha256); });
  state_common(ear, "evidence_type", out, [](const OurVerdict& v) {
    return v.evidence_type.empty() ? std::nullopt : std::optional<ClaimValue>(v.evidence_type);
  });
}

// Our results write the nonce's bytes in base64url; other verifiers write what they were given.
void offer_binding(const Ear& ear, Findings& out) {
  out.binding.native = true;
  out.binding.nonce_only = true;
  out.binding.nonce_texts = ear.nonces;
  if (ear.nonces.size() != 1) return;
  if (auto bytes = from_base64(ear.nonces.front(), Base64::url)) out.binding.nonce = *std::move(bytes);
}

}  // namespace

void verify_ear(const VerifyInput& input, Findings& out) {
  out.second_hand = true;
  const std::optional<token::Token> token = token::judge_token(input, token_rules(input.options.ear), out);
  if (!token) return;
  const Ear ear = parse_ear(token->claims);
  out.vendor = {{"header", token->header}, {"token", token->claims}, {"policy_accepted", false}};
  state_claims(ear, out);
  for (const Submodule& m : ear.submodules)  // two results about one piece of evidence are no two machines
    if (m.ours && m.ours->evidence_sha256) out.signed_parts_sha256.push_back(*m.ours->evidence_sha256);
  offer_binding(ear, out);

  check_form(ear, out);
  check_profile(ear, input.options, out);
  check_audience(ear, input.options, out);
  out.vendor["policy_accepted"] = check_policy(ear, input.options, out);
  for (const Submodule& m : ear.submodules) check_status(m, out);
  out.warn(code::second_hand, "this is another verifier's word; no hardware evidence was judged");
}

WorkloadAnswer ear_workload(const std::set<std::string>&, const Findings& found, const AppraisalOptions& options) {
  WorkloadAnswer answer;
  const Json* policy = json::find(found.vendor, "policy_accepted");
  answer.answered = policy && *policy == true;
  if (!options.ear.key) answer.missing += " --ear-key FILE";
  if (!options.ear.audience) answer.missing += " --audience NAME";
  if (options.ear.policies.empty()) answer.missing += " --ear-policy HEX";
  if (!answer.missing.empty()) answer.missing.erase(0, 1);
  return answer;
}

}  // namespace tee::ear
