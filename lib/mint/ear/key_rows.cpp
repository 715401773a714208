// Whose signature is it? Other keys, other algorithms, keys that come along, files that are no verifier's key.
#include "base/encoding.h"
#include "codec/pem.h"
#include "crypto/digest.h"
#include "mint/ear/plans.h"

namespace tee::mint::ear {

namespace {

using token::Plan;
using token::Row;

const crypto::PrivateKey& strangers_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_ec(crypto::Curve::p256).value();
  return key;
}

Row fails(std::string_view name, std::string_view what, std::string code, std::function<void(Plan&)> change) {
  return {name, what, [code = std::move(code), change = std::move(change)](Plan& p) {
            change(p);
            p.fails(code);
          }};
}

// The operator's own file cannot be used: nothing is judged.
Row refused(std::string_view name, std::string_view what, std::function<void(Plan&)> change) {
  return {name, what, [change = std::move(change)](Plan& p) {
            change(p);
            p.exit = 3;
            p.code = "ear.public_key";
          }};
}

void with_signature(Plan& p, std::function<Bytes(const std::string& input)> make) {
  p.spoil = [make = std::move(make)](std::string& t) {
    t.resize(t.rfind('.'));
    t += "." + base64(make(t), Base64::url);
  };
}

void add_signatures(std::vector<Row>& rows) {
  rows.push_back(fails("bad-key-other", "signed by somebody else", "signature.invalid", [](Plan& p) { p.signer = &strangers_key(); }));
  rows.push_back({"bad-no-ear-key_S18", "nobody said whose results count", [](Plan& p) {
                    p.files.clear();
                    p.flags = {"--genuine-only"};
                    p.undecided("token.key_ungiven");
                  }});
  rows.push_back({"bad-header-jwk-only_S8", "the only key is the one in the header", [](Plan& p) {
                    p.files.clear();
                    p.header["jwk"] = token::jwk(token::p256_key().public_key(), "verifier");
                    p.flags = {"--genuine-only"};
                    p.undecided("token.key_ungiven");
                  }});
  rows.push_back(fails("bad-header-jwk_S8", "signed by the key in the header, which is not the verifier's", "signature.invalid", [](Plan& p) {
    p.signer = &strangers_key();
    p.header["jwk"] = token::jwk(strangers_key().public_key(), "verifier");
  }));
  rows.push_back(fails("bad-signature-zero", "r and s are zero", "signature.invalid",
                       [](Plan& p) { with_signature(p, [](const std::string&) { return Bytes(64); }); }));
  rows.push_back(fails("bad-signature-der", "the signature in DER", "signature.invalid", [](Plan& p) {
    with_signature(p, [](const std::string& input) {
      return token::p256_key().sign(crypto::Scheme::ecdsa_sha256, as_bytes(input), crypto::EcForm::der).value();
    });
  }));
}

void add_algorithms(std::vector<Row>& rows) {
  const auto named = [&](std::string_view name, std::string_view what, const char* alg) {
    rows.push_back(fails(name, what, "token.algorithm", [alg](Plan& p) { p.header["alg"] = alg; }));
  };
  named("bad-alg-none", "alg is none", "none");
  named("bad-alg-lower-case", "alg is es256", "es256");
  named("bad-alg-es384-over-p256", "alg is ES384, the key is on P-256", "ES384");
  named("bad-alg-eddsa-over-p256", "alg is EdDSA, the key is on P-256", "EdDSA");
  rows.push_back(fails("bad-alg-none-unsigned", "alg is none, and the signature is a single byte", "token.algorithm", [](Plan& p) {
    p.header["alg"] = "none";
    with_signature(p, [](const std::string&) { return Bytes{0}; });
  }));
  rows.push_back(fails("bad-alg-absent", "there is no alg", "token.algorithm", [](Plan& p) { p.header.erase("alg"); }));
  rows.push_back(fails("bad-alg-hs256", "an HMAC with the verifier's public key as its secret", "token.algorithm", [](Plan& p) {
    p.header["alg"] = "HS256";
    with_signature(p, [](const std::string& input) {
      const std::string secret = pem::encode("PUBLIC KEY", crypto::encode_spki(token::p256_key().public_key()));
      return to_bytes(crypto::hmac(crypto::Hash::sha256, as_bytes(secret), as_bytes(input)));
    });
  }));
  rows.push_back(fails("bad-alg-rs256", "well signed with RS256, which no result uses", "token.algorithm", [](Plan& p) {
    p.header["alg"] = "RS256";
    p.signer = &token::signing_key();
    p.scheme = crypto::Scheme::rsa_pkcs1_sha256;
  }));
  rows.push_back(fails("bad-header-crit", "crit names an extension", "token.header_unsupported", [](Plan& p) { p.header["crit"] = Json::array({"exp"}); }));
  rows.push_back(fails("bad-header-typ", "the type is another kind of token", "token.header_unsupported", [](Plan& p) { p.header["typ"] = "secevent+jwt"; }));
}

void add_files(std::vector<Row>& rows) {
  rows.push_back(refused("bad-ear-key-private-pem", "a private key is given", [](Plan& p) { give_key(p, "key.pem", as_bytes(token::p256_key().to_pem())); }));
  rows.push_back(refused("bad-ear-key-private-jwk", "a private JWK is given", [](Plan& p) {
    Json jwk = token::jwk(token::p256_key().public_key(), "verifier");
    jwk["d"] = "AAAA";
    give_key(p, "key.json", as_bytes(json::dump(jwk)));
  }));
  rows.push_back(refused("bad-ear-key-rsa", "an RSA key is given", [](Plan& p) { give_jwk(p, token::signing_key().public_key()); }));
  rows.push_back(refused("bad-ear-key-two", "a key set of two keys is given", [](Plan& p) {
    const Json set = token::key_set(Json::array({token::jwk(token::p256_key().public_key(), "a"), token::jwk(token::p384_key().public_key(), "b")}));
    give_key(p, "keys.json", as_bytes(json::dump(set)));
  }));
  rows.push_back(refused("bad-ear-key-encryption", "the JWK is meant for encryption", [](Plan& p) {
    Json jwk = token::jwk(token::p256_key().public_key(), "verifier");
    jwk["use"] = "enc";
    give_key(p, "key.json", as_bytes(json::dump(jwk)));
  }));
  rows.push_back(refused("bad-ear-key-other-alg", "the JWK names an algorithm that its key cannot do", [](Plan& p) {
    Json jwk = token::jwk(token::p256_key().public_key(), "verifier");
    jwk["alg"] = "ES384";
    give_key(p, "key.json", as_bytes(json::dump(jwk)));
  }));
  rows.push_back(refused("bad-ear-key-duplicate-member", "a member of the JWK stands twice", [](Plan& p) {
    const Json jwk = token::jwk(token::p256_key().public_key(), "verifier");
    give_key(p, "key.json", as_bytes(token::with_second_member(jwk, "x", jwk["x"])));
  }));
  rows.push_back(refused("bad-ear-key-off-curve", "the point is not on the curve", [](Plan& p) {
    Json jwk = token::jwk(token::p256_key().public_key(), "verifier");
    jwk["y"] = jwk["x"];
    give_key(p, "key.json", as_bytes(json::dump(jwk)));
  }));
  rows.push_back(refused("bad-ear-key-garbage", "the file holds no key", [](Plan& p) { give_key(p, "key.txt", as_bytes("not a key\n")); }));
}

}  // namespace

std::span<const Row> key_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    add_signatures(out);
    add_algorithms(out);
    add_files(out);
    return out;
  }();
  return rows;
}

}  // namespace tee::mint::ear
