// Public keys as numbers, and the signature checks that evidence needs. Floor F1.
//
// A PublicKey is plain data (curve and point, or modulus and exponent), so it can be pinned, compared and printed.
// Verification never throws and has no partial success: it is true only for a well-formed signature that holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/bytes.h"
#include "crypto/digest.h"

namespace tee::crypto {

enum class Curve { p256, p384, p521 };
std::size_t field_bytes(Curve c);  // 32, 48, 66
std::string_view to_string(Curve c);  // "P-256"

struct EcKey {
  Curve curve = Curve::p256;
  Bytes x, y;  // big-endian, field_bytes long each
  bool operator==(const EcKey&) const = default;
};
struct RsaKey {
  Bytes n, e;  // big-endian, no leading zero
  bool operator==(const RsaKey&) const = default;
  std::size_t bits() const;
};
struct EdKey {  // Ed25519
  Bytes point;
  bool operator==(const EdKey&) const = default;
};

struct PublicKey {
  std::variant<EcKey, RsaKey, EdKey> key;
  bool operator==(const PublicKey&) const = default;
  const EcKey* ec() const { return std::get_if<EcKey>(&key); }
  const RsaKey* rsa() const { return std::get_if<RsaKey>(&key); }
};

// Point on the curve and not infinity, or an Error.
Result<PublicKey> ec_key(Curve curve, ByteView x, ByteView y);
Result<PublicKey> ec_key(Curve curve, ByteView x_then_y);
// 1024 to 16384 bits, odd modulus, odd exponent above 2 and of at most 64 bits; smaller limits are the caller's policy.
Result<PublicKey> rsa_key(ByteView n, ByteView e);
// DER SubjectPublicKeyInfo with named curve, rsaEncryption or Ed25519.
Result<PublicKey> parse_spki(ByteView der);
Bytes encode_spki(const PublicKey& key);
std::string describe(const PublicKey& key);  // "EC P-384", "RSA 4096"

// What a certificate or token says about how it was signed.
enum class Scheme {
  ecdsa_sha256, ecdsa_sha384, ecdsa_sha512,
  rsa_pkcs1_sha1, rsa_pkcs1_sha256, rsa_pkcs1_sha384, rsa_pkcs1_sha512,
  rsa_pss_sha256, rsa_pss_sha384, rsa_pss_sha512,  // MGF1 with the same hash, salt as long as the hash
  ed25519,
};
std::string_view to_string(Scheme s);
Hash hash_of(Scheme s);  // not for ed25519

// How an ECDSA signature is written: DER SEQUENCE (certificates), or r then s, big-endian and field_bytes each.
enum class EcForm { der, raw };

// True when `signature` over `message` by `key` holds under exactly this scheme. r and s must be in 1..n-1.
bool verify(const PublicKey& key, Scheme scheme, ByteView message, ByteView signature, EcForm form = EcForm::der);
bool verify_digest(const PublicKey& key, Scheme scheme, ByteView digest, ByteView signature, EcForm form = EcForm::der);

// Memory of "this signature over these bytes by this key is valid" (S25): a pure fact, never a verdict. Bounded,
// thread-safe, keyed by the full SHA-256 over scheme, key, message and signature. Off until enabled (batch runs).
void enable_signature_memory(std::size_t entries);
// How many public-key operations verify() really did since start, for the benchmark and its gate.
std::uint64_t signature_checks_done();
// The same by kind of key, for weighing them with crypto/bench.h. Other curves and sizes, and Ed25519, count as other.
struct SignatureCounts {
  std::uint64_t p256 = 0, p384 = 0, rsa4096 = 0, other = 0;
};
SignatureCounts signature_counts();

}  // namespace tee::crypto
