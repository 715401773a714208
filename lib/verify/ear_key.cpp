#include "verify/ear_key.h"

#include "codec/json.h"
#include "codec/pem.h"
#include "providers/shared/token/jwks.h"
#include "verify/codes.h"

namespace tee::verify {

namespace {

tl::unexpected<Error> unusable(std::string message, std::string hint = {}) {
  return fail(code::ear_public_key, std::move(message), std::move(hint));
}

constexpr const char* kMakePublic = "make the public one with: openssl pkey -in KEY -pubout";

// The algorithm that goes with a key of this kind.
std::string_view algorithm_for(const crypto::PublicKey& key) {
  if (const auto* ec = key.ec()) return ec->curve == crypto::Curve::p256 ? "ES256" : ec->curve == crypto::Curve::p384 ? "ES384" : "";
  return std::holds_alternative<crypto::EdKey>(key.key) ? "EdDSA" : "";
}

Result<crypto::PublicKey> from_json(ByteView file) {
  const auto document = json::parse(as_text(file));
  if (!document) return unusable("not a JWK: " + document.error().message);
  const Json* list = json::find(*document, "keys");
  const Json* jwk = list && list->is_array() && list->size() == 1 ? &list->front() : &*document;
  if (list && jwk == &*document) return unusable("a key set with another number of keys than one", "give one verifier's one key");
  if (jwk->is_object() && jwk->contains("d")) return unusable("a private key; the verifier's public one is needed");
  const token::Jwk parsed = token::parse_jwk(*jwk);
  if (!parsed.key) return unusable("not a public key: " + parsed.problem);
  if (!parsed.alg.empty() && parsed.alg != algorithm_for(*parsed.key)) return unusable("the JWK names an algorithm that does not fit its key");
  return *parsed.key;
}

Result<crypto::PublicKey> from_pem(ByteView file) {
  const auto blocks = pem::parse(as_text(file), pem::Junk::allow);
  if (!blocks || blocks->size() != 1) return unusable("one PEM block of a public key is expected");
  if (blocks->front().label.ends_with("PRIVATE KEY")) return unusable("a private key; the verifier's public one is needed", kMakePublic);
  if (blocks->front().label != "PUBLIC KEY") return unusable("a PEM block of a public key is expected", "of a certificate, take the key: openssl x509 -pubkey -noout");
  const auto key = crypto::parse_spki(blocks->front().der);
  if (!key) return unusable("not a public key that can be read");
  return *key;
}

}  // namespace

Result<crypto::PublicKey> read_ear_key(ByteView file) {
  const std::string_view text = as_text(file);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  Result<crypto::PublicKey> key = first != std::string_view::npos && text[first] == '{' ? from_json(file)
                                  : pem::looks_like_pem(text)                            ? from_pem(file)
                                                                                         : crypto::parse_spki(file);
  if (!key && key.error().code == &code::ear_public_key) return key;
  if (!key) return unusable("neither a JWK nor a public key in PEM or DER", kMakePublic);
  if (algorithm_for(*key).empty()) return unusable(crypto::describe(*key) + " signs no results; P-256, P-384 and Ed25519 do");
  return key;
}

}  // namespace tee::verify
