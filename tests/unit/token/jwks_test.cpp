// Key sets: RFC 7517, RFC 7518 section 6, RFC 7638.
#include "providers/shared/token/jwks.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "mint/token/plan.h"
#include "mint/x509.h"

using namespace tee;
namespace fake = tee::mint::token;

namespace {

Json rsa_jwk() { return fake::jwk(fake::signing_key().public_key(), "a"); }
Json ec_jwk() { return fake::jwk(fake::p256_key().public_key(), "b"); }

std::string problem(Json key, const char* member, const Json& value) {
  key[member] = value;
  const token::Jwk parsed = token::parse_jwk(key);
  CHECK(parsed.key.has_value() == parsed.problem.empty());
  return parsed.problem;
}

Result<token::KeySet> parse(const Json& document) {
  return token::parse_jwks(as_bytes(json::dump(document)));
}

std::string certificate(const crypto::PrivateKey& subject, const crypto::PrivateKey& signer,
                        crypto::Scheme scheme) {
  mint::CertificateSpec spec;
  spec.subject = spec.issuer = mint::common_name("key");
  spec.key = subject.public_key();
  spec.not_before = fake::kNow;
  spec.not_after = fake::kNow;
  spec.scheme = scheme;
  return base64(mint::make_certificate(spec, signer).value());
}

}  // namespace

TEST_CASE("jwks: keys by their numbers") {
  const auto set = parse(fake::key_set(Json::array({rsa_jwk(), ec_jwk()})));
  REQUIRE(set.has_value());
  REQUIRE(set->find("a"));
  CHECK(set->find("a")->key == fake::signing_key().public_key());
  CHECK(set->find("a")->alg == "RS256");
  REQUIRE(set->find("b"));
  CHECK(set->find("b")->key == fake::p256_key().public_key());
  CHECK(set->find("A") == nullptr);
  CHECK(set->find("") == nullptr);
}

TEST_CASE("jwks: a bare key is a set of one") {
  const auto set = parse(rsa_jwk());
  REQUIRE(set.has_value());
  CHECK(set->find("a") != nullptr);
}

TEST_CASE("jwks: a key that stands only in a certificate") {
  const Json rsa{{"kty", "RSA"},
                 {"kid", "x"},
                 {"x5c", Json::array({certificate(fake::signing_key(), fake::second_key(),
                                                  crypto::Scheme::rsa_pkcs1_sha256)})}};
  CHECK(token::parse_jwk(rsa).key == fake::signing_key().public_key());
  const Json ec{
      {"kty", "EC"},
      {"kid", "x"},
      {"x5c", Json::array({certificate(fake::p256_key(), fake::p256_key(), crypto::Scheme::ecdsa_sha256)})}};
  CHECK(token::parse_jwk(ec).key == fake::p256_key().public_key());
}

TEST_CASE("bad-jwk: keys that cannot be used, and why") {
  CHECK(problem(rsa_jwk(), "use", "sig").empty());
  CHECK(problem(rsa_jwk(), "key_ops", Json::array({"sign", "verify"})).empty());
  CHECK(problem(rsa_jwk(), "use", "enc") == "the key is not meant for signatures");
  CHECK(problem(rsa_jwk(), "use", 1) == "the key is not meant for signatures");
  CHECK(problem(rsa_jwk(), "key_ops", Json::array({"sign"})) == "the key is not meant for verifying");
  CHECK(problem(rsa_jwk(), "key_ops", "verify") == "the key is not meant for verifying");
  CHECK(problem(rsa_jwk(), "alg", 256) == "member alg is no text");
  CHECK(problem(rsa_jwk(), "kty", "oct") == "the key type is none of RSA, EC and OKP");
  CHECK(problem(rsa_jwk(), "kty", "EC") == "there is neither a number nor a certificate");
  CHECK(problem(rsa_jwk(), "n", "AQAB") != "");
  CHECK(problem(rsa_jwk(), "n", "") == "member n is not base64url");
  CHECK(problem(rsa_jwk(), "n", "a+b=") == "member n is not base64url");
  CHECK(problem(rsa_jwk(), "n", 7) == "member n is absent or no text");
  CHECK(problem(rsa_jwk(), "e", "AAEAAQ") == "a number has a leading zero byte");
  CHECK(problem(rsa_jwk(), "e", "AQ") != "");
  CHECK(problem(rsa_jwk(), "e", "BA") != "");
  CHECK(problem(rsa_jwk(), "x5c", Json::array()) == "x5c is no list of certificates");
  CHECK(problem(rsa_jwk(), "x5c", Json::array({"AAAA"})) != "");
  CHECK(problem(ec_jwk(), "crv", "P-521") == "the curve is neither P-256 nor P-384");
  CHECK(problem(ec_jwk(), "crv", "P-384") == "a coordinate has the wrong length");
  CHECK(problem(ec_jwk(), "x", base64(Bytes(32, 1), Base64::url)) != "");
  CHECK(problem(fake::jwk(fake::short_key().public_key(), "s"), "use", "sig") ==
        "the RSA key is shorter than 2048 bits");
}

TEST_CASE("jwk: an Ed25519 key (RFC 8037), and ways in which it is none") {
  const Json okp = fake::jwk(fake::ed25519_key().public_key(), "ed");
  CHECK(token::parse_jwk(okp).key == fake::ed25519_key().public_key());
  CHECK(problem(okp, "crv", "X25519") == "the curve of the OKP key is not Ed25519");
  CHECK(problem(okp, "x", base64(Bytes(31, 1), Base64::url)) == "an Ed25519 key has 32 bytes");
  CHECK(problem(okp, "x", 1) == "member x is absent or no text");
  CHECK(problem(okp, "x5c", Json::array()) == "a certificate beside an OKP key is not read");
  CHECK(problem(okp, "use", "enc") == "the key is not meant for signatures");
}

TEST_CASE("bad-jwk-x5c: certificate and numbers must agree") {
  const Json other =
      Json::array({certificate(fake::second_key(), fake::second_key(), crypto::Scheme::rsa_pkcs1_sha256)});
  CHECK(problem(rsa_jwk(), "x5c", other) == "the certificate holds another key than the numbers say");
  Json mixed{
      {"kty", "RSA"},
      {"x5c", Json::array({certificate(fake::p256_key(), fake::p256_key(), crypto::Scheme::ecdsa_sha256)})}};
  CHECK(token::parse_jwk(mixed).problem == "the certificate's key is of another type");
}

TEST_CASE("bad-jwks: documents that are no key set") {
  CHECK_FALSE(parse(Json::array()).has_value());
  CHECK_FALSE(parse(Json::object()).has_value());
  CHECK_FALSE(parse(Json{{"keys", Json::object()}}).has_value());
  CHECK_FALSE(parse(Json{{"keys", Json::array({1})}}).has_value());
  CHECK_FALSE(token::parse_jwks(as_bytes(R"({"keys":[],"keys":[]})")).has_value());
  Json many = Json::array();
  for (std::size_t i = 0; i <= token::kMostKeys; ++i)
    many.push_back({{"kty", "oct"}, {"kid", std::to_string(i)}});
  CHECK_FALSE(parse(fake::key_set(many)).has_value());
}

TEST_CASE("bad-jwks-duplicate-kid: one id, two keys") {
  const Json other = fake::jwk(fake::second_key().public_key(), "a");
  CHECK_FALSE(parse(fake::key_set(Json::array({rsa_jwk(), other}))).has_value());
  CHECK(parse(fake::key_set(Json::array({rsa_jwk(), rsa_jwk()}))).has_value());
  Json unused = rsa_jwk();
  unused["use"] = "enc";
  CHECK_FALSE(parse(fake::key_set(Json::array({rsa_jwk(), unused}))).has_value());
}

TEST_CASE("jwk thumbprint: the example of RFC 7638 section 3.1") {
  const Json key{{"kty", "RSA"},
                 {"e", "AQAB"},
                 {"n",
                  "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_"
                  "BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"
                  "FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-"
                  "bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}};
  const token::Jwk parsed = token::parse_jwk(key);
  REQUIRE(parsed.key.has_value());
  CHECK(token::thumbprint(*parsed.key) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}
