#include <atomic>
#include <optional>

#include "codec/der.h"
#include "crypto/algorithm.h"
#include "crypto/key.h"
#include "crypto/openssl_ec.h"
#include "crypto/openssl_pkey.h"
#include "crypto/signature_memory.h"

namespace tee::crypto {

namespace {

std::atomic<std::uint64_t> p256_done{0}, p384_done{0}, rsa4096_done{0}, other_done{0};

SignatureMemory& memory() {
  static SignatureMemory instance;
  return instance;
}

struct EcSignature {
  ByteView r, s;
};

// RFC 3279 section 2.2.3 (DER), RFC 8152 section 8.1 and the quote formats (raw, exact length).
std::optional<EcSignature> split(ByteView signature, EcForm form, Curve curve) {
  if (form == EcForm::raw) {
    const std::size_t size = field_bytes(curve);
    if (signature.size() != 2 * size) return std::nullopt;
    return EcSignature{signature.first(size), signature.subspan(size)};
  }
  der::Reader outer(signature);
  auto fields = outer.enter(der::kSequence);
  if (!fields || !outer.done()) return std::nullopt;
  const auto r = fields->expect(der::kInteger);
  const auto s = fields->expect(der::kInteger);
  if (!r || !s || !fields->done()) return std::nullopt;
  const auto r_value = der::positive_integer(*r), s_value = der::positive_integer(*s);
  if (!r_value || !s_value) return std::nullopt;
  return EcSignature{*r_value, *s_value};
}

// `signed_bytes` is the digest, for Ed25519 the message.
bool check(const PublicKey& key, Scheme scheme, ByteView signed_bytes, ByteView signature, EcForm form) {
  const Family family = family_of(scheme);
  if (const EcKey* ec = key.ec()) {
    const auto parts = family == Family::ecdsa ? split(signature, form, ec->curve) : std::nullopt;
    if (!parts) return false;
    ++(ec->curve == Curve::p256 ? p256_done : ec->curve == Curve::p384 ? p384_done : other_done);
    return ecdsa_holds(*ec, signed_bytes, parts->r, parts->s);
  }
  if (const RsaKey* rsa = key.rsa()) {
    if (family != Family::pkcs1 && family != Family::pss) return false;
    ++(rsa->bits() == 4096 ? rsa4096_done : other_done);
    return rsa_holds(*rsa, scheme, signed_bytes, signature);
  }
  if (family != Family::ed25519) return false;
  ++other_done;
  return ed25519_holds(std::get<EdKey>(key.key), signed_bytes, signature);
}

void add_counted(Hasher& to, ByteView bytes) { to.add(Writer().u64be(bytes.size()).view()).add(bytes); }

// Every field apart and with its length, so that no two different questions can share an id.
void add_key(Hasher& to, const PublicKey& key) {
  if (const EcKey* ec = key.ec()) {
    const std::uint8_t kind[] = {'E', static_cast<std::uint8_t>(ec->curve)};
    add_counted(to, kind);
    add_counted(to, ec->x);
    add_counted(to, ec->y);
  } else if (const RsaKey* rsa = key.rsa()) {
    add_counted(to, as_bytes("R"));
    add_counted(to, rsa->n);
    add_counted(to, rsa->e);
  } else {
    add_counted(to, as_bytes("D"));
    add_counted(to, std::get<EdKey>(key.key).point);
  }
}

SignatureId identify(const PublicKey& key, Scheme scheme, ByteView signed_bytes, ByteView signature,
                     EcForm form) {
  Hasher hasher(Hash::sha256);
  const std::uint8_t kinds[] = {static_cast<std::uint8_t>(scheme), static_cast<std::uint8_t>(form)};
  hasher.add(kinds);
  add_key(hasher, key);
  add_counted(hasher, signed_bytes);
  add_counted(hasher, signature);
  const Bytes digest = hasher.finish();
  SignatureId out;
  std::memcpy(out.data(), digest.data(), out.size());
  return out;
}

bool check_remembering(const PublicKey& key, Scheme scheme, ByteView signed_bytes, ByteView signature,
                       EcForm form) {
  if (!memory().enabled()) return check(key, scheme, signed_bytes, signature, form);
  const SignatureId id = identify(key, scheme, signed_bytes, signature, form);
  if (memory().knows(id)) return true;
  if (!check(key, scheme, signed_bytes, signature, form)) return false;
  memory().remember(id);
  return true;
}

}  // namespace

bool verify(const PublicKey& key, Scheme scheme, ByteView message, ByteView signature, EcForm form) {
  if (scheme == Scheme::ed25519) return check_remembering(key, scheme, message, signature, form);
  return check_remembering(key, scheme, digest(hash_of(scheme), message), signature, form);
}

bool verify_digest(const PublicKey& key, Scheme scheme, ByteView digest, ByteView signature, EcForm form) {
  if (scheme == Scheme::ed25519 || digest.size() != digest_size(hash_of(scheme))) return false;
  return check_remembering(key, scheme, digest, signature, form);
}

void enable_signature_memory(std::size_t entries) { memory().set_capacity(entries); }

SignatureCounts signature_counts() {
  return {p256_done.load(), p384_done.load(), rsa4096_done.load(), other_done.load()};
}

std::uint64_t signature_checks_done() {
  const SignatureCounts c = signature_counts();
  return c.p256 + c.p384 + c.rsa4096 + c.other;
}

}  // namespace tee::crypto
