#include "crypto/key.h"

#include "base/encoding.h"
#include "codec/der.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

// FIPS 186-4 appendix D.1.2: the base point of P-256 and the field prime.
const Bytes kGx = from_hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296").value();
const Bytes kGy = from_hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5").value();
const Bytes kPrime = from_hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff").value();

// y for x = 0 and x = p: the same point of the field, but x = p is not a reduced coordinate.
const Bytes kYOfZero = from_hex("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4").value();

Bytes spki(std::string_view algorithm, const Bytes& parameters, const Bytes& key) {
  return der::sequence(
      {der::sequence({der::object_identifier(algorithm), parameters}), der::bit_string(key)});
}

Bytes point(std::uint8_t form, std::initializer_list<ByteView> coordinates) {
  Bytes out{form};
  for (const ByteView c : coordinates) append(out, c);
  return out;
}

constexpr std::string_view kEc = "1.2.840.10045.2.1", kRsa = "1.2.840.113549.1.1.1", kEd = "1.3.101.112";
const Bytes kP256 = der::object_identifier("1.2.840.10045.3.1.7");

bool spki_ok(const Bytes& der) { return parse_spki(der).has_value(); }

Bytes modulus(std::size_t bits) {  // odd, of exactly this many bits
  Bytes out((bits + 7) / 8, 0x55);
  out[0] = static_cast<std::uint8_t>(1u << ((bits - 1) % 8));
  return out;
}

}  // namespace

TEST_CASE("ec_key: a point of the curve is accepted") {
  const auto made = ec_key(Curve::p256, kGx, kGy);
  REQUIRE(made.has_value());
  CHECK(made->ec()->x == kGx);
  CHECK(describe(*made) == "EC P-256");
  Bytes both = kGx;
  append(both, kGy);
  CHECK(ec_key(Curve::p256, both).value() == *made);
  CHECK(ec_key(Curve::p256, Bytes(32, 0), kYOfZero).has_value());
}

TEST_CASE("ec_key: bad-point-off-curve, bad-point-infinity, bad-coordinate-not-reduced, bad-point-length") {
  Bytes moved = kGy;
  moved[31] ^= 1;
  CHECK_FALSE(ec_key(Curve::p256, kGx, moved));
  CHECK_FALSE(ec_key(Curve::p256, Bytes(32, 0), Bytes(32, 0)));
  CHECK_FALSE(ec_key(Curve::p256, kPrime, kYOfZero));
  CHECK_FALSE(ec_key(Curve::p256, ByteView(kGx).first(31), kGy));
  CHECK_FALSE(ec_key(Curve::p384, kGx, kGy));
  CHECK_FALSE(ec_key(Curve::p256, Bytes(63, 1)));
  CHECK_FALSE(ec_key(Curve::p256, Bytes()));
}

TEST_CASE("rsa_key: sizes and parity") {
  const Bytes e65537{1, 0, 1};
  CHECK(rsa_key(modulus(1024), e65537).has_value());
  CHECK(rsa_key(modulus(16384), e65537).has_value());
  CHECK_FALSE(rsa_key(modulus(1023), e65537));
  CHECK_FALSE(rsa_key(modulus(16385), e65537));
  CHECK_FALSE(rsa_key({}, e65537));
  Bytes even = modulus(2048);
  even.back() = 0;
  CHECK_FALSE(rsa_key(even, e65537));
  for (const Bytes& e : {Bytes{}, Bytes{0}, Bytes{1}, Bytes{2}, Bytes{4}, Bytes{1, 0}, Bytes(9, 1)}) {
    CHECK_FALSE(rsa_key(modulus(2048), e));
  }
  CHECK(rsa_key(modulus(2048), Bytes{3}).has_value());
  CHECK(rsa_key(modulus(2048), Bytes(8, 1)).has_value());
}

TEST_CASE("rsa_key: leading zeros do not make another key") {
  Bytes padded{0, 0};
  append(padded, modulus(2048));
  const auto plain = rsa_key(modulus(2048), Bytes{1, 0, 1}), zeros = rsa_key(padded, Bytes{0, 1, 0, 1});
  REQUIRE(plain.has_value());
  CHECK(*plain == zeros.value());
  CHECK(plain->rsa()->bits() == 2048);
  CHECK(describe(*plain) == "RSA 2048");
}

TEST_CASE("spki: every kind of key comes back from its own encoding") {
  for (const KeyKind kind :
       {KeyKind::p256, KeyKind::p384, KeyKind::p521, KeyKind::rsa2048, KeyKind::ed25519}) {
    const PublicKey& original = test::key(kind).public_key();
    const auto back = parse_spki(encode_spki(original));
    REQUIRE(back.has_value());
    CHECK(*back == original);
  }
}

TEST_CASE("spki: bad-curve-parameters, bad-compressed-point, bad-unused-bits, bad-trailing-bytes") {
  const Bytes good_point = point(4, {kGx, kGy});
  const Bytes good = spki(kEc, kP256, good_point);
  REQUIRE(spki_ok(good));
  CHECK_FALSE(spki_ok(spki(kEc, der::sequence({der::integer(1)}), good_point)));  // explicit parameters
  CHECK_FALSE(spki_ok(spki(kEc, der::null(), good_point)));
  CHECK_FALSE(spki_ok(spki(kEc, {}, good_point)));
  CHECK_FALSE(spki_ok(spki(kEc, der::object_identifier("1.3.132.0.10"), good_point)));  // secp256k1
  CHECK_FALSE(spki_ok(spki(kEc, kP256, point(3, {kGx}))));
  CHECK_FALSE(spki_ok(spki(kEc, kP256, point(6, {kGx, kGy}))));  // hybrid form
  CHECK_FALSE(spki_ok(spki(kEc, kP256, {0})));                   // infinity
  CHECK_FALSE(spki_ok(spki(kEc, kP256, {})));
  Bytes trailing = good;
  trailing.push_back(0);
  CHECK_FALSE(spki_ok(trailing));
  Bytes unused_bits{1};
  append(unused_bits, good_point);
  const Bytes algorithm = der::sequence({der::object_identifier(kEc), kP256});
  CHECK_FALSE(spki_ok(der::sequence({algorithm, der::encode(der::kBitString, unused_bits)})));
}

TEST_CASE("spki: bad-rsa-parameters, bad-rsa-negative-modulus, bad-rsa-extra-field, bad-ed25519-length") {
  const Bytes n = modulus(2048);
  const Bytes numbers = der::sequence({der::integer_from_magnitude(n), der::integer(65537)});
  REQUIRE(spki_ok(spki(kRsa, der::null(), numbers)));
  CHECK_FALSE(spki_ok(spki(kRsa, {}, numbers)));
  CHECK_FALSE(spki_ok(spki(kRsa, kP256, numbers)));
  CHECK_FALSE(spki_ok(spki("1.2.840.113549.1.1.10", der::null(), numbers)));  // a key only for PSS
  Bytes negative = n;
  negative[0] |= 0x80;
  CHECK_FALSE(spki_ok(
      spki(kRsa, der::null(), der::sequence({der::encode(der::kInteger, negative), der::integer(65537)}))));
  CHECK_FALSE(
      spki_ok(spki(kRsa, der::null(),
                   der::sequence({der::integer_from_magnitude(n), der::integer(65537), der::integer(1)}))));
  CHECK(spki_ok(spki(kEd, {}, Bytes(32, 1))));
  CHECK_FALSE(spki_ok(spki(kEd, der::null(), Bytes(32, 1))));
  CHECK_FALSE(spki_ok(spki(kEd, {}, Bytes(31, 1))));
}

TEST_CASE("names of curves and schemes, and the hash of each scheme") {
  CHECK(to_string(Curve::p384) == "P-384");
  CHECK(field_bytes(Curve::p521) == 66);
  CHECK(to_string(Scheme::rsa_pss_sha384) == "RSA-PSS with SHA-384");
  CHECK(hash_of(Scheme::ecdsa_sha512) == Hash::sha512);
  CHECK(hash_of(Scheme::rsa_pkcs1_sha1) == Hash::sha1);
}
