#include "verify/public_key.h"

#include "base/encoding.h"
#include "base/env.h"
#include "codec/pem.h"
#include "crypto/x509.h"
#include "evidence/binding.h"
#include "evidence/byte_argument.h"

namespace tee::verify {

namespace {

constexpr std::size_t kKeyFileLimit = 64u << 10;

// RFC 8410: SubjectPublicKeyInfo of X25519, up to the 32 bytes of the key.
constexpr std::array<std::uint8_t, 12> kX25519Head = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00};

struct Algorithm {
  std::string_view prefix;
  std::uint16_t id;
};
constexpr Algorithm kAlgorithms[] = {
    {"x25519", bound_key::kX25519}, {"x25519-tangle1", bound_key::kX25519Tangle1}, {"x25519-age", bound_key::kX25519Age},
    {"p256", bound_key::kP256},     {"p384", bound_key::kP384},                    {"spki", bound_key::kSpki},
};

tl::unexpected<Error> bad_key(std::string message, std::string hint = {}) {
  return fail(code::usage_value, "--public-key: " + std::move(message), std::move(hint));
}

Bytes x25519_spki(ByteView key) {
  Bytes spki(kX25519Head.begin(), kX25519Head.end());
  append(spki, key);
  return spki;
}

Bytes uncompressed(const crypto::EcKey& key) {
  Bytes point{0x04};
  append(point, key.x);
  append(point, key.y);
  return point;
}

Result<PublicKeyBinding> raw_x25519(std::uint16_t id, ByteView key) {
  if (key.size() != 32) return bad_key("an X25519 key has 32 bytes, not " + std::to_string(key.size()));
  return PublicKeyBinding{id, to_bytes(key), x25519_spki(key)};
}

Result<PublicKeyBinding> raw_point(std::uint16_t id, crypto::Curve curve, ByteView point) {
  const std::size_t size = 1 + 2 * crypto::field_bytes(curve);
  if (point.size() != size || point[0] != 0x04)
    return bad_key("an EC key is the uncompressed point, " + std::to_string(size) + " bytes beginning with 04");
  const auto key = crypto::ec_key(curve, point.subspan(1));
  if (!key) return bad_key("the point is not on the curve");
  return PublicKeyBinding{id, to_bytes(point), crypto::encode_spki(*key)};
}

Result<PublicKeyBinding> from_bytes(std::uint16_t id, ByteView key) {
  switch (id) {
    case bound_key::kP256: return raw_point(id, crypto::Curve::p256, key);
    case bound_key::kP384: return raw_point(id, crypto::Curve::p384, key);
    case bound_key::kSpki: return binding_for_spki(key);
    default: return raw_x25519(id, key);
  }
}

Result<Bytes> spki_of_file(const std::string& path) {
  TEE_TRY(const Bytes content, read_file(path, kKeyFileLimit));
  const std::string name = printable(path);
  Bytes der = content;
  if (pem::looks_like_pem(as_text(content))) {
    const auto blocks = pem::parse(as_text(content), pem::Junk::allow);
    if (!blocks || blocks->empty()) return fail(code::file_unreadable, name + ": no PEM block can be read");
    if (blocks->front().label != "PUBLIC KEY" && blocks->front().label != "CERTIFICATE")
      return fail(code::file_unreadable, name + ": a PEM block of a public key or a certificate is expected",
                  "never hand out a private key; make the public one with: openssl pkey -pubout");
    der = blocks->front().der;
  }
  if (const auto certificate = crypto::parse_certificate(der)) return to_bytes(certificate->spki);
  return der;
}

}  // namespace

Result<PublicKeyBinding> binding_for_spki(ByteView spki) {
  if (spki.size() == kX25519Head.size() + 32 && equal(spki.first(kX25519Head.size()), ByteView(kX25519Head)))
    return raw_x25519(bound_key::kX25519, spki.subspan(kX25519Head.size()));
  const Result<crypto::PublicKey> key = crypto::parse_spki(spki);
  if (!key) return bad_key("not a public key that can be read");
  const crypto::EcKey* ec = key->ec();
  if (ec && ec->curve == crypto::Curve::p256) return PublicKeyBinding{bound_key::kP256, uncompressed(*ec), to_bytes(spki)};
  if (ec && ec->curve == crypto::Curve::p384) return PublicKeyBinding{bound_key::kP384, uncompressed(*ec), to_bytes(spki)};
  return PublicKeyBinding{bound_key::kSpki, to_bytes(spki), to_bytes(spki)};
}

Result<PublicKeyBinding> read_public_key(std::string_view argument) {
  const std::size_t colon = argument.find(':');
  if (colon != std::string_view::npos) {
    for (const Algorithm& a : kAlgorithms) {
      if (argument.substr(0, colon) != a.prefix) continue;
      TEE_TRY(const Bytes key, read_byte_argument(argument.substr(colon + 1)));
      return from_bytes(a.id, key);
    }
  }
  TEE_TRY(const Bytes spki, spki_of_file(std::string(argument)));
  Result<PublicKeyBinding> key = binding_for_spki(spki);
  if (!key)
    return fail(code::file_unreadable, printable(argument) + ": not a public key or certificate in PEM or DER",
                "other forms: x25519:HEX, p256:HEX, p384:HEX, spki:@FILE");
  return key;
}

}  // namespace tee::verify
