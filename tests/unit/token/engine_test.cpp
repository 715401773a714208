// The engine under rules that neither Google nor Microsoft uses: other algorithms, no fixed issuer, no x5c.
#include "providers/shared/token/engine.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "mint/token/plan.h"

using namespace tee;
namespace fake = tee::mint::token;

namespace {

constexpr std::string_view kIssuer = "https://issuer.example";
constexpr std::string_view kAlgorithms[] = {"ES256", "ES384", "PS384", "RS256"};

bool listed(std::string_view issuer) { return issuer == kIssuer; }

token::TokenRules rules() {
  token::TokenRules r;
  r.provider = Provider::nvidia_gpu;
  r.prefix = "t.";
  r.algorithms = kAlgorithms;
  r.issuer_listed = listed;
  r.issuers_shown = kIssuer;
  return r;
}

const crypto::PrivateKey& p384_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_ec(crypto::Curve::p384).value();
  return key;
}

fake::Plan plan(const char* algorithm, const crypto::PrivateKey& key, crypto::Scheme scheme) {
  fake::Plan p;
  p.header = {{"alg", algorithm}, {"kid", "k"}};
  p.claims = {{"iss", kIssuer}, {"iat", fake::kIssued}, {"exp", fake::kIssued + 600}};
  p.signer = &key;
  p.scheme = scheme;
  Json entry = fake::jwk(key.public_key(), "k");
  entry.erase("alg");
  p.keys = Json::array({entry});
  return p;
}

struct Judged {
  std::optional<token::Token> token;
  Findings found;
  bool failed = false, undecided = false;
};

DocumentItem key_set(const Json& keys, Origin origin = Origin::supplied, std::string issuer = {}) {
  DocumentItem item;
  item.kind = DocumentKind::jwks;
  item.body = to_bytes(as_bytes(json::dump(fake::key_set(keys))));
  item.origin = origin;
  item.issuer = std::move(issuer);
  return item;
}

Judged judge(const fake::Plan& p, std::vector<DocumentItem> documents, AppraisalOptions options = {}) {
  const std::string text = fake::sign(p).value();
  CollateralSet collateral;
  collateral.documents = std::move(documents);
  options.at = fake::kNow;
  Judged out;
  out.token = token::judge_token({as_bytes(text), collateral, options}, rules(), out.found);
  for (const Check& c : out.found.checks) {
    out.failed |= c.status == CheckStatus::fail;
    out.undecided |= c.status == CheckStatus::inconclusive;
  }
  return out;
}
Judged judge(const fake::Plan& p) { return judge(p, {key_set(p.keys)}); }

}  // namespace

TEST_CASE("token engine: every algorithm of the rules, with the claims handed back") {
  for (const fake::Plan& p : {plan("ES256", fake::p256_key(), crypto::Scheme::ecdsa_sha256),
                              plan("ES384", p384_key(), crypto::Scheme::ecdsa_sha384),
                              plan("PS384", fake::signing_key(), crypto::Scheme::rsa_pss_sha384),
                              plan("RS256", fake::signing_key(), crypto::Scheme::rsa_pkcs1_sha256)}) {
    CAPTURE(json::dump(p.header));
    const Judged j = judge(p);
    CHECK_FALSE(j.failed);
    CHECK_FALSE(j.undecided);
    REQUIRE(j.token.has_value());
    CHECK(j.token->issuer == kIssuer);
    CHECK(j.token->claims == p.claims);
    CHECK(j.found.trust == Trust::supplied);
    CHECK(j.found.chain_applies == false);
    CHECK(j.found.signed_bytes_sha256.size() == 32);
    CHECK(j.found.binding.native);
    CHECK(j.found.binding.signed_time == unix_time(fake::kIssued));
  }
}

TEST_CASE("bad-algorithm-of-other-curve: ES256 over a P-384 key and the other way round") {
  fake::Plan a = plan("ES256", p384_key(), crypto::Scheme::ecdsa_sha384);
  CHECK(judge(a).found.find("t.key")->status == CheckStatus::fail);
  fake::Plan b = plan("ES384", fake::p256_key(), crypto::Scheme::ecdsa_sha256);
  CHECK(judge(b).found.find("t.key")->status == CheckStatus::fail);
}

TEST_CASE("bad-psychic-signature: r and s are zero") {
  fake::Plan p = plan("ES256", fake::p256_key(), crypto::Scheme::ecdsa_sha256);
  std::string text = fake::sign(p).value();
  text.resize(text.rfind('.'));
  text += "." + base64(Bytes(64, 0), Base64::url);
  CollateralSet collateral;
  collateral.documents = {key_set(p.keys)};
  AppraisalOptions options;
  options.at = fake::kNow;
  Findings out;
  token::judge_token({as_bytes(text), collateral, options}, rules(), out);
  CHECK(out.find("t.signature")->status == CheckStatus::fail);
}

TEST_CASE("token engine: the key set that says PS384 serves no RS256 token") {
  fake::Plan p = plan("RS256", fake::signing_key(), crypto::Scheme::rsa_pkcs1_sha256);
  p.keys.front()["alg"] = "PS384";
  const Judged j = judge(p);
  CHECK(j.found.find("t.key")->status == CheckStatus::fail);
  CHECK(j.found.find("t.signature") == nullptr);
}

TEST_CASE("bad-key-set-of-other-issuer_S8: key sets belong to one issuer and to the operator") {
  const fake::Plan p = plan("ES256", fake::p256_key(), crypto::Scheme::ecdsa_sha256);
  CHECK_FALSE(judge(p, {key_set(p.keys, Origin::supplied, std::string(kIssuer))}).undecided);
  for (const DocumentItem& item :
       {key_set(p.keys, Origin::embedded), key_set(p.keys, Origin::supplied, "https://other.example")}) {
    const Judged j = judge(p, {item});
    CHECK_FALSE(j.failed);
    CHECK(j.undecided);
    CHECK(j.found.find("t.key")->code->name == "token.key_missing");
  }
}

TEST_CASE("token engine: an unlisted issuer is judged by key id first, then refused") {
  fake::Plan p = plan("ES256", fake::p256_key(), crypto::Scheme::ecdsa_sha256);
  p.claims["iss"] = "https://mine.example";
  const Judged refused = judge(p);
  CHECK(refused.found.find("t.signature")->status == CheckStatus::pass);
  CHECK(refused.found.find("t.issuer")->status == CheckStatus::fail);
  CHECK_FALSE(refused.found.chain_applies.has_value());
  AppraisalOptions options;
  options.issuers = {"https://mine.example"};
  CHECK_FALSE(judge(p, {key_set(p.keys)}, options).failed);
}

TEST_CASE("token engine: the leeway is the operator's") {
  fake::Plan p = plan("ES256", fake::p256_key(), crypto::Scheme::ecdsa_sha256);
  p.claims["exp"] = fake::kIssued;  // one minute before the judged time
  CHECK(judge(p).failed);
  AppraisalOptions options;
  options.leeway = Seconds(61);
  CHECK_FALSE(judge(p, {key_set(p.keys)}, options).failed);
}

TEST_CASE("token engine: x5c in the header is ignored where the rules know no roots") {
  fake::Plan p = plan("ES256", fake::p256_key(), crypto::Scheme::ecdsa_sha256);
  p.header["x5c"] = Json::array({"AAAA"});
  const Judged j = judge(p);
  CHECK_FALSE(j.failed);
  CHECK(j.found.find("t.chain") == nullptr);
}
