// The parsers of TPM structures: every truncation, both kinds of keys, all accepted signature schemes.
#include "providers/shared/vtpm/tpm.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "mint/vtpm/quote.h"
#include "providers/shared/vtpm/quote.h"

using namespace tee;

namespace {

// Attributes of an attestation key: fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, restricted,
// sign.
constexpr std::uint32_t kAkAttributes = 0x00050072;

void put_sized(Writer& out, ByteView b) { out.u16be(static_cast<std::uint16_t>(b.size())).bytes(b); }

// TPMT_PUBLIC, Part 2 section 12.2.4.
Bytes rsa_public(std::uint16_t bits, ByteView modulus, std::uint32_t attributes = kAkAttributes) {
  Writer out;
  out.u16be(0x0001).u16be(0x000b).u32be(attributes).u16be(0).u16be(0x0010);
  out.u16be(0x0014).u16be(0x000b).u16be(bits).u32be(0);
  put_sized(out, modulus);
  return std::move(out).take();
}

Bytes ecc_public(std::uint16_t curve, ByteView x, ByteView y) {
  Writer out;
  out.u16be(0x0023).u16be(0x000b).u32be(kAkAttributes).u16be(0).u16be(0x0010);
  out.u16be(0x0018).u16be(0x000b).u16be(curve).u16be(0x0010);
  put_sized(out, x);
  put_sized(out, y);
  return std::move(out).take();
}

Bytes without_zeros(ByteView b) {
  while (!b.empty() && b.front() == 0) b = b.subspan(1);
  return to_bytes(b);
}

template <class Parse>
void every_truncation_fails(const Bytes& whole, Parse parse) {
  CHECK(parse(whole).has_value());
  for (std::size_t n = 0; n < whole.size(); ++n) {
    CAPTURE(n);
    CHECK_FALSE(parse(ByteView(whole).first(n)).has_value());
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(parse(longer).has_value());
}

const crypto::PrivateKey& ec_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_ec(crypto::Curve::p256).value();
  return key;
}

// TPMT_SIGNATURE with ECDSA; numbers without leading zeros, as TPMs may write them.
Bytes ecdsa_signature(ByteView message) {
  const Bytes raw = ec_key().sign(crypto::Scheme::ecdsa_sha256, message, crypto::EcForm::raw).value();
  Writer out;
  out.u16be(0x0018).u16be(0x000b);
  put_sized(out, without_zeros(ByteView(raw).first(32)));
  put_sized(out, without_zeros(ByteView(raw).subspan(32)));
  return std::move(out).take();
}

bool holds(ByteView signature, ByteView message, const crypto::PublicKey& key) {
  const auto parsed = vtpm::parse_signature(signature);
  REQUIRE(parsed.has_value());
  const auto form = vtpm::checkable(*parsed, key);
  return form && crypto::verify(key, form->scheme, message, form->bytes, crypto::EcForm::raw);
}

}  // namespace

TEST_CASE("TPMS_ATTEST: every field, and every truncation fails") {
  mint::vtpm::QuoteSpec spec;
  spec.extra_data = {1, 2, 3};
  const Bytes attest = mint::vtpm::encode_attest(spec);
  const auto q = vtpm::parse_attest(attest);
  REQUIRE(q.has_value());
  CHECK(q->magic == vtpm::kMagic);
  CHECK(q->type == vtpm::kTypeQuote);
  CHECK(q->qualified_signer.size() == 34);
  CHECK(q->extra_data == Bytes{1, 2, 3});
  CHECK(q->clock == 1234567);
  CHECK(q->reset_count == 3);
  CHECK(q->restart_count == 1);
  CHECK(q->safe == 1);
  REQUIRE(q->selections.size() == 1);
  CHECK(q->selections[0].count() == 24);
  CHECK(q->pcr_digest.size() == 32);
  every_truncation_fails(attest, vtpm::parse_attest);
}

TEST_CASE("TPMS_ATTEST: banks and bitmaps beyond the limits are malformed") {
  mint::vtpm::QuoteSpec spec;
  spec.selections.assign(17, mint::vtpm::Selection{mint::vtpm::kSha256, 1});
  CHECK_FALSE(vtpm::parse_attest(mint::vtpm::encode_attest(spec)).has_value());
  spec.selections.assign(16, mint::vtpm::Selection{mint::vtpm::kSha256, 1});
  CHECK(vtpm::parse_attest(mint::vtpm::encode_attest(spec)).has_value());
}

TEST_CASE("TPMS_ATTEST: another structure parses, and is no quote") {
  mint::vtpm::QuoteSpec spec;
  spec.type = 0x8017;
  const auto q = vtpm::parse_attest(mint::vtpm::encode_attest(spec));
  REQUIRE(q.has_value());
  CHECK(q->type == 0x8017);
  CHECK(q->selections.empty());
}

TEST_CASE("TPMT_SIGNATURE: RSASSA, RSAPSS and ECDSA hold, each under its own name only") {
  const Bytes message = to_bytes(as_bytes("attested"));
  const crypto::PublicKey& rsa = mint::vtpm::tpm_key(mint::vtpm::Key::attestation).public_key();
  using Form = mint::vtpm::SignatureSpec::Form;
  for (const std::uint16_t scheme : {mint::vtpm::kRsaSsa, mint::vtpm::kRsaPss})
    for (const std::uint16_t hash : {mint::vtpm::kSha256, mint::vtpm::kSha384}) {
      CAPTURE(scheme);
      CAPTURE(hash);
      Bytes signature =
          mint::vtpm::sign_attest(message, {mint::vtpm::Key::attestation, scheme, hash, Form::tpmt}).value();
      CHECK(holds(signature, message, rsa));
      CHECK_FALSE(holds(signature, to_bytes(as_bytes("attester")), rsa));
      CHECK_FALSE(holds(signature, message, ec_key().public_key()));
      every_truncation_fails(signature, vtpm::parse_signature);
      signature[1] = static_cast<std::uint8_t>(signature[1] == 0x14 ? 0x16 : 0x14);
      CHECK_FALSE(holds(signature, message, rsa));
    }
  for (int i = 0; i < 8; ++i) {
    const Bytes signature = ecdsa_signature(message);
    CHECK(holds(signature, message, ec_key().public_key()));
    CHECK_FALSE(holds(signature, message, rsa));
    every_truncation_fails(signature, vtpm::parse_signature);
  }
}

TEST_CASE("TPMT_SIGNATURE: SHA-1, unknown schemes and over-long numbers are refused") {
  const Bytes message = to_bytes(as_bytes("attested"));
  using Form = mint::vtpm::SignatureSpec::Form;
  const Bytes sha1 = mint::vtpm::sign_attest(message, {mint::vtpm::Key::attestation, mint::vtpm::kRsaSsa,
                                                       mint::vtpm::kSha1, Form::tpmt})
                         .value();
  CHECK_FALSE(vtpm::checkable(*vtpm::parse_signature(sha1),
                              mint::vtpm::tpm_key(mint::vtpm::Key::attestation).public_key())
                  .has_value());
  for (const char* scheme : {"0000", "0005", "0010", "001a", "001b", "001c"})
    CHECK_FALSE(vtpm::parse_signature(*from_hex(std::string(scheme) + "000b0001ff")).has_value());
  Writer out;
  out.u16be(0x0018).u16be(0x000b);
  put_sized(out, Bytes(33, 1));
  put_sized(out, Bytes(32, 1));
  const auto parsed = vtpm::parse_signature(out.view());
  REQUIRE(parsed.has_value());
  CHECK_FALSE(vtpm::checkable(*parsed, ec_key().public_key()).has_value());
}

TEST_CASE("TPMT_PUBLIC: RSA with the default exponent, its name and its attributes") {
  const crypto::PublicKey& key = mint::vtpm::tpm_key(mint::vtpm::Key::attestation).public_key();
  const Bytes area = rsa_public(2048, key.rsa()->n);
  const auto p = vtpm::parse_public(area);
  REQUIRE(p.has_value());
  CHECK(p->key == key);
  CHECK(p->is_attestation_key());
  CHECK(p->scheme == vtpm::alg::kRsaSsa);
  CHECK(p->scheme_hash == vtpm::alg::kSha256);
  CHECK(hex(p->name) == "000b" + hex(crypto::sha256(area)));
  every_truncation_fails(area, vtpm::parse_public);
  Writer sized;
  put_sized(sized, area);
  CHECK(vtpm::parse_public(sized.view())->name == p->name);
  CHECK_FALSE(vtpm::parse_public(rsa_public(3072, key.rsa()->n)).has_value());
}

TEST_CASE("TPMT_PUBLIC: only restricted signing keys that stay in their TPM are attestation keys") {
  const Bytes n = mint::vtpm::tpm_key(mint::vtpm::Key::attestation).public_key().rsa()->n;
  const auto attests = [&](std::uint32_t attributes) {
    return vtpm::parse_public(rsa_public(2048, n, attributes))->is_attestation_key();
  };
  CHECK(attests(kAkAttributes));
  CHECK_FALSE(attests(kAkAttributes & ~0x00010000u));  // not restricted: signs any bytes
  CHECK_FALSE(attests(kAkAttributes & ~0x00000002u));  // not fixedTPM
  CHECK_FALSE(attests(kAkAttributes & ~0x00040000u));  // does not sign
  CHECK_FALSE(attests(kAkAttributes | 0x00020000u));   // decrypts as well
}

TEST_CASE("TPMT_PUBLIC: P-256 with short coordinates, and other curves") {
  const crypto::EcKey& ec = *ec_key().public_key().ec();
  const Bytes area = ecc_public(3, without_zeros(ec.x), without_zeros(ec.y));
  const auto p = vtpm::parse_public(area);
  REQUIRE(p.has_value());
  CHECK(p->key == ec_key().public_key());
  CHECK(p->is_attestation_key());
  every_truncation_fails(area, vtpm::parse_public);
  CHECK_FALSE(vtpm::parse_public(ecc_public(4, ec.x, ec.y)).has_value());
  CHECK_FALSE(vtpm::parse_public(ecc_public(0x10, ec.x, ec.y)).has_value());
  Bytes off = ec.y;
  off[31] ^= 1;
  CHECK_FALSE(vtpm::parse_public(ecc_public(3, ec.x, off)).has_value());
}

TEST_CASE("the digest of PCRs needs every selected value in the size of its bank") {
  vtpm::PcrSelection s{vtpm::alg::kSha256, 0x000009};
  vtpm::PcrValues values{{0, Bytes(32, 1)}, {3, Bytes(32, 2)}};
  Bytes joined(32, 1);
  append(joined, Bytes(32, 2));
  CHECK(vtpm::digest_of(s, values, crypto::Hash::sha256) == to_bytes(crypto::sha256(joined)));
  values[3].pop_back();
  CHECK_FALSE(vtpm::digest_of(s, values, crypto::Hash::sha256).has_value());
  values.erase(3);
  CHECK_FALSE(vtpm::digest_of(s, values, crypto::Hash::sha256).has_value());
  s.bank = 0x0012;
  CHECK_FALSE(vtpm::digest_of(s, values, crypto::Hash::sha256).has_value());
}

TEST_CASE("values of PCRs outside the selection are dropped") {
  mint::vtpm::QuoteSpec spec;
  spec.selections[0].bits = 0x0000ff;
  const Bytes attest = mint::vtpm::encode_attest(spec);
  vtpm::QuoteInput in;
  in.attest = attest;
  in.key = mint::vtpm::tpm_key(mint::vtpm::Key::attestation).public_key();
  in.signature = {
      vtpm::alg::kRsaSsa, vtpm::alg::kSha256, mint::vtpm::sign_attest(attest, {}).value(), {}, {}};
  in.pcrs = mint::vtpm::usual_pcrs();
  Findings found;
  const vtpm::PcrValues values = vtpm::judge_quote(in, found);
  CHECK(values.size() == 8);
  CHECK_FALSE(values.contains(8));
  in.all_pcrs_required = true;
  Findings strict;
  CHECK(vtpm::judge_quote(in, strict).empty());
  CHECK(strict.failed("vtpm.quote.pcrs"));
}
