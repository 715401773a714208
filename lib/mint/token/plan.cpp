#include "mint/token/plan.h"

#include "base/encoding.h"
#include "codec/jwt.h"

namespace tee::mint::token {

namespace {

// Generating an RSA key fails only when the machine has no randomness; nothing sensible can go on then.
const crypto::PrivateKey make_key(unsigned bits) { return crypto::PrivateKey::generate_rsa(bits).value(); }

std::string url(ByteView bytes) { return base64(bytes, Base64::url); }

}  // namespace

const crypto::PrivateKey& signing_key() {
  static const crypto::PrivateKey key = make_key(2048);
  return key;
}
const crypto::PrivateKey& second_key() {
  static const crypto::PrivateKey key = make_key(2048);
  return key;
}
const crypto::PrivateKey& stranger_key() {
  static const crypto::PrivateKey key = make_key(2048);
  return key;
}
const crypto::PrivateKey& short_key() {
  static const crypto::PrivateKey key = make_key(1024);
  return key;
}
const crypto::PrivateKey& p384_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_ec(crypto::Curve::p384).value();
  return key;
}
const crypto::PrivateKey& ed25519_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_ed25519().value();
  return key;
}
const crypto::PrivateKey& p256_key() {
  static const crypto::PrivateKey key = crypto::PrivateKey::generate_ec(crypto::Curve::p256).value();
  return key;
}

Json jwk(const crypto::PublicKey& key, std::string_view kid) {
  if (const auto* ec = key.ec())
    return {{"kty", "EC"},     {"crv", ec->curve == crypto::Curve::p256 ? "P-256" : "P-384"},
            {"kid", kid},      {"use", "sig"},
            {"x", url(ec->x)}, {"y", url(ec->y)}};
  if (const auto* ed = std::get_if<crypto::EdKey>(&key.key))
    return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"kid", kid}, {"use", "sig"}, {"x", url(ed->point)}};
  const auto* rsa = key.rsa();
  return {{"kty", "RSA"},   {"kid", kid},       {"use", "sig"},
          {"alg", "RS256"}, {"n", url(rsa->n)}, {"e", url(rsa->e)}};
}

Json key_set(const Json& keys) { return {{"keys", keys}}; }

std::string with_second_member(const Json& object, std::string_view member, const Json& value) {
  std::string text = json::dump(object);
  text.pop_back();
  return text + ",\"" + std::string(member) + "\":" + json::dump(value) + "}";
}

Result<std::string> sign(const Plan& plan) {
  const std::string input = jwt::signing_input(plan.header_text.value_or(json::dump(plan.header)),
                                               plan.claims_text.value_or(json::dump(plan.claims)));
  TEE_TRY(const Bytes signature, plan.signer->sign(plan.scheme, as_bytes(input), crypto::EcForm::raw));
  return input + "." + url(signature);
}

Result<Case> finish(Plan plan, std::string_view name) {
  TEE_TRY(std::string token, sign(plan));
  if (plan.spoil) plan.spoil(token);
  Case out;
  out.name = name;
  out.evidence = {"token.jwt", to_bytes(as_bytes(token + "\n"))};
  if (plan.with_key_set)
    out.collateral.push_back(
        {"keys.json", to_bytes(as_bytes(json::dump(key_set(plan.keys), json::Style::pretty)))});
  for (Artifact& a : plan.collateral) out.collateral.push_back(std::move(a));
  out.files = plan.files;
  out.anchors = plan.anchors;
  out.at = plan.at;
  out.flags = plan.flags;
  out.exit = plan.exit;
  out.code = plan.code;
  if (plan.wrap) plan.wrap(plan, out);
  return out;
}

std::vector<Row> join(std::initializer_list<std::span<const Row>> tables) {
  std::vector<Row> out;
  for (const auto& table : tables) out.insert(out.end(), table.begin(), table.end());
  return out;
}

std::vector<Variant> variants_of(const std::vector<Row>& rows) {
  std::vector<Variant> out;
  for (const Row& row : rows) out.push_back({row.name, row.what});
  return out;
}

Result<Case> make(const std::vector<Row>& rows, std::string_view name, const std::function<Plan()>& base) {
  for (const Row& row : rows) {
    if (row.name != name) continue;
    Plan plan = base();
    if (row.change) row.change(plan);
    return finish(std::move(plan), name);
  }
  return fail(code::internal_bug, "the mint has no variant " + printable(name));
}

}  // namespace tee::mint::token
