#include "providers/shared/token/kind.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/encoding.h"
#include "codec/json.h"
#include "codec/jwt.h"

namespace tee::token {

namespace {

constexpr std::size_t kLongestPayload = 64u << 10;

bool on_host(std::string_view issuer, std::string_view suffix) {
  if (!issuer.starts_with("https://")) return false;
  const std::string_view host = issuer.substr(8, issuer.find('/', 8) - 8);
  return host.ends_with(suffix);
}

Kind by_issuer(std::string_view issuer) {
  if (on_host(issuer, "confidentialcomputing.googleapis.com")) return Kind::gcp_confidential;
  if (on_host(issuer, ".attest.azure.net")) return Kind::azure_maa;
  if (on_host(issuer, ".attestation.nvidia.com")) return Kind::nvidia_nras;
  if (on_host(issuer, ".trustauthority.intel.com")) return Kind::intel_trust_authority;
  return Kind::other;
}

bool has_prefix(const Json& claims, std::string_view prefix) {
  return std::any_of(claims.items().begin(), claims.items().end(),
                     [prefix](const auto& item) { return std::string_view(item.key()).starts_with(prefix); });
}

bool contains(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

// A custom instance or a forged issuer: the claim names still say whose format it is.
Kind by_claims(const Json& claims) {
  const std::string profile = json::text_of(claims, "eat_profile").value_or("");
  if (has_prefix(claims, "x-ms-")) return Kind::azure_maa;
  if (has_prefix(claims, "x-nvidia-")) return Kind::nvidia_nras;
  if (contains(profile, "/ear") || contains(profile, "confidential-containers/Trustee") || claims.contains("ear.verifier-id")) return Kind::ear;
  if (contains(profile, "confidential-space") || claims.contains("swname")) return Kind::gcp_confidential;
  return Kind::other;
}

// The claims do not parse. Their room shall say why, so markers in the raw text have to do.
Kind by_text(std::string_view text) {
  if (contains(text, "confidentialcomputing.googleapis.com")) return Kind::gcp_confidential;
  if (contains(text, ".attest.azure.net") || contains(text, "\"x-ms-")) return Kind::azure_maa;
  if (contains(text, ".attestation.nvidia.com") || contains(text, "\"x-nvidia-")) return Kind::nvidia_nras;
  if (contains(text, ".trustauthority.intel.com")) return Kind::intel_trust_authority;
  if (contains(text, "\"ear.verifier-id\"")) return Kind::ear;
  return Kind::other;
}

}  // namespace

std::optional<Kind> kind_of(ByteView evidence) {
  if (!jwt::looks_compact(evidence)) return std::nullopt;
  const std::string_view text = jwt::without_line_end(evidence);
  const std::size_t dot = text.find('.');
  const std::string_view part = text.substr(dot + 1, text.rfind('.') - dot - 1);
  const Result<Bytes> payload = from_base64_lenient(part);
  if (!payload) return Kind::other;
  const Result<Json> claims = json::parse(as_text(*payload), {.bytes = kLongestPayload});
  if (!claims || !claims->is_object()) return by_text(as_text(*payload));
  const Kind kind = by_issuer(json::text_of(*claims, "iss").value_or(""));
  return kind == Kind::other ? by_claims(*claims) : kind;
}

}  // namespace tee::token
