// PKI tokens: the signer's certificate chain stands in the header (x5c).
#include <algorithm>

#include "base/encoding.h"
#include "mint/gcp/plans.h"
#include "mint/x509.h"
#include "providers/shared/token/jwks.h"

namespace tee::mint::gcp {

namespace {

using token::kNow;
using token::Plan;
using token::Row;

constexpr crypto::Scheme kScheme = crypto::Scheme::rsa_pkcs1_sha256;
constexpr Seconds kDay{86'400};

const crypto::PrivateKey& root_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_rsa(2048).value();
  return key;
}
const crypto::PrivateKey& intermediate_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_rsa(2048).value();
  return key;
}

Name google(std::string cn) {
  return {{"2.5.4.6", "US", true},
          {"2.5.4.10", "Google LLC", true},
          {"2.5.4.11", "Google Cloud", true},
          {"2.5.4.3", std::move(cn), true}};
}

CertificateSpec root_spec() {
  CertificateSpec s;
  s.subject = s.issuer = google("Fake Confidential Space Root CA");
  s.key = root_key().public_key();
  s.not_before = kNow - 900 * kDay;
  s.not_after = kNow + 2700 * kDay;
  s.ca = s.cert_sign = s.crl_sign = true;
  s.scheme = kScheme;
  return s;
}
CertificateSpec intermediate_spec() {
  CertificateSpec s = root_spec();
  s.subject = google("Fake Confidential Space Intermediate CA");
  s.key = intermediate_key().public_key();
  s.serial = {2};
  s.not_after = kNow + 90 * kDay;
  return s;
}
// As Google's: no key usage, no extended key usage, basicConstraints says that it is no CA.
CertificateSpec leaf_spec() {
  CertificateSpec s;
  s.subject = google("Fake Confidential Space Leaf Certificate");
  s.issuer = intermediate_spec().subject;
  s.key = token::signing_key().public_key();
  s.serial = {3};
  s.not_before = kNow - 10 * kDay;
  s.not_after = kNow + 50 * kDay;
  s.ca = false;
  s.scheme = kScheme;
  return s;
}

Bytes made(const CertificateSpec& spec, const crypto::PrivateKey& key) {
  return make_certificate(spec, key).value();
}
Bytes root() { return made(root_spec(), root_key()); }
Bytes intermediate() { return made(intermediate_spec(), root_key()); }
Bytes leaf() { return made(leaf_spec(), intermediate_key()); }

void put_chain(Plan& p, const std::vector<Bytes>& chain) {
  p.header["x5c"] = Json::array();
  for (const Bytes& der : chain) p.header["x5c"].push_back(base64(der));
}

Row chain(std::string_view name, std::string_view what, std::vector<Bytes> (*certificates)(),
          std::string code) {
  return {name, what, [certificates, code = std::move(code)](Plan& p) {
            put_chain(p, certificates());
            if (!code.empty()) p.fails(code);
          }};
}

Row leaf_with(std::string_view name, std::string_view what, std::function<void(CertificateSpec&)> change,
              std::string code) {
  return {name, what, [change = std::move(change), code = std::move(code)](Plan& p) {
            CertificateSpec spec = leaf_spec();
            change(spec);
            put_chain(p, {made(spec, intermediate_key()), intermediate(), root()});
            p.fails(code);
          }};
}

Row intermediate_with(std::string_view name, std::string_view what,
                      std::function<void(CertificateSpec&)> change, std::string code) {
  return {name, what, [change = std::move(change), code = std::move(code)](Plan& p) {
            CertificateSpec spec = intermediate_spec();
            change(spec);
            put_chain(p, {leaf(), made(spec, root_key()), root()});
            p.fails(code);
          }};
}

Row entries(std::string_view name, std::string_view what, std::function<void(Json&)> change,
            std::string code) {
  return {name, what, [change = std::move(change), code = std::move(code)](Plan& p) {
            change(p.header["x5c"]);
            p.fails(code);
          }};
}

Row with_crl(std::string_view name, std::string_view what, std::function<void(CrlSpec&)> change, int exit,
             std::string code) {
  return {name, what, [change = std::move(change), exit, code = std::move(code)](Plan& p) {
            CrlSpec spec;
            spec.issuer = root_spec().subject;
            spec.this_update = kNow - kDay;
            spec.next_update = kNow + kDay;
            spec.scheme = kScheme;
            change(spec);
            const bool forged = code == "crl.bad_signature";
            p.collateral.push_back(
                {"root.crl", make_crl(spec, forged ? token::stranger_key() : root_key()).value()});
            p.exit = exit;
            p.code = code;
          }};
}

void add_order(std::vector<Row>& rows) {
  rows.push_back(chain(
      "good-pki-without-root", "the root is left out",
      [] {
        return std::vector<Bytes>{leaf(), intermediate()};
      },
      ""));
  rows.push_back(chain(
      "bad-pki-reversed", "root first",
      [] {
        return std::vector<Bytes>{root(), intermediate(), leaf()};
      },
      "chain.untrusted"));
  rows.push_back(chain(
      "bad-pki-without-intermediate", "the intermediate is left out",
      [] {
        return std::vector<Bytes>{leaf(), root()};
      },
      "chain.untrusted"));
  rows.push_back(chain(
      "bad-pki-leaf-alone", "only the leaf", [] { return std::vector<Bytes>{leaf()}; }, "token.x5c_count"));
  rows.push_back(chain(
      "bad-pki-four", "a certificate too many",
      [] {
        return std::vector<Bytes>{leaf(), intermediate(), root(), root()};
      },
      "token.x5c_count"));
  rows.push_back(chain(
      "bad-pki-empty", "an empty list", [] { return std::vector<Bytes>{}; }, "token.x5c_count"));
  rows.push_back({"bad-pki-intermediate-signs", "the intermediate signs the token itself", [](Plan& p) {
                    put_chain(p, {intermediate(), root()});
                    p.signer = &intermediate_key();
                    p.fails("chain.invalid");
                  }});
  rows.push_back(
      {"bad-pki-root-of-same-name", "a self-made root of the same name, with its own intermediate",
       [](Plan& p) {
         CertificateSpec fake_root = root_spec(), fake = intermediate_spec();
         fake_root.key = token::stranger_key().public_key();
         put_chain(p, {leaf(), made(fake, token::stranger_key()), made(fake_root, token::stranger_key())});
         p.fails("chain.untrusted");
       }});
  rows.push_back(
      {"bad-pki-other-root_S8", "a chain that is whole, under a root that nobody pinned", [](Plan& p) {
         p.anchors.clear();
         p.fails("chain.untrusted");
       }});
  rows.push_back({"bad-pki-root-as-collateral_S8", "a root given as collateral is no anchor", [](Plan& p) {
                    p.anchors.clear();
                    p.collateral.push_back({"root.der", root()});
                    p.fails("chain.untrusted");
                  }});
}

void add_certificates(std::vector<Row>& rows) {
  rows.push_back(leaf_with(
      "bad-pki-leaf-expired", "the leaf ended a second ago",
      [](CertificateSpec& s) { s.not_after = kNow - Seconds(1); }, "chain.expired"));
  rows.push_back(leaf_with(
      "bad-pki-leaf-early", "the leaf begins in a second",
      [](CertificateSpec& s) { s.not_before = kNow + Seconds(1); }, "chain.not_yet_valid"));
  rows.push_back(leaf_with(
      "bad-pki-leaf-is-ca", "the leaf is marked as a CA", [](CertificateSpec& s) { s.ca = true; },
      "chain.invalid"));
  rows.push_back(leaf_with(
      "bad-pki-leaf-critical", "the leaf has a critical extension of unknown meaning",
      [](CertificateSpec& s) {
        s.extensions.push_back({"1.3.6.1.4.1.99999.1", true, {0x05, 0x00}});
      },
      "chain.invalid"));
  rows.push_back(leaf_with(
      "bad-pki-leaf-of-other-key", "the leaf holds another key than the signer's",
      [](CertificateSpec& s) { s.key = token::stranger_key().public_key(); }, "signature.invalid"));
  rows.push_back(leaf_with(
      "bad-pki-leaf-ec", "the leaf holds a P-256 key",
      [](CertificateSpec& s) { s.key = token::p256_key().public_key(); }, "token.algorithm"));
  rows.push_back(intermediate_with(
      "bad-pki-intermediate-not-ca", "the intermediate is no CA", [](CertificateSpec& s) { s.ca = false; },
      "chain.invalid"));
  rows.push_back(intermediate_with(
      "bad-pki-intermediate-expired", "the intermediate ended a second ago",
      [](CertificateSpec& s) { s.not_after = kNow - Seconds(1); }, "chain.expired"));
  rows.push_back(intermediate_with(
      "bad-pki-intermediate-may-not-sign", "the intermediate may not sign certificates",
      [](CertificateSpec& s) { s.cert_sign = false; }, "chain.invalid"));
  rows.push_back({"bad-pki-leaf-short", "the leaf holds an RSA key of 1024 bits", [](Plan& p) {
                    CertificateSpec spec = leaf_spec();
                    spec.key = token::short_key().public_key();
                    put_chain(p, {made(spec, intermediate_key()), intermediate(), root()});
                    p.signer = &token::short_key();
                    p.fails("chain.invalid");
                  }});
}

void add_entries(std::vector<Row>& rows) {
  rows.push_back(entries(
      "bad-pki-entry-number", "an entry is a number", [](Json& x) { x[1] = 7; }, "chain.malformed"));
  rows.push_back(entries(
      "bad-pki-x5c-text", "x5c is a text", [](Json& x) { x = x[0]; }, "chain.malformed"));
  rows.push_back(entries(
      "bad-pki-base64url", "an entry is base64url",
      [](Json& x) { x[0] = base64(from_base64(x[0].get<std::string>()).value(), Base64::url); },
      "chain.malformed"));
  rows.push_back(entries(
      "bad-pki-trailing-der", "bytes follow a certificate",
      [](Json& x) {
        Bytes der = from_base64(x[0].get<std::string>()).value();
        der.push_back(0);
        x[0] = base64(der);
      },
      "chain.malformed"));
  rows.push_back({"bad-pki-x5c-removed",
                  "without its certificates the token is one whose key is not in the set", [](Plan& p) {
                    p.header.erase("x5c");
                    p.undecided("token.key_missing");
                  }});
  rows.push_back({"bad-pki-kid-absent", "the header has no key id", [](Plan& p) {
                    p.header.erase("kid");
                    p.fails("token.kid_absent");
                  }});
}

void add_crls(std::vector<Row>& rows) {
  const auto nothing = [](CrlSpec&) {};
  rows.push_back(with_crl("good-pki-crl", "the root's list is current and does not name the intermediate",
                          nothing, 0, ""));
  rows.push_back(with_crl(
      "bad-pki-revoked_S11", "the root's list names the intermediate", [](CrlSpec& s) { s.revoked = {{2}}; },
      1, "chain.revoked"));
  rows.push_back(with_crl(
      "bad-pki-revoked-in-old-list_S11", "a list past its next update names the intermediate",
      [](CrlSpec& s) {
        s.revoked = {{2}};
        s.next_update = kNow - Seconds(1);
      },
      1, "chain.revoked"));
  rows.push_back(with_crl(
      "bad-pki-crl-stale", "the list is past its next update",
      [](CrlSpec& s) { s.next_update = kNow - Seconds(1); }, 4, "crl.stale"));
  rows.push_back(with_crl(
      "bad-pki-crl-early", "the list begins in a second",
      [](CrlSpec& s) { s.this_update = kNow + Seconds(1); }, 4, "crl.stale"));
  rows.push_back(
      with_crl("bad-pki-crl-forged", "the list is signed by a stranger", nothing, 4, "crl.bad_signature"));
}

}  // namespace

token::Plan pki_plan() {
  Plan p = oidc_plan();
  p.kid = tee::token::thumbprint(token::signing_key().public_key());
  p.header["kid"] = p.kid;
  put_chain(p, {leaf(), intermediate(), root()});
  p.with_key_set = false;
  p.anchors = {{"token", {"root.der", root()}}};
  return p;
}

std::span<const Row> pki_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    out.push_back({"good-pki", "a token under leaf, intermediate and root", {}});
    add_order(out);
    add_certificates(out);
    add_entries(out);
    add_crls(out);
    return out;
  }();
  return rows;
}

}  // namespace tee::mint::gcp
