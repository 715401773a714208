// EAR results against the field rules of draft-ietf-rats-ear and rule S18.
#include <algorithm>

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "codec/jwt.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "verify/ear.h"

using namespace tee;
using namespace tee::verify;

namespace {

constexpr Time kNow = unix_time(1'750'000'000);

Subject subject() {
  Subject s;
  s.name = "report.bin";
  s.input = {1, 2, 3};
  s.type = EvidenceType::nitro_document;
  return s;
}
// A full, unloosened pass: workload pinned, nonce answered.
Outcome passing() {
  Outcome o;
  o.verdict = Verdict::pass;
  o.scope = "workload";
  o.freshness = "nonce";
  o.genuine = o.signature_verified = o.chain_verified = o.platform_verified = true;
  o.findings.claims["debug"] = false;
  o.verified_at = kNow;
  return o;
}
Json ear(const Outcome& o, std::optional<Bytes> nonce = Bytes(32, 7)) { return ear_json(subject(), o, {kNow, std::move(nonce), {}}); }
std::string status(const Json& e) { return e.at("submods").begin().value().at("ear.status"); }
int tier(int v) { return v >= 96 ? 3 : v >= 32 ? 2 : v >= 2 ? 1 : 0; }

void check_rules(const Json& e) {
  CHECK(e.at("eat_profile").is_string());
  CHECK(e.at("iat").is_number_integer());
  CHECK(e.at("ear.verifier-id").at("build").is_string());
  CHECK(e.at("ear.verifier-id").at("developer").is_string());
  REQUIRE(e.at("submods").size() >= 1);
  const std::vector<std::string> names = {"none", "affirming", "warning", "contraindicated"};
  for (const auto& [name, appraisal] : e.at("submods").items()) {
    const auto at = std::find(names.begin(), names.end(), appraisal.at("ear.status").get<std::string>());
    REQUIRE(at != names.end());
    int worst = 0;
    for (const auto& [member, value] : appraisal.at("ear.trustworthiness-vector").items()) {
      REQUIRE(value.is_number_integer());
      worst = std::max(worst, tier(value.get<int>()));
    }
    // Never better than the worst member.
    if (at - names.begin() != 0) CHECK(at - names.begin() >= worst);
  }
  if (e.contains("eat_nonce")) {
    const auto n = e.at("eat_nonce").get<std::string>().size();
    CHECK(n >= 8);
    CHECK(n <= 88);
  }
  CHECK(e.at("exp").get<std::int64_t>() - e.at("iat").get<std::int64_t>() <= 300);
}

}  // namespace

TEST_CASE("a full pass is affirming") {
  const Json e = ear(passing());
  check_rules(e);
  CHECK(status(e) == "affirming");
  CHECK(e.at("eat_nonce") == base64(Bytes(32, 7), Base64::url));
}
TEST_CASE("bad-authenticity-only-affirming_S18") {
  Outcome o = passing();
  o.scope = "authenticity";
  check_rules(ear(o));
  CHECK(status(ear(o)) == "warning");
}
TEST_CASE("bad-loosened-affirming_S18") {
  Outcome o = passing();
  o.loosened = {"--accept-tcb"};
  CHECK(status(ear(o)) == "warning");
}
TEST_CASE("bad-own-roots-or-own-time-affirming_S18") {
  Outcome o = passing();
  o.findings.trust = Trust::custom;
  CHECK(status(ear(o)) == "warning");
  Outcome t = passing();
  t.time_from_caller = true;
  CHECK(status(ear(t)) == "warning");
}
TEST_CASE("bad-no-freshness-affirming_S18") {
  Outcome o = passing();
  o.freshness = "none";
  CHECK(status(ear(o)) == "warning");
  CHECK_FALSE(ear(o).contains("eat_nonce"));
}
TEST_CASE("failures are contraindicated, with the reason in the vector") {
  Outcome o = passing();
  o.verdict = Verdict::fail;
  o.signature_verified = o.genuine = false;
  const Json e = ear(o);
  check_rules(e);
  CHECK(status(e) == "contraindicated");
  CHECK(e.at("submods").at("cpu0").at("ear.trustworthiness-vector").at("hardware") == 99);
}
TEST_CASE("debug is visible in configuration and runtime") {
  Outcome o = passing();
  o.findings.claims["debug"] = true;
  o.loosened = {"--allow-debug"};
  const Json e = ear(o);
  check_rules(e);
  CHECK(e.at("submods").at("cpu0").at("ear.trustworthiness-vector").at("runtime-opaque") == 96);
  CHECK(status(e) == "contraindicated");
}
TEST_CASE("expiry is the verdict's, at most five minutes_S18") {
  Outcome o = passing();
  CHECK(ear(o).at("exp") == to_unix(kNow) + 300);
  o.findings.valid_until = kNow + Seconds(20);
  CHECK(ear(o).at("exp") == to_unix(kNow) + 20);
}
TEST_CASE("signed results verify under the key, and only under it") {
  for (auto key : {crypto::PrivateKey::generate_ec(crypto::Curve::p256), crypto::PrivateKey::generate_ec(crypto::Curve::p384),
                   crypto::PrivateKey::generate_ed25519()}) {
    REQUIRE(key.has_value());
    const auto token = sign_ear(ear(passing()), *key);
    REQUIRE(token.has_value());
    const auto jws = jwt::parse(as_bytes(*token));
    REQUIRE(jws.has_value());
    const auto alg = json::text_of(jws->header, "alg");
    const crypto::Scheme scheme = alg == "ES256"   ? crypto::Scheme::ecdsa_sha256
                                  : alg == "ES384" ? crypto::Scheme::ecdsa_sha384
                                                   : crypto::Scheme::ed25519;
    CHECK(crypto::verify(key->public_key(), scheme, as_bytes(jws->signing_input), jws->signature, crypto::EcForm::raw));
    const auto other = crypto::PrivateKey::generate_ed25519();
    CHECK_FALSE(crypto::verify(other->public_key(), crypto::Scheme::ed25519, as_bytes(jws->signing_input), jws->signature, crypto::EcForm::raw));
  }
  const auto rsa = crypto::PrivateKey::generate_rsa(2048);
  CHECK_FALSE(sign_ear(Json::object(), *rsa).has_value());
}
TEST_CASE("in-toto: only a pass is PASSED") {
  CHECK(intoto_json(subject(), passing()).at("predicate").at("verificationResult") == "PASSED");
  Outcome o = passing();
  o.verdict = Verdict::inconclusive;
  CHECK(intoto_json(subject(), o).at("predicate").at("verificationResult") == "FAILED");
  CHECK(intoto_json(subject(), o).at("subject").at(0).at("digest").at("sha256") == hex(crypto::sha256(Bytes{1, 2, 3})));
}
