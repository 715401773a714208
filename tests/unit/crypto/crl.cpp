// CRLs: reading and judging.
#include "base/encoding.h"
#include "codec/der.h"
#include "codec/pem.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

const PrivateKey& issuer_key() { return test::key(KeyKind::p384); }
Bytes issuer_name() { return mint::encode_name(mint::common_name("Root")); }

mint::CrlSpec spec_of() {
  mint::CrlSpec spec;
  spec.issuer = mint::common_name("Root");
  spec.this_update = test::kStart;
  spec.next_update = test::kEnd;
  spec.scheme = Scheme::ecdsa_sha384;
  return spec;
}

Bytes made(const mint::CrlSpec& spec) {
  auto der = mint::make_crl(spec, issuer_key());
  REQUIRE(der.has_value());
  return *std::move(der);
}

Crl read(const mint::CrlSpec& spec) {
  auto crl = parse_crl(made(spec));
  REQUIRE(crl.has_value());
  return *std::move(crl);
}

CrlState judged(const mint::CrlSpec& spec, Time at = test::kNow) {
  return judge_crl(read(spec), issuer_name(), issuer_key().public_key(), at);
}

}  // namespace

TEST_CASE("crl: fields, and serials looked up by their INTEGER content") {
  mint::CrlSpec spec = spec_of();
  spec.revoked = {{0x02, 0x00, 0x01}, {0xf9}, {}, {0x01}};
  spec.number = 300;
  const Crl crl = read(spec);
  CHECK(crl.revoked_count() == 4);
  CHECK(crl.lists(Bytes{0x02, 0x00, 0x01}));
  CHECK(crl.lists(Bytes{0x00, 0xf9}));
  CHECK_FALSE(crl.lists(Bytes{0xf9}));
  CHECK(crl.lists(Bytes{0x00}));
  CHECK(crl.lists(Bytes{0x01}));
  CHECK_FALSE(crl.lists(Bytes{0x02}));
  CHECK_FALSE(crl.lists({}));
  CHECK(hex(*crl.number) == "012c");
  CHECK(crl.authority_key_id == mint::key_identifier(issuer_key().public_key()));
  CHECK(crl.this_update == test::kStart);
  CHECK(crl.next_update == test::kEnd);
  CHECK(equal(crl.issuer, issuer_name()));
}

TEST_CASE("crl: PEM holds exactly one") {
  const Bytes der = made(spec_of());
  const std::string pem = pem::encode("X509 CRL", der);
  CHECK(parse_crl(as_bytes(pem)).has_value());
  CHECK_FALSE(parse_crl(as_bytes(pem + pem)));
  CHECK_FALSE(parse_crl(as_bytes(pem::encode("CERTIFICATE", der))));
}

TEST_CASE(
    "crl: bad-truncated, bad-version-1, bad-empty-list, bad-algorithm-mismatch, bad-certificate-for-crl") {
  mint::CrlSpec spec = spec_of();
  spec.revoked = {{1}};
  const Bytes der = made(spec);
  for (std::size_t size = 0; size < der.size(); ++size) CHECK_FALSE(parse_crl(ByteView(der).first(size)));
  CHECK_FALSE(parse_crl(test::issue(test::leaf_spec(issuer_key()), issuer_key())));

  const Bytes algorithm = mint::encode_signature_algorithm(Scheme::ecdsa_sha384), name = issuer_name();
  const Bytes time = der::time(test::kStart), signature = der::bit_string(Bytes(70, 1));
  const auto reads = [&](std::initializer_list<ByteView> tbs, const Bytes& outer) {
    return parse_crl(der::sequence({der::sequence(tbs), outer, signature})).has_value();
  };
  const Bytes v2 = der::integer(1);
  CHECK(reads({v2, algorithm, name, time}, algorithm));
  CHECK_FALSE(reads({algorithm, name, time}, algorithm));
  CHECK_FALSE(reads({der::integer(0), algorithm, name, time}, algorithm));
  CHECK_FALSE(reads({v2, algorithm, name, time, time, der::sequence({})}, algorithm));
  CHECK_FALSE(reads({v2, algorithm, name, time}, mint::encode_signature_algorithm(Scheme::ecdsa_sha256)));
  CHECK_FALSE(
      reads({v2, algorithm, name, time, time, der::sequence({der::sequence({der::integer(1)})})}, algorithm));
}

TEST_CASE("crl: current, and its times are inclusive") {
  CHECK(judged(spec_of()) == CrlState::current);
  CHECK(judged(spec_of(), test::kStart) == CrlState::current);
  CHECK(judged(spec_of(), test::kEnd) == CrlState::current);
  CHECK(judged(spec_of(), test::kEnd + Seconds(1)) == CrlState::stale);
  CHECK(judged(spec_of(), test::kStart - Seconds(1)) == CrlState::not_yet_valid);
}

TEST_CASE("crl: bad-no-next-update is stale, bad-issuer, bad-signature before bad-time, bad-key") {
  mint::CrlSpec endless = spec_of();
  endless.next_update.reset();
  CHECK(judged(endless) == CrlState::stale);

  const Crl crl = read(spec_of());
  const Bytes other_name = mint::encode_name(mint::common_name("Other"));
  CHECK(judge_crl(crl, other_name, issuer_key().public_key(), test::kNow) == CrlState::other_issuer);
  const PublicKey& other_key = test::key(KeyKind::p384, 1).public_key();
  CHECK(judge_crl(crl, issuer_name(), other_key, test::kNow) == CrlState::bad_signature);
  CHECK(judge_crl(crl, issuer_name(), other_key, test::kEnd + Seconds(1)) == CrlState::bad_signature);
  Bytes der = made(spec_of());
  der.back() ^= 1;
  const auto changed = parse_crl(der);
  REQUIRE(changed.has_value());
  CHECK(judge_crl(*changed, issuer_name(), issuer_key().public_key(), test::kNow) == CrlState::bad_signature);
}

TEST_CASE("crl: bad-delta, bad-partial, bad-unknown-critical and bad-indirect-entry are unusable") {
  const auto with = [](mint::ExtensionSpec extension) {
    mint::CrlSpec spec = spec_of();
    spec.extensions = {std::move(extension)};
    return judged(spec);
  };
  CHECK(with({"2.5.29.27", true, der::integer(1)}) == CrlState::unusable);
  CHECK(with({"2.5.29.28", true, der::sequence({})}) == CrlState::unusable);
  CHECK(with({"2.5.29.28", false, der::sequence({})}) == CrlState::unusable);
  CHECK(with({"1.2.3.4", true, der::null()}) == CrlState::unusable);
  CHECK(with({"1.2.3.4", false, der::null()}) == CrlState::current);

  mint::CrlSpec entries = spec_of();
  entries.revoked = {{1}};
  entries.entry_extensions = {{"2.5.29.21", false, der::encode(der::kEnumerated, Bytes{1})}};
  CHECK(judged(entries) == CrlState::current);
  entries.entry_extensions = {{"2.5.29.29", true, der::sequence({})}};
  CHECK(judged(entries) == CrlState::unusable);
  CHECK(read(entries).has_unknown_critical);
}

TEST_CASE("crl: bad-twice: a repeated extension or a wrong number is malformed") {
  mint::CrlSpec spec = spec_of();
  spec.extensions = {{"2.5.29.20", false, der::integer(2)}};
  CHECK_FALSE(parse_crl(made(spec)));
  spec.number.reset();
  CHECK(parse_crl(made(spec)).has_value());
  spec.extensions = {{"2.5.29.20", false, der::encode(der::kInteger, Bytes{0x80})}};
  CHECK_FALSE(parse_crl(made(spec)));
}
