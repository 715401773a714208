// Reading certificates: what stands in them, and every form that is refused.
#include "crypto/x509.h"

#include "base/encoding.h"
#include "codec/der.h"
#include "codec/pem.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

const PrivateKey& root_key() { return test::key(KeyKind::p256, 1); }

mint::CertificateSpec leaf() { return test::leaf_spec(test::key(KeyKind::p256)); }

// A certificate from its parts, so that each part can be replaced by a wrong one. The signature is of no
// concern here.
struct Parts {
  Bytes version = der::encode(der::context(0), der::integer(2));
  Bytes serial = der::integer(1);
  Bytes algorithm = mint::encode_signature_algorithm(Scheme::ecdsa_sha256);
  Bytes outer_algorithm = algorithm;
  Bytes issuer = mint::encode_name(mint::common_name("Root"));
  Bytes validity = der::sequence({der::time(test::kStart), der::time(test::kEnd)});
  Bytes subject = mint::encode_name(mint::common_name("Leaf"));
  Bytes spki = encode_spki(test::key(KeyKind::p256).public_key());
  Bytes unique_ids;
  Bytes extensions;  // the whole [3], or nothing
  Bytes signature = der::bit_string(Bytes(70, 1));

  Bytes der() const {
    const Bytes tbs =
        der::sequence({version, serial, algorithm, issuer, validity, subject, spki, unique_ids, extensions});
    return der::sequence({tbs, outer_algorithm, signature});
  }
};

Bytes extension(std::string_view oid, const Bytes& value, const Bytes& critical = {}) {
  return der::sequence({der::object_identifier(oid), critical, der::octet_string(value)});
}

Bytes extensions(std::initializer_list<ByteView> list) {
  return der::encode(der::context(3), der::sequence(list));
}

bool reads(const Parts& parts) { return parse_certificate(parts.der()).has_value(); }

template <class Change>
bool reads_with(Change change) {
  Parts parts;
  change(parts);
  return reads(parts);
}

bool reads_extension(std::string_view oid, const Bytes& value) {
  return reads_with([&](Parts& p) { p.extensions = extensions({extension(oid, value)}); });
}

Bytes key_usage(std::initializer_list<std::uint8_t> content) {
  return der::encode(der::kBitString, Bytes(content));
}

}  // namespace

TEST_CASE("certificate: every field is read back") {
  mint::CertificateSpec spec = leaf();
  spec.serial = {0xf9, 0x31};
  spec.subject = {{"2.5.4.6", "US", true}, {"2.5.4.10", "Amazon"}, {"2.5.4.3", "aws.test"}};
  spec.extensions = {{"1.3.6.1.4.1.3704.1.1", false, Bytes{2, 1, 0}}};
  const Bytes der = test::issue(spec, root_key());
  const Certificate c = test::parsed(der);
  CHECK(equal(c.der(), der));
  CHECK(c.version == 3);
  CHECK(c.serial_hex() == "f931");
  CHECK(hex(c.serial) == "00f931");
  CHECK(c.subject_text() == "C=US, O=Amazon, CN=aws.test");
  CHECK(c.subject_cn() == "aws.test");
  CHECK(c.issuer_cn() == "Root");
  CHECK(c.not_before == test::kStart);
  CHECK(c.not_after == test::kEnd);
  CHECK(c.scheme == Scheme::ecdsa_sha256);
  CHECK(*c.key == spec.key);
  CHECK(equal(c.spki, encode_spki(spec.key)));
  CHECK_FALSE(c.has_basic_constraints);
  CHECK(c.key_usage->digital_signature);
  CHECK_FALSE(c.key_usage->key_cert_sign);
  CHECK(c.subject_key_id == mint::key_identifier(spec.key));
  CHECK(c.authority_key_id == mint::key_identifier(root_key().public_key()));
  REQUIRE(c.extension("1.3.6.1.4.1.3704.1.1") != nullptr);
  CHECK(hex(c.extension("1.3.6.1.4.1.3704.1.1")->value) == "020100");
  CHECK(c.extension("1.2.3") == nullptr);
  CHECK(c.fingerprint() == sha256(der));
  CHECK(verify(root_key().public_key(), *c.scheme, c.tbs, c.signature));
}

TEST_CASE("certificate: CA fields, serial 0 and a copy that outlives the original") {
  mint::CertificateSpec spec = test::ca_spec("CA", "Root", test::key(KeyKind::p384));
  spec.serial = {};
  spec.path_length = 2;
  Certificate copy;
  {
    const Certificate original = test::parsed(test::issue(spec, root_key()));
    copy = original;
  }
  CHECK(copy.is_ca);
  CHECK(copy.path_length == 2);
  CHECK(copy.key_usage->key_cert_sign);
  CHECK(copy.key_usage->crl_sign);
  CHECK(copy.serial_hex() == "00");
  CHECK(copy.subject_cn() == "CA");
}

TEST_CASE(
    "certificate: both encodings of the PSS parameters mean the same, as AMD's ARK and VCEK have them") {
  for (const bool trailer : {false, true}) {
    mint::CertificateSpec spec = leaf();
    spec.scheme = Scheme::rsa_pss_sha384;
    spec.pss_trailer = trailer;
    const Certificate c = test::parsed(test::issue(spec, test::key(KeyKind::rsa2048)));
    CHECK(c.scheme == Scheme::rsa_pss_sha384);
    CHECK(verify(test::key(KeyKind::rsa2048).public_key(), *c.scheme, c.tbs, c.signature));
  }
}

TEST_CASE("certificate: bad-truncated: no prefix is a certificate, and no trailing byte is allowed") {
  const Bytes der = test::issue(leaf(), root_key());
  for (std::size_t size = 0; size < der.size(); ++size) {
    CHECK_FALSE(parse_certificate(ByteView(der).first(size)));
  }
  Bytes longer = der;
  longer.push_back(0);
  CHECK_FALSE(parse_certificate(longer));
}

TEST_CASE("certificate: the parts themselves are a certificate") { CHECK(reads(Parts())); }

TEST_CASE(
    "certificate: bad-version: v1 written out, version 4, extensions or identifiers in an old version") {
  const Bytes some_extension = extensions({extension("1.2.3", {})});
  CHECK_FALSE(reads_with([](Parts& p) { p.version = der::encode(der::context(0), der::integer(0)); }));
  CHECK_FALSE(reads_with([](Parts& p) { p.version = der::encode(der::context(0), der::integer(3)); }));
  CHECK(reads_with([](Parts& p) { p.version = {}; }));
  CHECK(reads_with([&](Parts& p) { p.extensions = some_extension; }));
  CHECK_FALSE(reads_with([&](Parts& p) { p.version = {}, p.extensions = some_extension; }));
  CHECK_FALSE(reads_with([&](Parts& p) {
    p.version = der::encode(der::context(0), der::integer(1)), p.extensions = some_extension;
  }));
  const Bytes unique_id = der::encode(der::context_primitive(1), Bytes{0, 1});
  CHECK(reads_with([&](Parts& p) { p.unique_ids = unique_id; }));
  CHECK_FALSE(reads_with([&](Parts& p) { p.version = {}, p.unique_ids = unique_id; }));
}

TEST_CASE("certificate: bad-serial-padding, bad-algorithm-mismatch, bad-signature-unused-bits") {
  CHECK_FALSE(reads_with([](Parts& p) { p.serial = der::encode(der::kInteger, Bytes{0, 1}); }));
  CHECK_FALSE(reads_with([](Parts& p) { p.serial = der::encode(der::kInteger, Bytes{}); }));
  CHECK(reads_with([](Parts& p) { p.serial = der::encode(der::kInteger, Bytes{0xff}); }));
  CHECK_FALSE(reads_with(
      [](Parts& p) { p.outer_algorithm = mint::encode_signature_algorithm(Scheme::ecdsa_sha384); }));
  // The same algorithm, but with parameters outside and none inside.
  CHECK_FALSE(reads_with([](Parts& p) {
    p.outer_algorithm = der::sequence({der::object_identifier("1.2.840.10045.4.3.2"), der::null()});
  }));
  CHECK_FALSE(reads_with([](Parts& p) { p.signature = der::encode(der::kBitString, Bytes{1, 2}); }));
}

TEST_CASE("certificate: bad-name-empty-part, bad-name-value, bad-name-text, bad-name-too-long") {
  const Bytes cn = der::object_identifier("2.5.4.3");
  const auto name_of = [&](const Bytes& value) {
    return der::sequence({der::set({der::sequence({cn, value})})});
  };
  const auto reads_name = [](const Bytes& name) { return reads_with([&](Parts& p) { p.subject = name; }); };
  CHECK(reads_name(der::sequence({})));
  CHECK(reads_name(name_of(der::ia5("x"))));
  CHECK(reads_name(name_of(der::encode(der::kBmpString, Bytes{0, 'x'}))));
  CHECK_FALSE(reads_name(der::sequence({der::set({})})));
  CHECK_FALSE(reads_name(name_of(der::integer(1))));
  CHECK_FALSE(reads_name(name_of(der::null())));
  CHECK_FALSE(reads_name(name_of(der::encode(der::kUtf8String, Bytes{0xff}))));
  CHECK_FALSE(reads_name(name_of(der::encode(der::kBmpString, Bytes{0}))));
  CHECK_FALSE(reads_name(name_of(der::encode(der::kBmpString, Bytes{0xd8, 0}))));
  CHECK_FALSE(reads_name(der::sequence({der::set({der::sequence({cn})})})));
  CHECK_FALSE(reads_name(mint::encode_name(mint::Name(65, {"2.5.4.3", "x"}))));
}

TEST_CASE("certificate: a name is shown without its control characters_S26") {
  mint::CertificateSpec spec = leaf();
  spec.subject = mint::common_name("evil\x1b[2J\xe2\x80\xae");
  const Certificate c = test::parsed(test::issue(spec, root_key()));
  CHECK(c.subject_text().find('\x1b') == std::string::npos);
  CHECK(c.subject_text().find("\xe2\x80\xae") == std::string::npos);
  CHECK(c.subject_text().find("evil") != std::string::npos);
}

TEST_CASE("certificate: bad-validity: a missing time, an impossible one, a number") {
  const auto reads_validity = [](std::initializer_list<ByteView> list) {
    const Bytes validity = der::sequence(list);
    return reads_with([&](Parts& p) { p.validity = validity; });
  };
  const Bytes good = der::time(test::kStart);
  CHECK(reads_validity({good, good}));
  CHECK_FALSE(reads_validity({good}));
  CHECK_FALSE(reads_validity({good, good, good}));
  CHECK_FALSE(reads_validity({good, der::integer(1)}));
  CHECK_FALSE(reads_validity({good, der::encode(der::kUtcTime, as_bytes("230230000000Z"))}));
  CHECK_FALSE(reads_validity({good, der::encode(der::kUtcTime, as_bytes("2302010000Z"))}));
}

TEST_CASE(
    "certificate: a key that cannot be used leaves the certificate readable, a broken structure does not") {
  Parts parts;
  parts.spki = der::sequence({der::sequence({der::object_identifier("1.2.840.113549.1.3.1"), der::null()}),
                              der::bit_string(Bytes{1})});
  const auto odd = parse_certificate(parts.der());
  REQUIRE(odd.has_value());
  CHECK_FALSE(odd->key.has_value());
  CHECK(odd->key_problem.find("1.2.840.113549.1.3.1") != std::string::npos);
  parts.spki = der::sequence({der::sequence({}), der::bit_string(Bytes{1})});
  CHECK_FALSE(reads(parts));
  parts.spki = der::sequence({der::bit_string(Bytes{1})});
  CHECK_FALSE(reads(parts));
}

TEST_CASE("certificate: bad-scheme-parameters leave no scheme") {
  const auto scheme_with = [](const Bytes& algorithm) -> std::optional<Scheme> {
    Parts parts;
    parts.algorithm = parts.outer_algorithm = algorithm;
    const auto c = parse_certificate(parts.der());
    REQUIRE(c.has_value());
    return c->scheme;
  };
  const auto algorithm = [](std::string_view oid, const Bytes& parameters) {
    return der::sequence({der::object_identifier(oid), parameters});
  };
  CHECK(scheme_with(algorithm("1.2.840.113549.1.1.11", der::null())) == Scheme::rsa_pkcs1_sha256);
  CHECK(scheme_with(algorithm("1.2.840.113549.1.1.11", {})) == Scheme::rsa_pkcs1_sha256);
  CHECK_FALSE(scheme_with(algorithm("1.2.840.113549.1.1.11", der::sequence({}))));
  CHECK_FALSE(scheme_with(algorithm("1.2.840.10045.4.3.2", der::null())));
  CHECK_FALSE(scheme_with(algorithm("1.3.101.112", der::null())));
  CHECK_FALSE(scheme_with(algorithm("1.2.840.113549.1.1.4", der::null())));  // MD5

  const Bytes sha384 = algorithm("2.16.840.1.101.3.4.2.2", der::null());
  const Bytes sha384_bare = algorithm("2.16.840.1.101.3.4.2.2", {}),
              sha256 = algorithm("2.16.840.1.101.3.4.2.1", {});
  const auto pss = [&](const Bytes& hash, const Bytes& mask_hash, std::uint64_t salt, const Bytes& more) {
    return algorithm(
        "1.2.840.113549.1.1.10",
        der::sequence({der::encode(der::context(0), hash),
                       der::encode(der::context(1), algorithm("1.2.840.113549.1.1.8", mask_hash)),
                       der::encode(der::context(2), der::integer(salt)), more}));
  };
  const auto trailer = [](std::uint64_t value) { return der::encode(der::context(3), der::integer(value)); };
  CHECK(scheme_with(pss(sha384, sha384, 48, {})) == Scheme::rsa_pss_sha384);
  CHECK(scheme_with(pss(sha384_bare, sha384, 48, {})) == Scheme::rsa_pss_sha384);
  CHECK(scheme_with(pss(sha384, sha384, 48, trailer(1))) == Scheme::rsa_pss_sha384);
  CHECK_FALSE(scheme_with(pss(sha384, sha384, 48, trailer(2))));
  CHECK_FALSE(scheme_with(pss(sha384, sha384, 32, {})));
  CHECK_FALSE(scheme_with(pss(sha384, sha256, 48, {})));
  CHECK_FALSE(scheme_with(pss(sha256, sha384, 32, {})));
  CHECK_FALSE(scheme_with(pss(sha384, sha384, 48, der::null())));
  CHECK_FALSE(scheme_with(algorithm("1.2.840.113549.1.1.10", der::sequence({}))));  // the defaults mean SHA-1
  CHECK_FALSE(scheme_with(algorithm("1.2.840.113549.1.1.10", {})));
}

TEST_CASE(
    "certificate: bad-extension-twice, bad-extension-list-empty, bad-extension-count, bad-critical-byte") {
  const Bytes one = extension("1.2.3", {1}), same = extension("1.2.3", {2}), other = extension("1.2.4", {1});
  CHECK(reads_with([&](Parts& p) { p.extensions = extensions({one, other}); }));
  CHECK_FALSE(reads_with([&](Parts& p) { p.extensions = extensions({one, other, same}); }));
  CHECK_FALSE(reads_with([&](Parts& p) { p.extensions = extensions({}); }));
  CHECK(reads_with(
      [&](Parts& p) { p.extensions = extensions({extension("1.2.3", {}, der::boolean(false))}); }));
  CHECK_FALSE(reads_with([&](Parts& p) {
    p.extensions = extensions({extension("1.2.3", {}, Bytes{der::kBoolean, 1, 1})});
  }));
  Bytes many;
  for (int i = 0; i < 65; ++i) append(many, extension("1.2.3." + std::to_string(i), {}));
  CHECK_FALSE(reads_with(
      [&](Parts& p) { p.extensions = der::encode(der::context(3), der::encode(der::kSequence, many)); }));
}

TEST_CASE("certificate: bad-basic-constraints and bad-key-usage encodings") {
  CHECK(reads_extension("2.5.29.19", der::sequence({})));
  CHECK(reads_extension("2.5.29.19", der::sequence({der::boolean(false)})));
  CHECK(reads_extension("2.5.29.19", der::sequence({der::boolean(true), der::integer(0)})));
  CHECK_FALSE(reads_extension("2.5.29.19", der::sequence({der::encode(der::kBoolean, Bytes{1})})));
  CHECK_FALSE(reads_extension("2.5.29.19",
                              der::sequence({der::boolean(true), der::encode(der::kInteger, Bytes{0xff})})));
  CHECK_FALSE(reads_extension("2.5.29.19", der::sequence({der::integer(0), der::boolean(true)})));
  CHECK_FALSE(reads_extension("2.5.29.19", {}));

  CHECK(reads_extension("2.5.29.15", key_usage({7, 0x80})));
  CHECK(reads_extension("2.5.29.15", key_usage({0, 0x04})));     // AMD's ASK writes trailing zero bits
  CHECK(reads_extension("2.5.29.15", key_usage({7, 0, 0x80})));  // decipherOnly
  CHECK_FALSE(reads_extension("2.5.29.15", key_usage({0})));
  CHECK_FALSE(reads_extension("2.5.29.15", key_usage({0, 0})));
  CHECK_FALSE(reads_extension("2.5.29.15", key_usage({3, 0x04})));
  CHECK_FALSE(reads_extension("2.5.29.15", key_usage({8, 0x80})));
  CHECK_FALSE(reads_extension("2.5.29.15", key_usage({0, 1, 1, 1})));
  CHECK_FALSE(reads_extension("2.5.29.15", der::integer(4)));
}

TEST_CASE("certificate: key identifiers and CRL addresses; bad ones are refused") {
  const Bytes id(20, 7);
  const Bytes name = mint::encode_name(mint::common_name("Above"));
  Parts parts;
  parts.extensions = extensions(
      {extension("2.5.29.35", der::sequence({der::encode(der::context_primitive(0), id),
                                             der::encode(der::context(1), der::encode(der::context(4), name)),
                                             der::encode(der::context_primitive(2), Bytes{5})}))});
  const auto c = parse_certificate(parts.der());
  REQUIRE(c.has_value());
  CHECK(c->authority_key_id == id);
  CHECK(c->authority_serial == Bytes{5});
  CHECK(equal(c->authority_issuer, name));
  CHECK_FALSE(reads_extension("2.5.29.35", der::sequence({der::integer(1)})));
  CHECK_FALSE(reads_extension("2.5.29.35", der::sequence({der::encode(der::context_primitive(0), Bytes{})})));
  CHECK_FALSE(reads_extension("2.5.29.14", der::sequence({})));
  CHECK_FALSE(reads_extension("2.5.29.14", der::octet_string({})));

  const Bytes url = der::encode(der::context_primitive(6), as_bytes("http://crl.test/a.crl"));
  const auto point = [](const Bytes& general_names) {
    return der::sequence({der::encode(der::context(0), der::encode(der::context(0), general_names))});
  };
  parts.extensions = extensions({extension("2.5.29.31", der::sequence({point(url), point(url)}))});
  const auto with_urls = parse_certificate(parts.der());
  REQUIRE(with_urls.has_value());
  CHECK(with_urls->crl_urls == std::vector<std::string>(2, "http://crl.test/a.crl"));
  CHECK_FALSE(reads_extension("2.5.29.31", der::sequence({})));
  CHECK_FALSE(reads_extension("2.5.29.31", der::sequence({der::integer(1)})));
}

TEST_CASE("certificates: DER, PEM of several, and PEM that holds something else") {
  const Bytes der = test::issue(leaf(), root_key());
  const std::string pem = pem::encode("CERTIFICATE", der);
  CHECK(parse_certificates(der)->size() == 1);
  CHECK(parse_certificates(as_bytes(pem + pem))->size() == 2);
  const std::string with_text = "subject=CN = Leaf\n" + pem;
  CHECK_FALSE(parse_certificates(as_bytes(with_text)));
  CHECK(parse_certificates(as_bytes(with_text), pem::Junk::allow)->size() == 1);
  CHECK_FALSE(parse_certificates(as_bytes(pem + pem::encode("X509 CRL", der))));
  CHECK_FALSE(parse_certificates({}));
}

TEST_CASE("magnitudes compare as numbers of any size") {
  CHECK(compare_magnitudes(Bytes{}, Bytes{0, 0}) == 0);
  CHECK(compare_magnitudes(Bytes{0, 0, 5}, Bytes{5}) == 0);
  CHECK(compare_magnitudes(Bytes{1, 0}, Bytes{0xff}) == 1);
  CHECK(compare_magnitudes(Bytes{0x0f}, Bytes{0xf0}) == -1);
}
