#include "crypto/key.h"

#include <bit>
#include <cstdlib>

#include "crypto/openssl_ec.h"

namespace tee::crypto {

namespace {

constexpr std::size_t kMinRsaBits = 1024, kMaxRsaBits = 16384, kMaxExponentBytes = 8;

ByteView without_leading_zeros(ByteView b) {
  while (!b.empty() && b.front() == 0) b = b.subspan(1);
  return b;
}

}  // namespace

std::size_t field_bytes(Curve c) {
  switch (c) {
    case Curve::p256:
      return 32;
    case Curve::p384:
      return 48;
    case Curve::p521:
      return 66;
  }
  std::abort();
}

std::string_view to_string(Curve c) {
  switch (c) {
    case Curve::p256:
      return "P-256";
    case Curve::p384:
      return "P-384";
    case Curve::p521:
      return "P-521";
  }
  std::abort();
}

std::size_t RsaKey::bits() const {
  const ByteView magnitude = without_leading_zeros(n);
  return magnitude.empty()
             ? 0
             : 8 * (magnitude.size() - 1) + static_cast<std::size_t>(std::bit_width(magnitude[0]));
}

Result<PublicKey> ec_key(Curve curve, ByteView x, ByteView y) {
  const std::size_t size = field_bytes(curve);
  if (x.size() != size || y.size() != size) {
    return fail(code::input_malformed, "a point of " + std::string(to_string(curve)) +
                                           " has two coordinates of " + std::to_string(size) +
                                           " bytes, found " + std::to_string(x.size()) + " and " +
                                           std::to_string(y.size()));
  }
  EcKey key{curve, to_bytes(x), to_bytes(y)};
  if (!point_on_curve(key)) {
    return fail(code::input_malformed, "the public key is not a point of " + std::string(to_string(curve)));
  }
  return PublicKey{std::move(key)};
}

Result<PublicKey> ec_key(Curve curve, ByteView x_then_y) {
  const std::size_t size = field_bytes(curve);
  if (x_then_y.size() != 2 * size) {
    return fail(code::input_malformed, "a point of " + std::string(to_string(curve)) + " has " +
                                           std::to_string(2 * size) + " bytes, found " +
                                           std::to_string(x_then_y.size()));
  }
  return ec_key(curve, x_then_y.first(size), x_then_y.subspan(size));
}

Result<PublicKey> rsa_key(ByteView n, ByteView e) {
  RsaKey key{to_bytes(without_leading_zeros(n)), to_bytes(without_leading_zeros(e))};
  if (const std::size_t bits = key.bits(); bits < kMinRsaBits || bits > kMaxRsaBits) {
    return fail(code::input_malformed,
                "an RSA modulus has 1024 to 16384 bits, found " + std::to_string(bits));
  }
  if ((key.n.back() & 1) == 0) return fail(code::input_malformed, "the RSA modulus is even");
  const bool above_two = key.e.size() > 1 || (key.e.size() == 1 && key.e[0] > 2);
  if (!above_two || (key.e.back() & 1) == 0) {
    return fail(code::input_malformed, "the RSA exponent is not an odd number above 2");
  }
  // Larger exponents only serve to make verification slow; OpenSSL stops at the same size.
  if (key.e.size() > kMaxExponentBytes)
    return fail(code::input_malformed, "the RSA exponent has more than 64 bits");
  return PublicKey{std::move(key)};
}

std::string describe(const PublicKey& key) {
  if (const EcKey* ec = key.ec()) return "EC " + std::string(to_string(ec->curve));
  if (const RsaKey* rsa = key.rsa()) return "RSA " + std::to_string(rsa->bits());
  return "Ed25519";
}

std::string_view to_string(Scheme s) {
  switch (s) {
    case Scheme::ecdsa_sha256:
      return "ECDSA with SHA-256";
    case Scheme::ecdsa_sha384:
      return "ECDSA with SHA-384";
    case Scheme::ecdsa_sha512:
      return "ECDSA with SHA-512";
    case Scheme::rsa_pkcs1_sha1:
      return "RSA PKCS #1 v1.5 with SHA-1";
    case Scheme::rsa_pkcs1_sha256:
      return "RSA PKCS #1 v1.5 with SHA-256";
    case Scheme::rsa_pkcs1_sha384:
      return "RSA PKCS #1 v1.5 with SHA-384";
    case Scheme::rsa_pkcs1_sha512:
      return "RSA PKCS #1 v1.5 with SHA-512";
    case Scheme::rsa_pss_sha256:
      return "RSA-PSS with SHA-256";
    case Scheme::rsa_pss_sha384:
      return "RSA-PSS with SHA-384";
    case Scheme::rsa_pss_sha512:
      return "RSA-PSS with SHA-512";
    case Scheme::ed25519:
      return "Ed25519";
  }
  std::abort();
}

Hash hash_of(Scheme s) {
  switch (s) {
    case Scheme::rsa_pkcs1_sha1:
      return Hash::sha1;
    case Scheme::ecdsa_sha256:
    case Scheme::rsa_pkcs1_sha256:
    case Scheme::rsa_pss_sha256:
      return Hash::sha256;
    case Scheme::ecdsa_sha384:
    case Scheme::rsa_pkcs1_sha384:
    case Scheme::rsa_pss_sha384:
      return Hash::sha384;
    case Scheme::ecdsa_sha512:
    case Scheme::rsa_pkcs1_sha512:
    case Scheme::rsa_pss_sha512:
      return Hash::sha512;
    case Scheme::ed25519:
      break;
  }
  std::abort();
}

}  // namespace tee::crypto
