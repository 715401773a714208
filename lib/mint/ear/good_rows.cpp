// Results that must pass: every algorithm, form of key and spelling that the draft allows.
#include "base/encoding.h"
#include "codec/pem.h"
#include "mint/ear/plans.h"

namespace tee::mint::ear {

namespace {

using token::Plan;
using token::Row;

Row good(std::string_view name, std::string_view what, std::function<void(Plan&)> change = {}) { return {name, what, std::move(change)}; }

std::vector<Row> build() {
  std::vector<Row> rows;
  rows.push_back(good("good", "one affirming submodule, all questions asked"));
  rows.push_back(good("good-es384", "signed with ES384", [](Plan& p) {
    p.header["alg"] = "ES384";
    p.signer = &token::p384_key();
    p.scheme = crypto::Scheme::ecdsa_sha384;
    give_jwk(p, token::p384_key().public_key());
  }));
  rows.push_back(good("good-eddsa", "signed with EdDSA", [](Plan& p) {
    p.header["alg"] = "EdDSA";
    p.signer = &token::ed25519_key();
    p.scheme = crypto::Scheme::ed25519;
    give_jwk(p, token::ed25519_key().public_key());
  }));
  rows.push_back(good("good-key-pem", "the key as PEM", [](Plan& p) {
    give_key(p, "verifier.pem", as_bytes(pem::encode("PUBLIC KEY", crypto::encode_spki(token::p256_key().public_key()))));
  }));
  rows.push_back(good("good-key-der", "the key as DER", [](Plan& p) { give_key(p, "verifier.der", crypto::encode_spki(token::p256_key().public_key())); }));
  rows.push_back(good("good-key-set-of-one", "the key in a key set of its own", [](Plan& p) {
    const Json set = token::key_set(Json::array({token::jwk(token::p256_key().public_key(), "verifier")}));
    give_key(p, "keys.json", as_bytes(json::dump(set)));
  }));
  rows.push_back(good("good-status-number", "the status as a number", [](Plan& p) { appraisal(p)["ear.status"] = 2; }));
  rows.push_back(good("good-two-submodules", "two submodules, both affirming", [](Plan& p) { p.claims["submods"]["gpu0"] = appraisal(p); }));
  rows.push_back(good("good-no-vector", "no trust vector", [](Plan& p) { appraisal(p).erase("ear.trustworthiness-vector"); }));
  rows.push_back(good("good-negative-vector", "values of the vendor's own range", [](Plan& p) { appraisal(p)["ear.trustworthiness-vector"]["hardware"] = -32; }));
  rows.push_back(good("good-audience-list", "the audience as a list of one", [](Plan& p) { p.claims["aud"] = Json::array({kAudience}); }));
  rows.push_back(good("good-nonce-text", "another verifier's nonce is the text that it was given", [](Plan& p) {
    p.claims["eat_nonce"] = "a nonce that is a text";
    p.flags[1] = "text:a nonce that is a text";
  }));
  rows.push_back(good("good-nonce-list", "our nonce is one of several", [](Plan& p) {
    p.claims["eat_nonce"] = Json::array({"some-other-nonce", p.claims["eat_nonce"]});
  }));
  rows.push_back(good("good-profile-trustee", "the profile of Trustee", [](Plan& p) {
    p.claims["eat_profile"] = "tag:github.com,2024:confidential-containers/Trustee";
  }));
  rows.push_back(good("good-profile-expected", "a profile that is expected by name", [](Plan& p) {
    p.claims["eat_profile"] = "tag:ietf.org,2027:rats/ear";
    p.flags.insert(p.flags.end(), {"--expect", "eat_profile=tag:ietf.org,2027:rats/ear"});
  }));
  rows.push_back(good("good-second-policy", "one of several accepted questions", [](Plan& p) {
    p.flags.insert(p.flags.end(), {"--ear-policy", std::string(64, 'a')});
  }));
  rows.push_back(good("good-no-expiry", "a verifier that writes no exp, asked with a nonce", [](Plan& p) { p.claims.erase("exp"); }));
  rows.push_back(good("good-foreign-genuine-only", "a result without our extension, asked only whether it is that verifier's", [](Plan& p) {
    appraisal(p).erase("ear.tee-tools");
    for (const char* claim : {"aud", "eat_nonce", "exp", "iss", "nbf"}) p.claims.erase(claim);
    p.flags = {"--genuine-only"};
  }));
  rows.push_back(good("good-evidence-pinned", "the hash and kind of the evidence behind it are expected", [](Plan& p) {
    p.flags.insert(p.flags.end(), {"--expect", "evidence_sha256=" + std::string(64, 'e'), "--expect", "evidence_type=sev_snp_report"});
  }));
  return rows;
}

}  // namespace

std::span<const Row> good_rows() {
  static const std::vector<Row> rows = build();
  return rows;
}

}  // namespace tee::mint::ear
