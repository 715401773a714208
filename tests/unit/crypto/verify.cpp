// Signature checks: good ones, and each way in which a signature can be wrong.
#include "base/encoding.h"
#include "codec/der.h"
#include "crypto/key.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

const Bytes kMessage = to_bytes(as_bytes("a report of 672 bytes"));

// Order of each curve, FIPS 186-4 appendix D.1.2.
Bytes order(Curve c) {
  switch (c) {
    case Curve::p256:
      return from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551").value();
    case Curve::p384:
      return from_hex(
                 "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc"
                 "52973")
          .value();
    case Curve::p521:
      break;
  }
  return from_hex(
             "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f"
             "709a5d03bb5c9b"
             "8899c47aebb6fb71e91386409")
      .value();
}

Bytes plus_one(Bytes number) {
  for (std::size_t i = number.size(); i-- > 0;) {
    if (++number[i] != 0) break;
  }
  return number;
}

struct EcCase {
  KeyKind kind;
  Curve curve;
  Scheme scheme;
};
constexpr EcCase kEcCases[] = {{KeyKind::p256, Curve::p256, Scheme::ecdsa_sha256},
                               {KeyKind::p384, Curve::p384, Scheme::ecdsa_sha384},
                               {KeyKind::p521, Curve::p521, Scheme::ecdsa_sha512}};

Bytes signed_with(const PrivateKey& key, Scheme scheme, EcForm form = EcForm::der) {
  auto signature = key.sign(scheme, kMessage, form);
  REQUIRE(signature.has_value());
  return *std::move(signature);
}

bool raw_holds(const PublicKey& key, Scheme scheme, const Bytes& r, const Bytes& s) {
  Bytes both = r;
  append(both, s);
  return verify(key, scheme, kMessage, both, EcForm::raw);
}

bool der_holds(const PublicKey& key, Scheme scheme, const Bytes& signature) {
  return verify(key, scheme, kMessage, signature);
}

}  // namespace

TEST_CASE("ecdsa: both forms of a good signature hold, over message and digest") {
  for (const EcCase& c : kEcCases) {
    const PrivateKey& key = test::key(c.kind);
    const Bytes der_form = signed_with(key, c.scheme), raw = signed_with(key, c.scheme, EcForm::raw);
    CHECK(raw.size() == 2 * field_bytes(c.curve));
    CHECK(verify(key.public_key(), c.scheme, kMessage, der_form));
    CHECK(verify(key.public_key(), c.scheme, kMessage, raw, EcForm::raw));
    CHECK(verify_digest(key.public_key(), c.scheme, digest(hash_of(c.scheme), kMessage), der_form));
    CHECK_FALSE(verify(key.public_key(), c.scheme, kMessage, raw, EcForm::der));
    CHECK_FALSE(verify(key.public_key(), c.scheme, kMessage, der_form, EcForm::raw));
  }
}

TEST_CASE("ecdsa: a known answer of RFC 6979 appendix A.2.5 (P-256, SHA-256, sample)") {
  const auto key = ec_key(
      Curve::p256, from_hex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6").value(),
      from_hex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299").value());
  REQUIRE(key.has_value());
  const Bytes signature = from_hex(
                              "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c"
                              "41d436c7a1b6e29f65f3e900dbb9af"
                              "f4064dc4ab2f843acda8")
                              .value();
  CHECK(verify(*key, Scheme::ecdsa_sha256, as_bytes("sample"), signature, EcForm::raw));
  CHECK_FALSE(verify(*key, Scheme::ecdsa_sha256, as_bytes("sampl"), signature, EcForm::raw));
  CHECK_FALSE(verify(*key, Scheme::ecdsa_sha384, as_bytes("sample"), signature, EcForm::raw));
}

TEST_CASE("ecdsa: bad-message, bad-other-key, bad-other-hash, bad-other-curve") {
  for (const EcCase& c : kEcCases) {
    const Bytes signature = signed_with(test::key(c.kind), c.scheme);
    const PublicKey& key = test::key(c.kind).public_key();
    CHECK_FALSE(verify(key, c.scheme, as_bytes("another report"), signature));
    CHECK_FALSE(verify(test::key(c.kind, 1).public_key(), c.scheme, kMessage, signature));
    const Scheme other = c.scheme == Scheme::ecdsa_sha256 ? Scheme::ecdsa_sha384 : Scheme::ecdsa_sha256;
    CHECK_FALSE(verify(key, other, kMessage, signature));
    const KeyKind other_curve = c.kind == KeyKind::p256 ? KeyKind::p384 : KeyKind::p256;
    CHECK_FALSE(verify(test::key(other_curve).public_key(), c.scheme, kMessage, signature));
    CHECK_FALSE(verify(test::key(KeyKind::rsa2048).public_key(), c.scheme, kMessage, signature));
    CHECK_FALSE(verify(test::key(KeyKind::ed25519).public_key(), c.scheme, kMessage, signature));
  }
}

TEST_CASE("ecdsa: bad-r-zero, bad-s-zero, bad-r-order, bad-s-order, bad-r-above-order, bad-raw-length") {
  for (const EcCase& c : kEcCases) {
    const PublicKey& key = test::key(c.kind).public_key();
    const std::size_t size = field_bytes(c.curve);
    const Bytes raw = signed_with(test::key(c.kind), c.scheme, EcForm::raw);
    const Bytes r(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(size));
    const Bytes s(raw.begin() + static_cast<std::ptrdiff_t>(size), raw.end());
    REQUIRE(raw_holds(key, c.scheme, r, s));
    const Bytes zero(size, 0), n = order(c.curve), ones(size, 0xff);
    CHECK_FALSE(raw_holds(key, c.scheme, zero, s));
    CHECK_FALSE(raw_holds(key, c.scheme, r, zero));
    CHECK_FALSE(raw_holds(key, c.scheme, zero, zero));
    CHECK_FALSE(raw_holds(key, c.scheme, n, s));
    CHECK_FALSE(raw_holds(key, c.scheme, r, n));
    CHECK_FALSE(raw_holds(key, c.scheme, plus_one(n), s));
    CHECK_FALSE(raw_holds(key, c.scheme, r, plus_one(n)));
    CHECK_FALSE(raw_holds(key, c.scheme, ones, ones));
    CHECK_FALSE(raw_holds(key, c.scheme, r, Bytes(s.begin(), s.end() - 1)));
    Bytes longer = s;
    longer.push_back(0);
    CHECK_FALSE(raw_holds(key, c.scheme, r, longer));
    CHECK_FALSE(verify(key, c.scheme, kMessage, {}, EcForm::raw));
    CHECK_FALSE(verify(key, c.scheme, kMessage, {}));
  }
}

TEST_CASE(
    "ecdsa: bad-der-not-canonical: padding, negative numbers, long lengths, trailing bytes, three numbers") {
  const PublicKey& key = test::key(KeyKind::p384).public_key();
  const Scheme scheme = Scheme::ecdsa_sha384;
  const Bytes raw = signed_with(test::key(KeyKind::p384), scheme, EcForm::raw);
  const Bytes r = der::integer_from_magnitude(ByteView(raw).first(48));
  const Bytes s = der::integer_from_magnitude(ByteView(raw).subspan(48));
  const Bytes good = der::sequence({r, s});
  REQUIRE(der_holds(key, scheme, good));

  Bytes padded_content{0};
  append(padded_content, ByteView(r).subspan(2));
  CHECK_FALSE(der_holds(key, scheme, der::sequence({der::encode(der::kInteger, padded_content), s})));
  const Bytes content = to_bytes(ByteView(raw).first(48));
  Bytes negative_content = content;
  negative_content[0] |= 0x80;
  CHECK_FALSE(der_holds(key, scheme, der::sequence({der::encode(der::kInteger, negative_content), s})));
  CHECK_FALSE(der_holds(key, scheme, der::sequence({r, s, der::integer(1)})));
  CHECK_FALSE(der_holds(key, scheme, der::sequence({r})));
  CHECK_FALSE(der_holds(key, scheme, der::sequence({r, s, der::null()})));
  Bytes trailing = good;
  trailing.push_back(0);
  CHECK_FALSE(der_holds(key, scheme, trailing));
  Bytes long_length{0x30, 0x81, good[1]};
  append(long_length, ByteView(good).subspan(2));
  CHECK_FALSE(der_holds(key, scheme, long_length));
  CHECK_FALSE(der_holds(key, scheme, der::sequence({der::integer(0), s})));
  for (std::size_t size = 0; size < good.size(); ++size) {
    CHECK_FALSE(
        der_holds(key, scheme, Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))));
  }
}

TEST_CASE("ecdsa: bad-key-off-curve and bad-key-length never verify") {
  const Bytes signature = signed_with(test::key(KeyKind::p256), Scheme::ecdsa_sha256);
  EcKey key = *test::key(KeyKind::p256).public_key().ec();
  REQUIRE(verify({key}, Scheme::ecdsa_sha256, kMessage, signature));
  EcKey moved = key;
  moved.y[31] ^= 1;
  CHECK_FALSE(verify({moved}, Scheme::ecdsa_sha256, kMessage, signature));
  EcKey shifted = key;  // the same 64 bytes, divided in another place
  shifted.x.push_back(shifted.y.front());
  shifted.y.erase(shifted.y.begin());
  CHECK_FALSE(verify({shifted}, Scheme::ecdsa_sha256, kMessage, signature));
  CHECK_FALSE(verify({EcKey{}}, Scheme::ecdsa_sha256, kMessage, signature));
}

TEST_CASE("rsa: every scheme holds for its own signatures and for no others") {
  constexpr Scheme kSchemes[] = {Scheme::rsa_pkcs1_sha1,   Scheme::rsa_pkcs1_sha256, Scheme::rsa_pkcs1_sha384,
                                 Scheme::rsa_pkcs1_sha512, Scheme::rsa_pss_sha256,   Scheme::rsa_pss_sha384,
                                 Scheme::rsa_pss_sha512};
  const PrivateKey& key = test::key(KeyKind::rsa2048);
  for (const Scheme made : kSchemes) {
    const Bytes signature = signed_with(key, made);
    for (const Scheme judged : kSchemes) {
      CHECK(verify(key.public_key(), judged, kMessage, signature) == (judged == made));
    }
  }
}

TEST_CASE("rsa: bad-signature-length, bad-signature-not-reduced, bad-digest-length, bad-key-empty") {
  const PrivateKey& key = test::key(KeyKind::rsa2048);
  const PublicKey& public_key = key.public_key();
  for (const Scheme scheme : {Scheme::rsa_pss_sha384, Scheme::rsa_pkcs1_sha256}) {
    const Bytes good = signed_with(key, scheme);
    REQUIRE(verify(public_key, scheme, kMessage, good));
    Bytes longer = good, shorter = good, padded{0}, changed = good;
    longer.push_back(0);
    shorter.pop_back();
    append(padded, good);
    changed[100] ^= 1;
    for (const Bytes& bad :
         {longer, shorter, padded, changed, Bytes(), Bytes(256, 0), Bytes(256, 0xff), public_key.rsa()->n}) {
      CHECK_FALSE(verify(public_key, scheme, kMessage, bad));
    }
    CHECK_FALSE(verify_digest(public_key, scheme, Bytes(31, 1), good));
    CHECK_FALSE(verify({RsaKey{}}, scheme, kMessage, good));
  }
}

TEST_CASE("ed25519: a known answer of RFC 8032 section 7.1, test 2") {
  const PublicKey key{
      EdKey{from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").value()}};
  Bytes signature = from_hex(
                        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f"
                        "3613d0f11d8c387b2eaeb430"
                        "2aeeb00d291612bb0c00")
                        .value();
  CHECK(verify(key, Scheme::ed25519, Bytes{0x72}, signature));
  CHECK_FALSE(verify(key, Scheme::ed25519, Bytes{0x73}, signature));
  CHECK_FALSE(verify(key, Scheme::ecdsa_sha256, Bytes{0x72}, signature));
  CHECK_FALSE(verify_digest(key, Scheme::ed25519, Bytes(32, 0), signature));
  signature.pop_back();
  CHECK_FALSE(verify(key, Scheme::ed25519, Bytes{0x72}, signature));
}

TEST_CASE(
    "signature memory: bad-forgotten-field_S25: a remembered signature is remembered only for its own "
    "question") {
  const PublicKey& key = test::key(KeyKind::p256).public_key();
  const Scheme scheme = Scheme::ecdsa_sha256;
  const Bytes signature = signed_with(test::key(KeyKind::p256), scheme);
  enable_signature_memory(64);
  const std::uint64_t before = signature_checks_done();
  CHECK(verify(key, scheme, kMessage, signature));
  CHECK(signature_checks_done() == before + 1);
  CHECK(verify(key, scheme, kMessage, signature));
  CHECK(signature_checks_done() == before + 1);

  Bytes changed = signature;
  changed.back() ^= 1;
  CHECK_FALSE(verify(key, scheme, kMessage, changed));
  CHECK_FALSE(verify(key, scheme, as_bytes("other"), signature));
  CHECK_FALSE(verify(key, Scheme::ecdsa_sha384, kMessage, signature));
  CHECK_FALSE(verify(test::key(KeyKind::p256, 1).public_key(), scheme, kMessage, signature));
  EcKey shifted = *key.ec();
  shifted.x.push_back(shifted.y.front());
  shifted.y.erase(shifted.y.begin());
  CHECK_FALSE(verify({shifted}, scheme, kMessage, signature));
  enable_signature_memory(0);
  const std::uint64_t off = signature_checks_done();
  CHECK(verify(key, scheme, kMessage, signature));
  CHECK(signature_checks_done() == off + 1);
}

TEST_CASE("signature memory: a failure is judged again each time") {
  enable_signature_memory(64);
  Bytes bad = signed_with(test::key(KeyKind::p256), Scheme::ecdsa_sha256);
  bad.back() ^= 1;
  const PublicKey& key = test::key(KeyKind::p256).public_key();
  const std::uint64_t before = signature_checks_done();
  for (int i = 0; i < 3; ++i) CHECK_FALSE(verify(key, Scheme::ecdsa_sha256, kMessage, bad));
  CHECK(signature_checks_done() == before + 3);
  enable_signature_memory(0);
}
