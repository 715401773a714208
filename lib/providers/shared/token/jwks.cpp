#include "providers/shared/token/jwks.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "crypto/x509.h"

namespace tee::token {

namespace {

using crypto::Curve;
using crypto::PublicKey;

Result<Bytes> number(const Json& jwk, const char* member) {
  const auto text = json::text_of(jwk, member);
  if (!text)
    return fail(tee::code::input_malformed, std::string("member ") + member + " is absent or no text");
  Result<Bytes> bytes = from_base64(*text, Base64::url);
  if (!bytes || bytes->empty())
    return fail(tee::code::input_malformed, std::string("member ") + member + " is not base64url");
  return bytes;
}

// RFC 7518 section 6.3.1: the shortest octets of the value.
Result<PublicKey> rsa_from_numbers(const Json& jwk) {
  TEE_TRY(const Bytes n, number(jwk, "n"));
  TEE_TRY(const Bytes e, number(jwk, "e"));
  if (n.front() == 0 || e.front() == 0)
    return fail(tee::code::input_malformed, "a number has a leading zero byte");
  return crypto::rsa_key(n, e);
}

// RFC 7518 section 6.2.1: coordinates as long as the field.
Result<PublicKey> ec_from_numbers(const Json& jwk) {
  const std::string crv = json::text_of(jwk, "crv").value_or("");
  if (crv != "P-256" && crv != "P-384")
    return fail(tee::code::input_malformed, "the curve is neither P-256 nor P-384");
  const Curve curve = crv == "P-256" ? Curve::p256 : Curve::p384;
  TEE_TRY(const Bytes x, number(jwk, "x"));
  TEE_TRY(const Bytes y, number(jwk, "y"));
  if (x.size() != crypto::field_bytes(curve) || y.size() != crypto::field_bytes(curve))
    return fail(tee::code::input_malformed, "a coordinate has the wrong length");
  return crypto::ec_key(curve, x, y);
}

// RFC 8037 section 2: the public key is x; of the curves only Ed25519 signs.
Result<PublicKey> ed_from_numbers(const Json& jwk) {
  if (jwk.contains("x5c")) return fail(tee::code::input_malformed, "a certificate beside an OKP key is not read");
  if (json::text_of(jwk, "crv") != "Ed25519")
    return fail(tee::code::input_malformed, "the curve of the OKP key is not Ed25519");
  TEE_TRY(Bytes x, number(jwk, "x"));
  if (x.size() != 32) return fail(tee::code::input_malformed, "an Ed25519 key has 32 bytes");
  return PublicKey{crypto::EdKey{std::move(x)}};
}

// RFC 7517 section 4.7: standard base64, the key's own certificate first.
Result<PublicKey> key_of_certificate(const Json& jwk) {
  const Json* x5c = json::find(jwk, "x5c");
  if (!x5c->is_array() || x5c->empty() || !x5c->front().is_string())
    return fail(tee::code::input_malformed, "x5c is no list of certificates");
  TEE_TRY(const Bytes der, from_base64(x5c->front().get_ref<const std::string&>()));
  TEE_TRY(const crypto::Certificate certificate, crypto::parse_certificate(der));
  if (!certificate.key)
    return fail(tee::code::input_malformed, "the certificate's key is of a type that is not supported");
  return *certificate.key;
}

// RFC 7517 sections 4.2 and 4.3: what the key may be used for, where it says so.
Status check_purpose(const Json& jwk) {
  if (const Json* use = json::find(jwk, "use"); use && *use != "sig")
    return fail(tee::code::input_malformed, "the key is not meant for signatures");
  const Json* ops = json::find(jwk, "key_ops");
  if (!ops) return {};
  if (ops->is_array())
    for (const Json& op : *ops)
      if (op == "verify") return {};
  return fail(tee::code::input_malformed, "the key is not meant for verifying");
}

bool same(const Jwk& a, const Jwk& b) { return a.key == b.key && a.alg == b.alg && a.problem == b.problem; }

}  // namespace

Result<PublicKey> key_of_jwk(const Json& jwk) {
  const std::string kty = json::text_of(jwk, "kty").value_or("");
  if (kty == "OKP") return ed_from_numbers(jwk);
  if (kty != "RSA" && kty != "EC")
    return fail(tee::code::input_malformed, "the key type is none of RSA, EC and OKP");
  const bool has_certificate = jwk.contains("x5c");
  const bool has_numbers = jwk.contains(kty == "RSA" ? "n" : "x");
  if (!has_certificate && !has_numbers)
    return fail(tee::code::input_malformed, "there is neither a number nor a certificate");

  std::optional<PublicKey> key;
  if (has_numbers) {
    TEE_TRY(key, kty == "RSA" ? rsa_from_numbers(jwk) : ec_from_numbers(jwk));
  }
  if (has_certificate) {
    TEE_TRY(const PublicKey certified, key_of_certificate(jwk));
    if (key && *key != certified)
      return fail(tee::code::input_malformed, "the certificate holds another key than the numbers say");
    key = certified;
  }
  const bool is_rsa = key->rsa() != nullptr;
  if (is_rsa != (kty == "RSA"))
    return fail(tee::code::input_malformed, "the certificate's key is of another type");
  if (is_rsa && key->rsa()->bits() < kSmallestRsaBits)
    return fail(tee::code::input_malformed, "the RSA key is shorter than 2048 bits");
  return *key;
}

Jwk parse_jwk(const Json& jwk) {
  Jwk out;
  out.kid = json::text_of(jwk, "kid").value_or("");
  out.alg = json::text_of(jwk, "alg").value_or("");
  if (const Status purpose = check_purpose(jwk); !purpose) {
    out.problem = purpose.error().message;
    return out;
  }
  if (jwk.contains("alg") && out.alg.empty()) {
    out.problem = "member alg is no text";
    return out;
  }
  Result<PublicKey> key = key_of_jwk(jwk);
  if (key)
    out.key = *std::move(key);
  else
    out.problem = key.error().message;
  return out;
}

Result<KeySet> parse_jwks(ByteView document) {
  TEE_TRY(const Json json, json::parse(as_text(document)));
  if (!json.is_object()) return fail(tee::code::input_malformed, "a key set is a JSON object");
  KeySet out;
  const Json* keys = json::find(json, "keys");
  if (!keys) {
    if (!json.contains("kty")) return fail(tee::code::input_malformed, "a key set has a member \"keys\"");
    out.keys.push_back(parse_jwk(json));
    return out;
  }
  if (!keys->is_array() || keys->size() > kMostKeys)
    return fail(tee::code::input_malformed, "\"keys\" is a list of at most 256 keys");
  for (const Json& entry : *keys) {
    if (!entry.is_object()) return fail(tee::code::input_malformed, "an entry of the key set is no object");
    Jwk key = parse_jwk(entry);
    if (const Jwk* twin = key.kid.empty() ? nullptr : out.find(key.kid)) {
      if (!same(*twin, key))
        return fail(tee::code::input_malformed, "two different keys of the set share one key id");
      continue;
    }
    out.keys.push_back(std::move(key));
  }
  return out;
}

const Jwk* KeySet::find(std::string_view kid) const {
  for (const Jwk& key : keys)
    if (!key.kid.empty() && key.kid == kid) return &key;
  return nullptr;
}

std::string thumbprint(const PublicKey& key) {
  const auto url = [](ByteView b) { return base64(b, Base64::url); };
  std::string text;
  if (const auto* rsa = key.rsa()) {
    text = R"({"e":")" + url(rsa->e) + R"(","kty":"RSA","n":")" + url(rsa->n) + "\"}";
  } else if (const auto* ec = key.ec()) {
    const char* crv = ec->curve == Curve::p256 ? "P-256" : ec->curve == Curve::p384 ? "P-384" : "P-521";
    text = std::string(R"({"crv":")") + crv + R"(","kty":"EC","x":")" + url(ec->x) + R"(","y":")" +
           url(ec->y) + "\"}";
  } else {
    return {};
  }
  return url(crypto::sha256(as_bytes(text)));
}

}  // namespace tee::token
