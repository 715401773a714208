// Tokens whose signature, algorithm, key id or key set is wrong: RFC 7515, RFC 7517, and the known attacks on
// both.
#include "base/encoding.h"
#include "codec/jwt.h"
#include "codec/pem.h"
#include "crypto/digest.h"
#include "evidence/collateral.h"
#include "mint/token/plan.h"
#include "mint/x509.h"

namespace tee::mint::token {

namespace {

Bytes text_bytes(const Json& j) { return to_bytes(as_bytes(json::dump(j))); }

// A tee.collateral/1 bundle with one key set, named for `issuer` where it is given.
Json bundle(const Json& keys, const std::string& issuer) {
  const std::string text = json::dump(key_set(keys));
  Json item{{"kind", to_string(DocumentKind::jwks)},
            {"json", text},
            {"sha256", hex(crypto::sha256(as_bytes(text)))}};
  if (!issuer.empty()) item["issuer"] = issuer;
  return {{"schema", "tee.collateral/1"}, {"items", Json::array({item})}};
}

// A self-signed certificate around a key, as MAA serves its keys.
std::string certificate_for(const crypto::PrivateKey& key) {
  CertificateSpec spec;
  spec.subject = spec.issuer = common_name("https://keys.example");
  spec.key = key.public_key();
  spec.not_before = kNow - Seconds(86400);
  spec.not_after = kNow + Seconds(86400);
  spec.scheme = crypto::Scheme::rsa_pkcs1_sha256;
  return base64(make_certificate(spec, key).value());
}

// The entry of the signing key, changed in one way that makes it unusable.
Row entry(std::string_view name, std::string_view what, std::function<void(Json&)> change) {
  return {name, what, [change = std::move(change)](Plan& p) {
            change(p.keys.front());
            p.undecided("token.jwk_unusable");
          }};
}

Row header_member(std::string_view name, std::string_view what, const char* member, Json value,
                  std::string code) {
  return {name, what, [member, value = std::move(value), code = std::move(code)](Plan& p) {
            p.header[member] = value;
            p.fails(code);
          }};
}

void add_algorithms(std::vector<Row>& rows) {
  rows.push_back(header_member("bad-alg-none", "alg is none", "alg", "none", "token.algorithm"));
  rows.push_back(header_member("bad-alg-lower-case", "alg is rs256", "alg", "rs256", "token.algorithm"));
  rows.push_back(header_member("bad-alg-es256-over-rsa", "alg is ES256, the key is RSA", "alg", "ES256",
                               "token.algorithm"));
  rows.push_back({"bad-alg-absent", "there is no alg", [](Plan& p) {
                    p.header.erase("alg");
                    p.fails("token.algorithm");
                  }});
  rows.push_back({"bad-alg-rs384", "well signed with RS384, which the issuer does not use", [](Plan& p) {
                    p.header["alg"] = "RS384";
                    p.scheme = crypto::Scheme::rsa_pkcs1_sha384;
                    p.fails("token.algorithm");
                  }});
  rows.push_back({"bad-alg-ps256", "well signed with PS256, which the issuer does not use", [](Plan& p) {
                    p.header["alg"] = "PS256";
                    p.scheme = crypto::Scheme::rsa_pss_sha256;
                    p.fails("token.algorithm");
                  }});
  rows.push_back({"bad-alg-es256", "well signed with ES256 by a key of the set", [](Plan& p) {
                    p.header["alg"] = "ES256";
                    p.scheme = crypto::Scheme::ecdsa_sha256;
                    p.signer = &p256_key();
                    p.keys.front() = jwk(p256_key().public_key(), p.kid);
                    p.fails("token.algorithm");
                  }});
  rows.push_back({"bad-alg-pss-under-rs256", "signed with PSS padding, alg says RS256", [](Plan& p) {
                    p.scheme = crypto::Scheme::rsa_pss_sha256;
                    p.fails("signature.invalid");
                  }});
  rows.push_back({"bad-alg-hs256", "an HMAC with the public key as its secret", [](Plan& p) {
                    p.header["alg"] = "HS256";
                    p.spoil = [](std::string& t) {
                      t.resize(t.rfind('.'));
                      const std::string secret =
                          pem::encode("PUBLIC KEY", crypto::encode_spki(signing_key().public_key()));
                      t += "." + base64(crypto::hmac(crypto::Hash::sha256, as_bytes(secret), as_bytes(t)),
                                        Base64::url);
                    };
                    p.fails("token.algorithm");
                  }});
}

void add_key_ids(std::vector<Row>& rows) {
  rows.push_back({"bad-kid-unknown", "no key has the token's key id", [](Plan& p) {
                    p.header["kid"] = "0000000000000000000000000000000000000000";
                    p.undecided("token.key_missing");
                  }});
  rows.push_back({"bad-kid-absent", "the header has no key id", [](Plan& p) {
                    p.header.erase("kid");
                    p.fails("token.kid_absent");
                  }});
  rows.push_back(header_member("bad-kid-number", "the key id is a number", "kid", 1, "token.kid_absent"));
  rows.push_back(header_member("bad-kid-empty", "the key id is empty", "kid", "", "token.kid_absent"));
  rows.push_back({"bad-kid-of-other-key", "the key id is that of the set's other key", [](Plan& p) {
                    p.header["kid"] = p.second_kid;
                    p.fails("signature.invalid");
                  }});
  rows.push_back({"bad-signer-unknown", "signed by a stranger under the issuer's key id", [](Plan& p) {
                    p.signer = &stranger_key();
                    p.fails("signature.invalid");
                  }});
}

void add_header_tricks(std::vector<Row>& rows) {
  rows.push_back({"bad-header-jwk", "a stranger's key in the header, under a key id that is not in the set",
                  [](Plan& p) {
                    p.signer = &stranger_key();
                    p.header["kid"] = "mine";
                    p.header["jwk"] = jwk(stranger_key().public_key(), "mine");
                    p.undecided("token.key_missing");
                  }});
  rows.push_back(
      {"bad-header-jwk-known-kid", "a stranger's key in the header, under the issuer's key id", [](Plan& p) {
         p.signer = &stranger_key();
         p.header["jwk"] = jwk(stranger_key().public_key(), p.kid);
         p.fails("signature.invalid");
       }});
  rows.push_back(header_member("bad-header-crit", "crit names an extension", "crit", Json::array({"exp"}),
                               "token.header_unsupported"));
  rows.push_back(header_member("bad-header-b64", "b64 is false", "b64", false, "token.header_unsupported"));
  rows.push_back(header_member("bad-header-zip", "zip is DEF", "zip", "DEF", "token.header_unsupported"));
  rows.push_back(header_member("bad-header-enc", "enc makes it look encrypted", "enc", "A256GCM",
                               "token.header_unsupported"));
  rows.push_back(header_member("bad-header-cty", "the claims call themselves another token", "cty", "JWT",
                               "token.header_unsupported"));
  rows.push_back(header_member("bad-header-typ", "the type is another kind of token", "typ", "secevent+jwt",
                               "token.header_unsupported"));
}

void add_entries(std::vector<Row>& rows) {
  rows.push_back(
      entry("bad-jwk-use-enc", "the key is meant for encryption", [](Json& k) { k["use"] = "enc"; }));
  rows.push_back(entry("bad-jwk-key-ops", "the key is meant for signing only",
                       [](Json& k) { k["key_ops"] = Json::array({"sign"}); }));
  rows.push_back(entry("bad-jwk-even-exponent", "e is 2", [](Json& k) { k["e"] = "Ag"; }));
  rows.push_back(entry("bad-jwk-padded-number", "n is padded",
                       [](Json& k) { k["n"] = k["n"].get<std::string>() + "="; }));
  rows.push_back(entry("bad-jwk-without-numbers", "n is missing", [](Json& k) { k.erase("n"); }));
  rows.push_back(entry("bad-jwk-symmetric", "the key is an oct key", [](Json& k) {
    k = {{"kty", "oct"}, {"kid", k["kid"]}, {"k", "AAAA"}};
  }));
  rows.push_back(entry("bad-jwk-x5c-differs", "the certificate holds another key than n and e",
                       [](Json& k) { k["x5c"] = Json::array({certificate_for(second_key())}); }));
  rows.push_back({"bad-jwk-short", "RSA with 1024 bits", [](Plan& p) {
                    p.signer = &short_key();
                    p.keys.front() = jwk(short_key().public_key(), p.kid);
                    p.undecided("token.jwk_unusable");
                  }});
  rows.push_back({"bad-jwk-other-alg", "the set keeps the key for PS256", [](Plan& p) {
                    p.keys.front()["alg"] = "PS256";
                    p.fails("token.algorithm");
                  }});
  rows.push_back({"good-jwk-x5c-only", "the key stands only in a certificate", [](Plan& p) {
                    p.keys.front() = {{"kty", "RSA"},
                                      {"kid", p.kid},
                                      {"use", "sig"},
                                      {"x5c", Json::array({certificate_for(signing_key())})}};
                  }});
  rows.push_back({"good-jwk-x5c-and-numbers", "certificate and numbers agree",
                  [](Plan& p) { p.keys.front()["x5c"] = Json::array({certificate_for(signing_key())}); }});
}

// The envelope of an attester that brings its own key set along.
void embed_key_set(Plan& p, Case& c) {
  const Json envelope{{"schema", "tee.evidence/1"},
                      {"provider", p.provider},
                      {"type", p.type},
                      {"evidence_b64", base64(c.evidence.bytes)},
                      {"collateral", bundle(p.keys, {})},
                      {"collected_at", rfc3339(p.at)},
                      {"simulated", false}};
  c.evidence = {"envelope.json", text_bytes(envelope)};
}

void add_sets(std::vector<Row>& rows) {
  rows.push_back({"bad-key-set-absent", "no key set is supplied", [](Plan& p) {
                    p.with_key_set = false;
                    p.undecided("token.key_missing");
                  }});
  rows.push_back({"bad-key-set-embedded_S8", "the attester brings the key set along", [](Plan& p) {
                    p.with_key_set = false;
                    p.wrap = embed_key_set;
                    p.undecided("token.key_missing");
                  }});
  rows.push_back(
      {"bad-key-set-of-other-issuer_S8", "the operator named another issuer for the key set", [](Plan& p) {
         p.with_key_set = false;
         p.collateral.push_back({"bundle.json", text_bytes(bundle(p.keys, "https://other.example"))});
         p.undecided("token.key_missing");
       }});
  rows.push_back(
      {"good-key-set-of-issuer", "the operator named the token's issuer for the key set", [](Plan& p) {
         p.with_key_set = false;
         p.collateral.push_back({"bundle.json", text_bytes(bundle(p.keys, p.issuer))});
       }});
  rows.push_back({"bad-key-set-duplicate-kid", "two keys of the set share the token's key id", [](Plan& p) {
                    p.keys.push_back(jwk(stranger_key().public_key(), p.kid));
                    p.undecided("token.jwk_unusable");
                  }});
  rows.push_back({"good-key-set-repeated-key", "the same key stands twice",
                  [](Plan& p) { p.keys.push_back(p.keys.front()); }});
  rows.push_back({"bad-key-sets-disagree", "two sets give the key id to different keys", [](Plan& p) {
                    const Json other = Json::array({jwk(stranger_key().public_key(), p.kid)});
                    p.collateral.push_back({"more-keys.json", text_bytes(key_set(other))});
                    p.undecided("token.jwk_ambiguous");
                  }});
}

}  // namespace

std::span<const Row> signature_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    add_algorithms(out);
    add_key_ids(out);
    add_header_tricks(out);
    add_entries(out);
    add_sets(out);
    return out;
  }();
  return rows;
}

}  // namespace tee::mint::token
