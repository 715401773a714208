// Path rules one by one. The comparison with OpenSSL over many chains is in path_differential.cpp.
#include "crypto/path.h"

#include "codec/der.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

// Leaf <- CA 2 <- CA 1 <- Root, all P-256.
struct Hierarchy {
  mint::CertificateSpec leaf = test::leaf_spec(test::key(KeyKind::p256, 0), "CA 2");
  mint::CertificateSpec ca2 = test::ca_spec("CA 2", "CA 1", test::key(KeyKind::p256, 2));
  mint::CertificateSpec ca1 = test::ca_spec("CA 1", "Root", test::key(KeyKind::p256, 1));
  TrustAnchor anchor = test::root_anchor(test::key(KeyKind::p256, 9));
  Time at = test::kNow;
  PathRules rules;

  std::vector<Certificate> certificates() const {
    return {test::parsed(test::issue(leaf, test::key(KeyKind::p256, 2))),
            test::parsed(test::issue(ca2, test::key(KeyKind::p256, 1))),
            test::parsed(test::issue(ca1, test::key(KeyKind::p256, 9)))};
  }
  PathResult judge() const {
    const std::vector<Certificate> chain = certificates();
    return validate_path(test::pointers(chain), anchor, at, rules);
  }
};

bool is_only(const PathResult& result, PathProblem problem, std::size_t index) {
  return result.findings.size() == 1 && result.findings[0].problem == problem &&
         result.findings[0].index == index;
}

template <class Change>
PathResult judge_with(Change change) {
  Hierarchy h;
  change(h);
  return h.judge();
}

mint::ExtensionSpec critical(const std::string& oid) { return {oid, true, der::null()}; }

}  // namespace

TEST_CASE("path: a good chain has no findings") { CHECK(Hierarchy().judge().ok()); }

TEST_CASE("path: bad-empty, bad-null, bad-too-many") {
  const Hierarchy h;
  CHECK(is_only(validate_path({}, h.anchor, h.at, h.rules), PathProblem::empty, 0));
  CHECK(is_only(validate_path({nullptr}, h.anchor, h.at, h.rules), PathProblem::empty, 0));
  const Certificate leaf = h.certificates()[0];
  CHECK(is_only(validate_path(std::vector<const Certificate*>(11, &leaf), h.anchor, h.at, h.rules),
                PathProblem::path_length, 0));
}

TEST_CASE("path: times are inclusive, without leeway_S14; bad-expired, bad-not-yet-valid") {
  CHECK(judge_with([](Hierarchy& h) { h.at = test::kStart; }).ok());
  CHECK(judge_with([](Hierarchy& h) { h.at = test::kEnd; }).ok());
  CHECK(is_only(judge_with([](Hierarchy& h) { h.leaf.not_after = h.at - Seconds(1); }), PathProblem::expired,
                0));
  CHECK(is_only(judge_with([](Hierarchy& h) { h.ca2.not_before = h.at + Seconds(1); }),
                PathProblem::not_yet_valid, 1));
  CHECK(
      judge_with([](Hierarchy& h) { h.leaf.not_after = test::kStart, h.rules.check_validity = false; }).ok());
}

TEST_CASE("path: bad-anchor-expired, where the anchor's validity is known") {
  const auto expired = [](Hierarchy& h) { h.anchor.not_after = h.at - Seconds(1); };
  CHECK(is_only(judge_with(expired), PathProblem::anchor_expired, 3));
  CHECK(is_only(judge_with([](Hierarchy& h) { h.anchor.not_before = h.at + Seconds(1); }),
                PathProblem::anchor_expired, 3));
  CHECK(judge_with([](Hierarchy& h) { h.anchor.not_before = h.anchor.not_after = h.at; }).ok());
}

TEST_CASE("path: bad-other-anchor-key, bad-other-anchor-name") {
  CHECK(is_only(judge_with([](Hierarchy& h) { h.anchor.key = test::key(KeyKind::p256, 3).public_key(); }),
                PathProblem::bad_signature, 2));
  CHECK(is_only(judge_with([](Hierarchy& h) { h.anchor.name = mint::encode_name(mint::common_name("Roo")); }),
                PathProblem::issuer_mismatch, 2));
}

TEST_CASE("path: bad-not-a-ca, with and without basicConstraints") {
  CHECK(is_only(judge_with([](Hierarchy& h) { h.ca2.ca = false; }), PathProblem::not_a_ca, 1));
  CHECK(is_only(judge_with([](Hierarchy& h) { h.ca2.ca.reset(); }), PathProblem::not_a_ca, 1));
}

TEST_CASE("path: bad-key-usage of a CA; a room may allow its absence, never its denial") {
  const auto absent = [](Hierarchy& h) { h.ca1.cert_sign = h.ca1.crl_sign = false; };
  CHECK(is_only(judge_with(absent), PathProblem::key_usage, 2));
  CHECK(judge_with([&](Hierarchy& h) { absent(h), h.rules.ca_needs_key_usage = false; }).ok());
  CHECK(is_only(judge_with([](Hierarchy& h) { h.ca1.cert_sign = false, h.rules.ca_needs_key_usage = false; }),
                PathProblem::key_usage, 2));
}

TEST_CASE("path: bad-path-length") {
  CHECK(judge_with([](Hierarchy& h) { h.ca1.path_length = 1, h.ca2.path_length = 0; }).ok());
  CHECK(is_only(judge_with([](Hierarchy& h) { h.ca1.path_length = 0; }), PathProblem::path_length, 2));
}

TEST_CASE("path: leaf rules: bad-leaf-is-ca, bad-leaf-key-usage") {
  CHECK(is_only(judge_with([](Hierarchy& h) { h.leaf.ca = true; }), PathProblem::leaf_is_ca, 0));
  CHECK(judge_with([](Hierarchy& h) { h.leaf.ca = true, h.rules.leaf_must_not_be_ca = false; }).ok());
  CHECK(judge_with([](Hierarchy& h) { h.leaf.ca = false; }).ok());
  CHECK(judge_with([](Hierarchy& h) { h.leaf.digital_signature = false; }).ok());
  const auto needed = [](Hierarchy& h) { h.rules.leaf_needs_digital_signature = true; };
  CHECK(judge_with(needed).ok());
  CHECK(is_only(judge_with([&](Hierarchy& h) { needed(h), h.leaf.digital_signature = false; }),
                PathProblem::key_usage, 0));
  CHECK(is_only(
      judge_with([&](Hierarchy& h) { needed(h), h.leaf.digital_signature = false, h.leaf.crl_sign = true; }),
      PathProblem::key_usage, 0));
}

TEST_CASE("path: bad-unknown-critical, unless the room knows it; name constraints always") {
  CHECK(is_only(judge_with([](Hierarchy& h) { h.leaf.extensions = {critical("1.2.3.4")}; }),
                PathProblem::unknown_critical_extension, 0));
  CHECK(judge_with([](Hierarchy& h) {
          h.leaf.extensions = {critical("1.2.3.4")}, h.rules.known_critical = {"1.2.3.4"};
        }).ok());
  CHECK(judge_with([](Hierarchy& h) { h.leaf.extensions = {{"1.2.3.4", false, {}}}; }).ok());
  CHECK(is_only(judge_with([](Hierarchy& h) {
                  h.ca1.extensions = {{"2.5.29.30", false, der::sequence({})}};
                }),
                PathProblem::unknown_critical_extension, 2));
}

TEST_CASE("path: bad-scheme: outside the room's list, and SHA-1 by default") {
  CHECK(judge_with([](Hierarchy& h) { h.rules.schemes = {Scheme::ecdsa_sha256}; }).ok());
  const PathResult other = judge_with([](Hierarchy& h) { h.rules.schemes = {Scheme::ecdsa_sha384}; });
  CHECK(other.findings.size() == 3);
  CHECK(other.has(PathProblem::weak_algorithm));

  const PrivateKey& rsa = test::key(KeyKind::rsa2048);
  mint::CertificateSpec spec = test::leaf_spec(test::key(KeyKind::p256));
  const auto judged = [&](Scheme scheme, PathRules rules) {
    spec.scheme = scheme;
    const Certificate leaf = test::parsed(test::issue(spec, rsa));
    return validate_path({&leaf}, test::root_anchor(rsa), test::kNow, rules);
  };
  CHECK(is_only(judged(Scheme::rsa_pkcs1_sha1, {}), PathProblem::weak_algorithm, 0));
  PathRules sha1;
  sha1.schemes = {Scheme::rsa_pkcs1_sha1};
  CHECK(judged(Scheme::rsa_pkcs1_sha1, sha1).ok());
  CHECK(judged(Scheme::rsa_pss_sha512, {}).ok());
}

TEST_CASE("path: bad-rsa-1024 as an issuer's key") {
  mint::CertificateSpec spec = test::leaf_spec(test::key(KeyKind::p256));
  spec.scheme = Scheme::rsa_pkcs1_sha256;
  const Certificate leaf = test::parsed(test::issue(spec, test::key(KeyKind::rsa1024)));
  CHECK(is_only(validate_path({&leaf}, test::root_anchor(test::key(KeyKind::rsa1024)), test::kNow, {}),
                PathProblem::weak_algorithm, 0));
}

TEST_CASE("path: bad-version-1") {
  const PathResult result = judge_with([](Hierarchy& h) { h.ca2.version = 1; });
  CHECK(result.has(PathProblem::version));
  CHECK(result.has(PathProblem::not_a_ca));
  CHECK(is_only(judge_with([](Hierarchy& h) { h.leaf.version = 1; }), PathProblem::version, 0));
}

TEST_CASE("path: bad-authority-key-id that names another key of the issuer") {
  CHECK(is_only(judge_with([](Hierarchy& h) { h.leaf.authority_key_id = Bytes(20, 7); }),
                PathProblem::issuer_mismatch, 0));
  // The vendors that leave the identifiers out are accepted, and an anchor has none to compare with.
  CHECK(judge_with([](Hierarchy& h) { h.leaf.key_ids = false; }).ok());
  CHECK(judge_with([](Hierarchy& h) { h.ca2.key_ids = false; }).ok());
  CHECK(judge_with([](Hierarchy& h) { h.ca1.authority_key_id = Bytes(20, 7); }).ok());
}

TEST_CASE("path: bad-authority-serial that names another certificate of the issuer") {
  const auto with_serial = [](Hierarchy& h, mint::CertificateSpec& spec, std::uint8_t serial) {
    spec.key_ids = false;
    spec.extensions = {
        {"2.5.29.35", false,
         der::sequence({der::encode(der::context(1), der::encode(der::context(4), h.anchor.name)),
                        der::encode(der::context_primitive(2), Bytes{serial})})}};
  };
  CHECK(judge_with([&](Hierarchy& h) { h.ca1.serial = {5}, with_serial(h, h.ca2, 5); }).ok());
  CHECK(is_only(judge_with([&](Hierarchy& h) { h.ca1.serial = {5}, with_serial(h, h.ca2, 6); }),
                PathProblem::issuer_mismatch, 1));
  CHECK(judge_with([&](Hierarchy& h) { h.anchor.serials = {{4}, {5}}, with_serial(h, h.ca1, 5); }).ok());
  CHECK(is_only(judge_with([&](Hierarchy& h) { h.anchor.serials = {{4}}, with_serial(h, h.ca1, 5); }),
                PathProblem::issuer_mismatch, 2));
}

TEST_CASE("path: bad-unsupported-key of an issuer is reported as such") {
  Hierarchy h;
  std::vector<Certificate> chain = h.certificates();
  chain[1].key.reset();
  chain[1].key_problem = "a public key of an unknown type";
  CHECK(is_only(validate_path(test::pointers(chain), h.anchor, h.at, h.rules), PathProblem::unsupported_key,
                0));
}

TEST_CASE("path: all problems are reported, not only the first") {
  const PathResult result = judge_with([](Hierarchy& h) {
    h.leaf.not_after = test::kStart;
    h.leaf.extensions = {critical("1.2.3.4")};
    h.ca2.ca = false;
    h.ca1.path_length = 0;
    h.anchor.key = test::key(KeyKind::p384).public_key();
  });
  for (const PathProblem p : {PathProblem::expired, PathProblem::unknown_critical_extension,
                              PathProblem::not_a_ca, PathProblem::path_length, PathProblem::bad_signature}) {
    CHECK(result.has(p));
  }
  CHECK(result.findings.size() == 5);
}

TEST_CASE("path: an anchor made from a certificate") {
  mint::CertificateSpec spec = test::ca_spec("Root", "Root", test::key(KeyKind::p256, 9));
  spec.serial = {0x90};
  const TrustAnchor anchor =
      anchor_from(test::parsed(test::issue(spec, test::key(KeyKind::p256, 9))), "root");
  CHECK(anchor.label == "root");
  CHECK(anchor.serials == std::vector<Bytes>{{0x00, 0x90}});
  CHECK(anchor.not_after == test::kEnd);
  CHECK(anchor_valid(anchor, test::kEnd));
  CHECK_FALSE(anchor_valid(anchor, test::kEnd + Seconds(1)));
  const std::vector<Certificate> chain = Hierarchy().certificates();
  CHECK(validate_path(test::pointers(chain), anchor, test::kNow, {}).ok());
}
