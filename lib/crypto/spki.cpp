// SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7): rsaEncryption and named curves by RFC 3279 section 2.3,
// Ed25519 by RFC 8410 section 4.
#include "codec/der.h"
#include "crypto/algorithm.h"
#include "crypto/key.h"

namespace tee::crypto {

namespace {

constexpr std::string_view kEcPublicKey = "1.2.840.10045.2.1", kRsaEncryption = "1.2.840.113549.1.1.1",
                           kEd25519 = "1.3.101.112";

struct NamedCurve {
  Curve curve;
  std::string_view oid;
};
constexpr NamedCurve kCurves[] = {
    {Curve::p256, "1.2.840.10045.3.1.7"}, {Curve::p384, "1.3.132.0.34"}, {Curve::p521, "1.3.132.0.35"}};

Result<PublicKey> ec_from(const AlgorithmIdentifier& algorithm, ByteView point) {
  if (!algorithm.parameters || algorithm.parameters->tag != der::kOid) {
    return fail(code::input_malformed, "an EC key whose curve is not given by name");
  }
  TEE_TRY(const std::string oid, der::oid_text(algorithm.parameters->content));
  for (const NamedCurve& known : kCurves) {
    if (known.oid != oid) continue;
    if (point.empty() || point[0] != 0x04) {
      return fail(code::input_malformed, "an EC point that is not in uncompressed form");
    }
    return ec_key(known.curve, point.subspan(1));
  }
  return fail(code::input_malformed, "an EC key on the unknown curve " + oid);
}

Result<PublicKey> rsa_from(const AlgorithmIdentifier& algorithm, ByteView encoded) {
  if (!algorithm.parameters || algorithm.parameters->tag != der::kNull) {
    return fail(code::input_malformed, "an RSA key without the NULL parameters");
  }
  der::Reader outer(encoded);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(const der::Element n, fields.expect(der::kInteger));
  TEE_TRY(const der::Element e, fields.expect(der::kInteger));
  TEE_CHECK(fields.finish());
  TEE_TRY(const ByteView modulus, der::positive_integer(n));
  TEE_TRY(const ByteView exponent, der::positive_integer(e));
  return rsa_key(modulus, exponent);
}

Result<PublicKey> ed25519_from(const AlgorithmIdentifier& algorithm, ByteView point) {
  if (algorithm.parameters) return fail(code::input_malformed, "an Ed25519 key with parameters");
  if (point.size() != 32) {
    return fail(code::input_malformed, "an Ed25519 key has 32 bytes, found " + std::to_string(point.size()));
  }
  return PublicKey{EdKey{to_bytes(point)}};
}

Bytes encode_algorithm(std::string_view oid, ByteView parameters) {
  const Bytes identifier = der::object_identifier(oid);
  return der::sequence({identifier, parameters});
}

}  // namespace

Result<PublicKey> parse_spki(ByteView der) {
  der::Reader outer(der);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(fields));
  TEE_TRY(const der::Element bits, fields.expect(der::kBitString));
  TEE_CHECK(fields.finish());
  TEE_TRY(const ByteView key, der::bit_string(bits));
  if (algorithm.oid == kEcPublicKey) return ec_from(algorithm, key);
  if (algorithm.oid == kRsaEncryption) return rsa_from(algorithm, key);
  if (algorithm.oid == kEd25519) return ed25519_from(algorithm, key);
  return fail(code::input_malformed, "a public key of the unknown type " + algorithm.oid);
}

Bytes encode_spki(const PublicKey& key) {
  if (const EcKey* ec = key.ec()) {
    Bytes point{0x04};
    append(point, ec->x);
    append(point, ec->y);
    for (const NamedCurve& known : kCurves) {
      if (known.curve != ec->curve) continue;
      return der::sequence(
          {encode_algorithm(kEcPublicKey, der::object_identifier(known.oid)), der::bit_string(point)});
    }
  }
  if (const RsaKey* rsa = key.rsa()) {
    const Bytes numbers =
        der::sequence({der::integer_from_magnitude(rsa->n), der::integer_from_magnitude(rsa->e)});
    return der::sequence({encode_algorithm(kRsaEncryption, der::null()), der::bit_string(numbers)});
  }
  const EdKey* ed = std::get_if<EdKey>(&key.key);
  return der::sequence({encode_algorithm(kEd25519, {}), der::bit_string(ed->point)});
}

}  // namespace tee::crypto
