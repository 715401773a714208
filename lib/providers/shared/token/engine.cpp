#include "providers/shared/token/engine.h"

#include <algorithm>

#include "base/encoding.h"
#include "codec/jwt.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "providers/shared/token/algorithm.h"
#include "providers/shared/token/codes.h"
#include "providers/shared/token/jwks.h"
#include "providers/shared/token/keys.h"
#include "providers/shared/token/times.h"

namespace tee::token {

namespace {

// RFC 7515 section 4.1.11, RFC 7797, RFC 7516, RFC 7519 section 5.2: members that change how the token must
// be read.
void check_header(const Json& header, const TokenRules& rules, Findings& out) {
  const std::string id = rules.prefix + "header";
  bool good = true;
  for (const char* member : {"crit", "b64", "zip", "enc", "cty"}) {
    if (!header.contains(member)) continue;
    good = false;
    out.fail(Area::form, id, code::header_unsupported, std::string("the header has the member ") + member);
  }
  if (const Json* typ = json::find(header, "typ"); typ && *typ != "JWT") {
    good = false;
    out.fail(Area::form, id, code::header_unsupported, "the header's type differs", "JWT",
             typ->is_string() ? printable(typ->get_ref<const std::string&>(), 40) : "(no text)");
  }
  if (good) out.pass(Area::form, id, "the header asks for nothing unusual");
  for (const std::string_view member : {"jwk", "x5u", "x5c", "jku"}) {
    const bool judged = (member == "x5c" && rules.pinned) || (member == "jku" && !rules.operators_key);
    if (header.contains(member) && !judged)
      out.warn(code::header_key_ignored, "the header's member " + std::string(member) + " was ignored");
  }
}

const Algorithm* check_algorithm(const Json& header, const TokenRules& rules, Findings& out) {
  const std::string id = rules.prefix + "algorithm";
  const std::string name = json::text_of(header, "alg").value_or("");
  const auto& allowed = rules.algorithms;
  const Algorithm* algorithm =
      std::find(allowed.begin(), allowed.end(), name) == allowed.end() ? nullptr : algorithm_named(name);
  if (algorithm) {
    out.pass(Area::signature, id, "the token is signed with " + name);
    return algorithm;
  }
  std::string expected;
  for (std::string_view a : allowed) expected += (expected.empty() ? "" : " or ") + std::string(a);
  out.fail(Area::signature, id, code::algorithm, "the algorithm is not one that this issuer uses", expected,
           name.empty() ? "(absent)" : printable(name, 20));
  return nullptr;
}

// The key of a certificate in the header; its chain is judged apart.
std::optional<crypto::PublicKey> key_from_chain(const std::vector<crypto::Certificate>& chain,
                                                const Algorithm* algorithm, const TokenRules& rules,
                                                Findings& out) {
  const std::string id = rules.prefix + "key";
  const crypto::Certificate& leaf = chain.front();
  if (!leaf.key) {
    out.fail(Area::signature, id, tee::code::chain_invalid,
             "the signer's certificate has a key of unknown type");
    return std::nullopt;
  }
  if (const auto* rsa = leaf.key->rsa(); rsa && rsa->bits() < kSmallestRsaBits) {
    out.fail(Area::signature, id, tee::code::chain_invalid, "the signer's key is too short",
             "RSA 2048 or longer", crypto::describe(*leaf.key));
    return std::nullopt;
  }
  if (algorithm && !fits(*algorithm, *leaf.key)) {
    out.fail(Area::signature, id, code::algorithm, "the algorithm does not fit the key",
             crypto::describe(*leaf.key), std::string(algorithm->name));
    return std::nullopt;
  }
  out.pass(Area::signature, id, "the token carries its signer's certificate");
  return leaf.key;
}

// The operator's own key: whose word the token is was settled when the key was given.
std::optional<crypto::PublicKey> operators_key(const Algorithm* algorithm, const TokenRules& rules, Findings& out) {
  const std::string id = rules.prefix + "key";
  if (!rules.key) {
    out.undecided(Area::signature, id, code::key_ungiven, "the key of whoever signs such tokens was not given",
                  std::string(rules.key_option));
    return std::nullopt;
  }
  out.chain.push_back({.subject = "key " + printable(rules.key_source, 200),
                       .issuer = {},
                       .serial = {},
                       .not_before = {},
                       .not_after = {},
                       .sha256 = crypto::sha256(crypto::encode_spki(*rules.key)),
                       .role = "token key (supplied)"});
  if (algorithm && !fits(*algorithm, *rules.key)) {
    out.fail(Area::signature, id, code::algorithm, "the algorithm does not fit the key", crypto::describe(*rules.key),
             std::string(algorithm->name));
    return std::nullopt;
  }
  out.pass(Area::signature, id, "the token's key is the one that was given");
  return *rules.key;
}

void check_signature(const jwt::Compact& jws, const Algorithm* algorithm,
                     const std::optional<crypto::PublicKey>& key, const TokenRules& rules, Findings& out) {
  if (!algorithm || !key) return;  // said by the checks of the algorithm and of the key
  const std::string id = rules.prefix + "signature";
  if (verify(*algorithm, *key, as_bytes(jws.signing_input), jws.signature))
    out.pass(Area::signature, id, "the issuer's key verifies the token");
  else
    out.fail(Area::signature, id, tee::code::signature_invalid, "the issuer's key does not verify the token");
}

// Whose word it is. With key sets this is what ties the key to the service, so it stands where a chain would.
bool check_issuer(const std::string& issuer, const VerifyInput& input, const TokenRules& rules,
                  Findings& out) {
  const std::string id = rules.prefix + "issuer";
  const auto& named = input.options.issuers;
  if (!issuer.empty() && rules.issuer_listed(issuer)) {
    out.pass(Area::form, id, "the issuer is " + printable(issuer, 200));
    return true;
  }
  if (!issuer.empty() && std::find(named.begin(), named.end(), issuer) != named.end()) {
    out.passed_by("--issuer", Area::form, id, "the issuer is " + printable(issuer, 200));
    return true;
  }
  out.fail(Area::chain, id, code::issuer, "the issuer is not on the list", std::string(rules.issuers_shown),
           issuer.empty() ? "(absent)" : printable(issuer, 200));
  return false;
}

std::string check_kid(const Json& header, const TokenRules& rules, Findings& out) {
  std::string kid = json::text_of(header, "kid").value_or("");
  if (kid.empty())
    out.fail(Area::signature, rules.prefix + "kid", code::kid_absent, "the header has no key id");
  return kid;
}

Json certificate_json(const crypto::Certificate& c) {
  return {{"subject", c.subject_text()},       {"issuer", c.issuer_text()},
          {"serial", c.serial_hex()},          {"not_before", rfc3339(c.not_before)},
          {"not_after", rfc3339(c.not_after)}, {"key", c.key ? crypto::describe(*c.key) : c.key_problem},
          {"sha256", hex(c.fingerprint())}};
}

}  // namespace

std::optional<Token> judge_token(const VerifyInput& input, const TokenRules& rules, Findings& out) {
  out.judged_bytes = input.evidence.size();  // line ends behind the token are no data
  out.binding.native = true;
  Result<jwt::Compact> jws = jwt::parse(input.evidence);
  if (!jws) {
    out.fail(Area::form, rules.prefix + "form", jws.error());
    return std::nullopt;
  }
  out.pass(Area::form, rules.prefix + "form", "three parts of canonical base64url with JSON objects");
  out.signed_bytes_sha256 = to_bytes(crypto::sha256(as_bytes(jws->signing_input)));

  Token token;
  token.issuer = json::text_of(jws->payload, "iss").value_or("");
  check_header(jws->header, rules, out);
  const Algorithm* algorithm = check_algorithm(jws->header, rules, out);
  const std::string kid = rules.operators_key ? std::string() : check_kid(jws->header, rules, out);
  const Json* x5c = rules.pinned ? json::find(jws->header, "x5c") : nullptr;
  std::optional<crypto::PublicKey> key;
  if (rules.operators_key) {
    out.trust = Trust::supplied;
    key = operators_key(algorithm, rules, out);
  } else if (!x5c) {
    out.trust = Trust::supplied;
    if (!kid.empty()) key = find_key({kid, token.issuer, algorithm}, input.collateral, rules.prefix, out);
  } else if (Result<std::vector<crypto::Certificate>> chain = parse_x5c(*x5c, rules.chain)) {
    token.chain = *std::move(chain);
    key = key_from_chain(token.chain, algorithm, rules, out);
  } else {
    out.fail(Area::chain, rules.prefix + "chain", chain.error());
  }
  check_signature(*jws, algorithm, key, rules, out);
  if (!token.chain.empty())
    judge_chain(token.chain, input.options.anchors_for(rules.provider, AnchorRole::token, rules.pinned()),
                rules.chain, input, rules.prefix, out);
  const bool issuer_good = rules.operators_key || check_issuer(token.issuer, input, rules, out);
  // A key set has no chain; one that would speak for a stranger is refused instead of not judged.
  if (!x5c && issuer_good) out.chain_applies = false;
  judge_times(jws->payload, input.options, {.longest_life = rules.longest_life, .expiry_optional = rules.expiry_optional},
              rules.prefix, out);
  token.header = std::move(jws->header);
  token.claims = std::move(jws->payload);
  return token;
}

Result<Json> inspect_token(ByteView evidence) {
  TEE_TRY(const jwt::Compact jws, jwt::parse(evidence));
  Json out{{"header", jws.header}, {"claims", jws.payload}, {"signature_bytes", jws.signature.size()}};
  Json times = Json::object();
  for (const char* claim : {"iat", "nbf", "exp"})
    if (const auto seconds = json::unsigned_of(jws.payload, claim);
        seconds && *seconds < (std::uint64_t{1} << 37))
      times[claim] = rfc3339(unix_time(static_cast<std::int64_t>(*seconds)));
  out["times"] = std::move(times);
  if (const Json* x5c = json::find(jws.header, "x5c")) {
    TEE_TRY(const std::vector<crypto::Certificate> chain, parse_x5c(*x5c, {}));
    out["header"].erase("x5c");
    for (const crypto::Certificate& c : chain) out["certificates"].push_back(certificate_json(c));
  }
  return out;
}

}  // namespace tee::token
