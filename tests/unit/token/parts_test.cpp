// The smaller pieces of the token engine: algorithms, kinds, times, TCB words, typed claims.
#include <doctest/doctest.h>

#include "base/encoding.h"
#include "codec/jwt.h"
#include "mint/token/plan.h"
#include "providers/shared/token/algorithm.h"
#include "providers/shared/token/kind.h"
#include "providers/shared/token/members.h"
#include "providers/shared/token/tcb.h"
#include "providers/shared/token/times.h"

using namespace tee;
namespace fake = tee::mint::token;

namespace {

std::optional<token::Kind> kind(std::string_view claims) {
  return token::kind_of(as_bytes(jwt::signing_input("{}", claims) + ".AAAA"));
}

std::string codes(const Findings& f) {
  std::string out;
  for (const Check& c : f.checks)
    if (c.code) out += (out.empty() ? "" : " ") + std::string(c.code->name);
  return out;
}

std::string time_codes(const Json& claims, std::int64_t at, std::optional<Seconds> longest = {}) {
  AppraisalOptions options;
  options.at = unix_time(at);
  Findings out;
  token::judge_times(claims, options, {.longest_life = longest}, "t.", out);
  return codes(out);
}

std::string tcb_codes(const token::TcbWord& word, AppraisalOptions options = {}) {
  Findings out;
  token::judge_tcb(word, options, "t.", out);
  return codes(out);
}

}  // namespace

TEST_CASE("token algorithms: each verifies its own signatures and no others") {
  struct Row {
    const char* name;
    const crypto::PrivateKey* key;
  };
  static const crypto::PrivateKey p384 = crypto::PrivateKey::generate_ec(crypto::Curve::p384).value();
  const Row rows[] = {{"RS256", &fake::signing_key()}, {"RS384", &fake::signing_key()},
                      {"RS512", &fake::signing_key()}, {"PS256", &fake::signing_key()},
                      {"PS384", &fake::signing_key()}, {"PS512", &fake::signing_key()},
                      {"ES256", &fake::p256_key()},    {"ES384", &p384}};
  const ByteView message = as_bytes("header.claims");
  for (const Row& signer : rows) {
    const token::Algorithm* by = token::algorithm_named(signer.name);
    REQUIRE(by);
    const Bytes signature = signer.key->sign(by->scheme, message, crypto::EcForm::raw).value();
    for (const Row& row : rows) {
      CAPTURE(signer.name);
      CAPTURE(row.name);
      const token::Algorithm& with = *token::algorithm_named(row.name);
      CHECK(token::verify(with, signer.key->public_key(), message, signature) == (signer.name == row.name));
    }
    Bytes longer = signature;
    longer.push_back(0);
    CHECK_FALSE(token::verify(*by, signer.key->public_key(), message, longer));
    CHECK_FALSE(token::verify(*by, signer.key->public_key(), message, Bytes(signature.size(), 0)));
  }
}

TEST_CASE("bad-algorithm: none, HMAC and other spellings do not exist") {
  for (const char* name :
       {"none", "None", "HS256", "HS384", "HS512", "rs256", "RS256 ", "ES512", "eddsa", "Ed25519", "RS1", ""})
    CHECK(token::algorithm_named(name) == nullptr);
}

TEST_CASE("bad-eddsa-of-other-kind: EdDSA fits Ed25519 keys only, and they fit nothing else") {
  const token::Algorithm& eddsa = *token::algorithm_named("EdDSA");
  const ByteView message = as_bytes("header.claims");
  const Bytes signature = fake::ed25519_key().sign(eddsa.scheme, message, crypto::EcForm::raw).value();
  CHECK(token::verify(eddsa, fake::ed25519_key().public_key(), message, signature));
  CHECK_FALSE(token::verify(eddsa, fake::p256_key().public_key(), message, signature));
  CHECK_FALSE(token::verify(eddsa, fake::signing_key().public_key(), message, signature));
  for (const char* name : {"RS256", "PS384", "ES256", "ES384"})
    CHECK_FALSE(token::fits(*token::algorithm_named(name), fake::ed25519_key().public_key()));
}

TEST_CASE("bad-es256-der: a DER signature is no JWS signature") {
  const token::Algorithm& es256 = *token::algorithm_named("ES256");
  const ByteView message = as_bytes("header.claims");
  const Bytes der = fake::p256_key().sign(es256.scheme, message, crypto::EcForm::der).value();
  CHECK_FALSE(token::verify(es256, fake::p256_key().public_key(), message, der));
}

TEST_CASE("token kinds: told by the issuer, else by the claims") {
  using token::Kind;
  CHECK(kind(R"({"iss":"https://confidentialcomputing.googleapis.com"})") == Kind::gcp_confidential);
  CHECK(kind(R"({"iss":"https://sharedweu.weu.attest.azure.net"})") == Kind::azure_maa);
  CHECK(kind(R"({"iss":"https://nras.attestation.nvidia.com"})") == Kind::nvidia_nras);
  CHECK(kind(R"({"iss":"https://portal.trustauthority.intel.com","swname":"CONFIDENTIAL_SPACE"})") ==
        Kind::intel_trust_authority);
  CHECK(kind(R"({"eat_profile":"tag:github.com,2023:veraison/ear"})") == Kind::ear);
  CHECK(kind(R"({"iss":"https://evil.example","x-ms-ver":"1.0"})") == Kind::azure_maa);
  CHECK(kind(R"({"swname":"GCE"})") == Kind::gcp_confidential);
  CHECK(kind(R"({"iss":"https://accounts.google.com"})") == Kind::other);
  CHECK(kind(R"({"swname":"GCE","submods":{"container":{"env":{"x-ms-ver":"1"}}}})") ==
        Kind::gcp_confidential);
  CHECK_FALSE(token::kind_of(as_bytes("not a token")).has_value());
}

TEST_CASE("token kinds: claims that do not parse still belong to somebody") {
  CHECK(kind(R"({"iss":"https://confidentialcomputing.googleapis.com","iss":""})") ==
        token::Kind::gcp_confidential);
  CHECK(kind(R"({"x-ms-ver":"1.0","x-ms-ver":"1.0"})") == token::Kind::azure_maa);
  CHECK(kind("{") == token::Kind::other);
}

TEST_CASE("token times: boundaries with 60 seconds of leeway") {
  const Json claims{{"exp", 2000}, {"nbf", 1000}, {"iat", 1000}};
  CHECK(time_codes(claims, 1500) == "");
  CHECK(time_codes(claims, 2059) == "");
  CHECK(time_codes(claims, 2060) == "token.expired");
  CHECK(time_codes(claims, 940) == "");
  CHECK(time_codes(claims, 939) == "token.not_yet_valid freshness.future");
  CHECK(time_codes(claims, 1500, Seconds(940)) == "");
  CHECK(time_codes(claims, 1500, Seconds(939)) == "token.lifetime");
  CHECK(time_codes({{"exp", 2000.5}, {"iat", 1000.5}}, 1500) == "");
}

TEST_CASE("bad-times: values that are no times") {
  CHECK(time_codes(Json::object(), 0) == "token.time_malformed");
  for (const Json& value : {Json("2000"), Json(-1), Json(nullptr), Json(true), Json::array({2000}),
                            Json(9007199254740994ULL), Json(1e300)})
    CHECK(time_codes({{"exp", value}}, 0) == "token.time_malformed");
  CHECK(time_codes({{"exp", 2000}, {"nbf", "0"}, {"iat", -5}}, 1000) ==
        "token.time_malformed token.time_malformed");
}

TEST_CASE("token times: only a failure answers how fresh the token is") {
  AppraisalOptions options;
  options.at = unix_time(1500);
  Findings good, late;
  token::judge_times({{"exp", 2000}, {"iat", 1000}}, options, {}, "t.", good);
  for (const Check& c : good.checks) CHECK(c.area != Area::freshness);
  CHECK(good.binding.signed_time == unix_time(1000));
  CHECK(good.valid_until == unix_time(2000));
  token::judge_times({{"exp", 1000}}, options, {}, "t.", late);
  REQUIRE(late.find("t.expiry"));
  CHECK(late.find("t.expiry")->area == Area::freshness);
}

TEST_CASE("token tcb: the vendor's words") {
  CHECK(tcb_codes({"UpToDate", {}, {}}) == "");
  CHECK(tcb_codes({}) == "");
  CHECK(tcb_codes({"OutOfDate", {}, {}}) == "tcb.out_of_date");
  CHECK(tcb_codes({"uptodate", {}, {}}) == "tcb.unknown");
  AppraisalOptions lax;
  lax.accept_tcb = {"OutOfDate", "Revoked", "NotSupported"};
  CHECK(tcb_codes({"OutOfDate", {}, {}}, lax) == "");
  CHECK(tcb_codes({"SWHardeningNeeded", {}, {}}, lax) == "tcb.sw_hardening_needed");
  CHECK(tcb_codes({"Revoked", {}, {}}, lax) == "tcb.revoked");
  CHECK(tcb_codes({"NotSupported", {}, {}}, lax) == "tcb.not_supported");
}

TEST_CASE("token tcb: floors that the token cannot answer are not met") {
  AppraisalOptions options;
  options.min_tcb_date = parse_rfc3339("2025-01-01T00:00:00Z").value();
  options.min_tcb_evaluation = 18;
  CHECK(tcb_codes({"UpToDate", "2025-01-01T00:00:00Z", 18}, options) == "");
  CHECK(tcb_codes({"UpToDate", "2024-12-31T23:59:59Z", 17}, options) == "tcb.date tcb.evaluation");
  CHECK(tcb_codes({"UpToDate", "yesterday", {}}, options) == "tcb.date tcb.evaluation");
  CHECK(tcb_codes({}, options) == "tcb.date tcb.evaluation");
}

TEST_CASE("token members: other types are noted, absent ones are not") {
  const Json object{{"t", "x"},        {"b", true},   {"n", 7u},    {"m", -7},
                    {"l", {"a", "b"}}, {"h", "0aFF"}, {"u", "AAE"}, {"o", {{"k", "v"}}}};
  token::Texts problems;
  const token::Members in(object, "p.", problems);
  CHECK(in.text("t") == "x");
  CHECK(in.truth("b") == true);
  CHECK(in.integer("n") == 7u);
  CHECK(in.texts("l") == token::Texts{"a", "b"});
  CHECK(in.one_or_more("t") == token::Texts{"x"});
  CHECK(in.one_or_more("l").size() == 2);
  CHECK(in.hex_bytes("h", 2) == Bytes{0x0a, 0xff});
  CHECK(in.base64url_bytes("u", 2) == Bytes{0, 1});
  CHECK(in.pairs("o") == Json{{"k", "v"}});
  CHECK_FALSE(in.text("absent").has_value());
  CHECK(problems.empty());
  CHECK_FALSE(in.text("n").has_value());
  CHECK_FALSE(in.truth("t").has_value());
  CHECK_FALSE(in.integer("m").has_value());
  CHECK_FALSE(in.texts("t").has_value());
  CHECK(in.one_or_more("n").empty());
  CHECK_FALSE(in.hex_bytes("h", 3).has_value());
  CHECK_FALSE(in.base64url_bytes("h", 2).has_value());
  CHECK(in.pairs("l").is_null());
  CHECK(problems.size() == 8);
  CHECK(problems.front() == "p.n is no text");
}
