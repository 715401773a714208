// Hundreds of chains, good and bad in one chosen way, judged by validate_path and by OpenSSL.
//
// Required: what ours accepts, OpenSSL accepts. Each case that only OpenSSL accepts must be one of the rules
// in which ours is stricter on purpose; the table below says which, and why.
#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include "codec/der.h"
#include "crypto/openssl_oracle.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

struct Plan {
  std::vector<mint::CertificateSpec> specs;  // leaf first
  std::vector<const PrivateKey*> signers;    // of each certificate
  std::vector<KeyKind> signer_kinds;
  TrustAnchor anchor;
  Time at = test::kNow;
  PathRules rules;
  std::vector<std::size_t> flipped;  // certificates whose signature is damaged afterwards
};

// Certificates leaf, CA 1 … CA n (nearest first), Root; key n+1 is the root's.
Plan plan_of(KeyKind kind, std::size_t cas) {
  Plan plan;
  for (std::size_t i = 0; i <= cas; ++i) {
    const PrivateKey& key = test::key(kind, static_cast<unsigned>(i));
    const std::string issuer = i == cas ? "Root" : "CA " + std::to_string(i + 1);
    plan.specs.push_back(i == 0 ? test::leaf_spec(key, issuer)
                                : test::ca_spec("CA " + std::to_string(i), issuer, key));
    plan.specs.back().scheme = test::scheme_of(kind);
    plan.signers.push_back(&test::key(kind, static_cast<unsigned>(i + 1)));
    plan.signer_kinds.push_back(kind);
  }
  plan.anchor = test::root_anchor(*plan.signers.back());
  return plan;
}

struct Mutation {
  std::string_view name;
  bool needs_ca;
  std::function<void(Plan&)> apply;
  bool ours_accepts;
  std::string_view stricter;  // why ours refuses what OpenSSL accepts; empty: both must agree
};

mint::CertificateSpec& nearest_ca(Plan& p) { return p.specs[1]; }

mint::ExtensionSpec extension(const std::string& oid, bool is_critical, Bytes value) {
  return {oid, is_critical, std::move(value)};
}

const std::vector<Mutation>& mutations() {
  static const std::vector<Mutation> table{
      {"good", false, [](Plan&) {}, true, ""},
      {"good-first-second", false, [](Plan& p) { p.at = test::kStart; }, true, ""},
      {"good-last-second", false, [](Plan& p) { p.at = test::kEnd; }, true, ""},
      {"good-without-key-ids", false,
       [](Plan& p) {
         for (auto& s : p.specs) s.key_ids = false;
       },
       true, ""},
      {"good-unknown-extension", false,
       [](Plan& p) { p.specs[0].extensions = {extension("1.3.6.1.4.1.3704.1.1", false, der::integer(0))}; },
       true, ""},
      {"good-leaf-without-key-usage", false, [](Plan& p) { p.specs[0].digital_signature = false; }, true, ""},
      {"good-tight-path-lengths", false,
       [](Plan& p) {
         for (unsigned i = 1; i < p.specs.size(); ++i) p.specs[i].path_length = i - 1;
       },
       true, ""},
      {"good-pss-trailer", false,
       [](Plan& p) {
         for (auto& s : p.specs) s.pss_trailer = true;
       },
       true, ""},
      {"bad-leaf-expired", false, [](Plan& p) { p.specs[0].not_after = p.at - Seconds(1); }, false, ""},
      {"bad-leaf-not-yet-valid", false, [](Plan& p) { p.specs[0].not_before = p.at + Seconds(1); }, false,
       ""},
      {"bad-ca-expired", true, [](Plan& p) { p.specs.back().not_after = p.at - Seconds(1); }, false, ""},
      {"bad-ca-not-yet-valid", true, [](Plan& p) { nearest_ca(p).not_before = p.at + Seconds(1); }, false,
       ""},
      {"bad-after-everything", false, [](Plan& p) { p.at = test::kEnd + Seconds(1); }, false, ""},
      {"bad-anchor-expired", false, [](Plan& p) { p.anchor.not_after = p.at - Seconds(1); }, false, ""},
      {"bad-leaf-signature", false, [](Plan& p) { p.flipped = {0}; }, false, ""},
      {"bad-top-signature", false, [](Plan& p) { p.flipped = {p.specs.size() - 1}; }, false, ""},
      {"bad-leaf-issuer-name", false, [](Plan& p) { p.specs[0].issuer = mint::common_name("Other"); }, false,
       ""},
      {"bad-top-issuer-name-case", false, [](Plan& p) { p.specs.back().issuer = mint::common_name("root"); },
       false, "names are compared byte by byte, OpenSSL folds case and spaces"},
      {"bad-anchor-name", false,
       [](Plan& p) { p.anchor.name = mint::encode_name(mint::common_name("Toor")); }, false, ""},
      {"bad-anchor-same-name-other-key", false,
       [](Plan& p) { p.anchor.key = test::key(p.signer_kinds[0], 20).public_key(); }, false, ""},
      {"bad-issuer-same-name-other-key", true,
       [](Plan& p) { nearest_ca(p).key = test::key(p.signer_kinds[0], 20).public_key(); }, false, ""},
      {"bad-signer-other-key", false, [](Plan& p) { p.signers[0] = &test::key(p.signer_kinds[0], 20); },
       false, ""},
      {"bad-ca-false", true, [](Plan& p) { nearest_ca(p).ca = false; }, false, ""},
      {"bad-ca-without-basic-constraints", true, [](Plan& p) { nearest_ca(p).ca.reset(); }, false, ""},
      {"bad-ca-without-anything", true,
       [](Plan& p) { nearest_ca(p).ca.reset(), nearest_ca(p).cert_sign = nearest_ca(p).crl_sign = false; },
       false, ""},
      {"bad-ca-key-usage-crl-only", true, [](Plan& p) { nearest_ca(p).cert_sign = false; }, false, ""},
      {"bad-ca-key-usage-signature-only", true,
       [](Plan& p) {
         nearest_ca(p).cert_sign = nearest_ca(p).crl_sign = false, nearest_ca(p).digital_signature = true;
       },
       false, ""},
      {"bad-ca-without-key-usage", true,
       [](Plan& p) { nearest_ca(p).cert_sign = nearest_ca(p).crl_sign = false; }, false,
       "RFC 5280 section 4.2.1.3 requires keyUsage in CA certificates"},
      {"good-ca-without-key-usage-allowed", true,
       [](Plan& p) {
         nearest_ca(p).cert_sign = nearest_ca(p).crl_sign = false, p.rules.ca_needs_key_usage = false;
       },
       true, ""},
      {"bad-path-length", true,
       [](Plan& p) {
         auto& s = p.specs;
         s.back().path_length = 0;
         const PrivateKey& key = test::key(p.signer_kinds[0], 21);
         s.insert(s.begin() + 1, test::ca_spec("CA extra", "CA 1", key));  // one CA more than allowed
         s[1].scheme = s[0].scheme;
         s[0].issuer = s[1].subject;
         p.signers.insert(p.signers.begin(), &key);
         p.signer_kinds.push_back(p.signer_kinds[0]);
       },
       false, ""},
      {"bad-self-issued-beyond-path-length", true,
       [](Plan& p) {
         auto& s = p.specs;
         s.back().path_length = static_cast<unsigned>(s.size()) - 2;
         const PrivateKey& key = test::key(p.signer_kinds[0], 21);
         s.insert(s.begin() + 1, test::ca_spec("CA 1", "CA 1", key));  // CA 1 renews itself under a new key
         s[1].scheme = s[0].scheme;
         p.signers.insert(p.signers.begin(), &key);
         p.signer_kinds.push_back(p.signer_kinds[0]);
       },
       false, "self-issued certificates count for the path length"},
      {"bad-leaf-unknown-critical", false,
       [](Plan& p) { p.specs[0].extensions = {extension("1.2.3.4", true, der::null())}; }, false, ""},
      {"bad-ca-unknown-critical", true,
       [](Plan& p) { nearest_ca(p).extensions = {extension("1.2.3.4", true, der::null())}; }, false, ""},
      {"bad-critical-extended-key-usage", false,
       [](Plan& p) {
         p.specs[0].extensions = {
             extension("2.5.29.37", true, der::sequence({der::object_identifier("1.3.6.1.5.5.7.3.1")}))};
       },
       false, "a critical extension that only a room can interpret is refused unless the room knows it"},
      {"good-extended-key-usage", false,
       [](Plan& p) {
         p.specs[0].extensions = {
             extension("2.5.29.37", false, der::sequence({der::object_identifier("1.3.6.1.5.5.7.3.1")}))};
       },
       true, ""},
      {"bad-name-constraints", true,
       [](Plan& p) {
         const Bytes other = der::encode(der::context(4), mint::encode_name(mint::common_name("Nobody")));
         nearest_ca(p).extensions = {extension(
             "2.5.29.30", false, der::sequence({der::encode(der::context(0), der::sequence({other}))}))};
       },
       false, ""},
      {"bad-name-constraints-that-fit", true,
       [](Plan& p) {
         const Bytes own = der::encode(der::context(4), mint::encode_name(mint::common_name("Nobody")));
         nearest_ca(p).extensions = {extension(
             "2.5.29.30", false, der::sequence({der::encode(der::context(1), der::sequence({own}))}))};
       },
       false, "name constraints are not processed, so none is accepted"},
      {"bad-leaf-authority-key-id", true, [](Plan& p) { p.specs[0].authority_key_id = Bytes(20, 7); }, false,
       ""},
      {"bad-leaf-is-ca", false, [](Plan& p) { p.specs[0].ca = true; }, false,
       "a signer of evidence must not be able to issue certificates"},
      {"good-leaf-is-ca-allowed", false,
       [](Plan& p) { p.specs[0].ca = true, p.rules.leaf_must_not_be_ca = false; }, true, ""},
      {"bad-leaf-without-digital-signature", false,
       [](Plan& p) { p.specs[0].digital_signature = false, p.rules.leaf_needs_digital_signature = true; },
       false, "a rule of the room"},
      {"bad-leaf-version-1", false, [](Plan& p) { p.specs[0].version = 1; }, false,
       "only version 3 is accepted"},
      {"bad-ca-version-1", true, [](Plan& p) { nearest_ca(p).version = 1; }, false, ""},
      {"bad-scheme-not-in-list", false, [](Plan& p) { p.rules.schemes = {Scheme::rsa_pkcs1_sha512}; }, false,
       "a rule of the room"},
      {"bad-chain-gap", true,
       [](Plan& p) { p.specs.pop_back(), p.signers.pop_back(), p.signer_kinds.pop_back(); }, false, ""},
      {"bad-chain-order", true,
       [](Plan& p) { std::swap(p.specs[0], p.specs[1]), std::swap(p.signers[0], p.signers[1]); }, false,
       "the given order is judged; OpenSSL picks a path of its own among the certificates"},
      {"bad-authority-serial", true,
       [](Plan& p) {
         p.specs[0].key_ids = false;
         p.specs[0].extensions = {extension(
             "2.5.29.35", false,
             der::sequence(
                 {der::encode(der::context(1),
                              der::encode(der::context(4), mint::encode_name(nearest_ca(p).issuer))),
                  der::encode(der::context_primitive(2), Bytes{0x77})}))};
       },
       false, ""},
  };
  return table;
}

// nullopt when a mixture made a certificate that cannot be read at all (an extension twice).
std::optional<test::Agreement> judge(const Plan& plan) {
  std::vector<Certificate> chain;
  for (std::size_t i = 0; i < plan.specs.size(); ++i) {
    Bytes der = test::issue(plan.specs[i], *plan.signers[i]);
    if (std::find(plan.flipped.begin(), plan.flipped.end(), i) != plan.flipped.end())
      der[der.size() - 3] ^= 0x20;
    Result<Certificate> certificate = parse_certificate(der);
    if (!certificate) return std::nullopt;
    chain.push_back(*std::move(certificate));
  }
  return test::require_agreement(test::pointers(chain), plan.anchor, plan.at, plan.rules);
}

constexpr std::pair<KeyKind, std::string_view> kKinds[] = {{KeyKind::p256, "P-256"},
                                                           {KeyKind::p384, "P-384"},
                                                           {KeyKind::p521, "P-521"},
                                                           {KeyKind::rsa2048, "RSA-PSS"},
                                                           {KeyKind::ed25519, "Ed25519"}};

}  // namespace

TEST_CASE(
    "path: what validate_path accepts, OpenSSL accepts; what only OpenSSL accepts is stricter on purpose") {
  std::size_t judged = 0, accepted = 0, stricter = 0;
  for (const auto& [kind, kind_name] : kKinds) {
    for (std::size_t cas = 0; cas <= 3; ++cas) {
      for (const Mutation& mutation : mutations()) {
        if (mutation.needs_ca && cas == 0) continue;
        Plan plan = plan_of(kind, cas);
        mutation.apply(plan);
        const std::string name =
            std::string(mutation.name) + ", " + std::string(kind_name) + ", " + std::to_string(cas) + " CAs";
        CAPTURE(name);
        const std::optional<test::Agreement> made = judge(plan);
        REQUIRE(made.has_value());
        const test::Agreement& verdict = *made;
        ++judged;
        CHECK_MESSAGE(verdict.ours.ok() == mutation.ours_accepts, test::show_findings(verdict.ours));
        CHECK_MESSAGE(verdict.openssl.accepts == (mutation.ours_accepts || !mutation.stricter.empty()),
                      verdict.openssl.why);
        accepted += verdict.ours.ok() ? 1 : 0;
        stricter += !verdict.ours.ok() && verdict.openssl.accepts ? 1 : 0;
      }
    }
  }
  CHECK(judged > 500);
  CHECK(accepted > 100);
  CHECK(stricter > 50);
}

TEST_CASE("path: random mixtures of up to four mutations: what validate_path accepts, OpenSSL accepts") {
  std::mt19937 random(20231114);
  const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  std::size_t accepted = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t cas = below(4);
    Plan plan = plan_of(KeyKind::p256, cas);
    std::string name;
    for (std::size_t n = 1 + below(4); n > 0; --n) {
      const Mutation& mutation = mutations()[below(mutations().size())];
      if (mutation.needs_ca && plan.specs.size() < 2) continue;
      mutation.apply(plan);
      name += std::string(mutation.name) + ", ";
    }
    name += std::to_string(cas) + " CAs";
    CAPTURE(name);
    const std::optional<test::Agreement> verdict = judge(plan);
    accepted += verdict && verdict->ours.ok() ? 1 : 0;
  }
  CHECK(accepted > 20);
}

TEST_CASE("path: the names in the table say what is expected") {
  std::map<std::string_view, int> seen;
  for (const Mutation& mutation : mutations()) {
    CHECK(++seen[mutation.name] == 1);
    CHECK(mutation.ours_accepts == mutation.name.starts_with("good"));
    CHECK((mutation.stricter.empty() || !mutation.ours_accepts));
  }
}
