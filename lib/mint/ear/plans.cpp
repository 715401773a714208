#include "mint/ear/plans.h"

#include "base/encoding.h"
#include "crypto/digest.h"

namespace tee::mint::ear {

const std::string& usual_nonce() {
  static const std::string text = hex(crypto::sha256(as_bytes("ear nonce")));
  return text;
}

const std::string& policy() {
  static const std::string text = hex(crypto::sha256(as_bytes("the questions")));
  return text;
}

token::Plan usual_plan() {
  const Json verdict{{"verdict", "pass"},
                     {"scope", "workload"},
                     {"freshness", "nonce"},
                     {"peer_bound", false},
                     {"loosened", Json::array()},
                     {"reasons", Json::array()},
                     {"trust", "pinned"},
                     {"verified_at", rfc3339(unix_time(token::kIssued))},
                     {"time_source", "clock"},
                     {"evidence_sha256", std::string(64, 'e')},
                     {"evidence_type", "sev_snp_report"},
                     {"policy_sha256", policy()}};
  const Json cpu{{"ear.status", "affirming"},
                 {"ear.trustworthiness-vector",
                  {{"hardware", 2}, {"configuration", 2}, {"executables", 3}, {"runtime-opaque", 2}, {"instance-identity", 0}}},
                 {"ear.tee-tools", verdict}};
  token::Plan p;
  p.header = {{"alg", "ES256"}, {"typ", "JWT"}};
  p.claims = {{"eat_profile", "tag:github.com,2023:veraison/ear"},
              {"iss", kIssuer},
              {"aud", kAudience},
              {"iat", token::kIssued},
              {"nbf", token::kIssued},
              {"exp", token::kIssued + 300},
              {"eat_nonce", base64(*from_hex(usual_nonce()), Base64::url)},
              {"ear.verifier-id", {{"developer", "tee-tools"}, {"build", "tee-verify 0"}}},
              {"submods", {{"cpu0", cpu}}}};
  p.issuer = kIssuer;
  p.provider = "gcp_confidential";
  p.type = "ear";
  p.signer = &token::p256_key();
  p.scheme = crypto::Scheme::ecdsa_sha256;
  p.with_key_set = false;
  p.flags = {"--nonce", usual_nonce(), "--audience", std::string(kAudience), "--ear-policy", policy()};
  give_jwk(p, token::p256_key().public_key());
  return p;
}

Json& appraisal(token::Plan& p) { return p.claims["submods"]["cpu0"]; }
Json& extension(token::Plan& p) { return appraisal(p)["ear.tee-tools"]; }

void give_key(token::Plan& p, std::string name, ByteView content) { p.files = {{"--ear-key", {std::move(name), to_bytes(content)}}}; }

void give_jwk(token::Plan& p, const crypto::PublicKey& key) {
  give_key(p, "verifier.jwk.json", as_bytes(json::dump(token::jwk(key, "verifier"))));
}

}  // namespace tee::mint::ear
