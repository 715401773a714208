#include "codec/jwt.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/encoding.h"

namespace tee::jwt {

namespace {

using Parts = std::array<std::string_view, 3>;

// Exactly three parts; nullopt for any other number. Parts may be empty here.
std::optional<Parts> split(std::string_view text) {
  Parts out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t dot = text.find('.');
    const bool last = i + 1 == out.size();
    if (last != (dot == std::string_view::npos)) return std::nullopt;
    out[i] = text.substr(0, dot);
    if (!last) text.remove_prefix(dot + 1);
  }
  return out;
}

// Characters of either base64 alphabet, padding included: a token that is spelled wrongly is still a token.
bool base64_like(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '+' || c == '/' || c == '=';
}

Result<Bytes> decode_part(std::string_view part, std::string_view name, std::size_t limit) {
  if (part.empty()) return fail(code::input_malformed, "the token's " + std::string(name) + " is empty");
  if (part.size() > (limit * 4 + 2) / 3)
    return fail(code::input_malformed,
                "the token's " + std::string(name) + " is larger than " + std::to_string(limit) + " bytes");
  Result<Bytes> bytes = from_base64(part, Base64::url);
  if (!bytes)
    return fail(code::input_malformed, "the token's " + std::string(name) + " is not canonical base64url");
  return bytes;
}

Result<Json> decode_object(std::string_view part, std::string_view name, std::size_t limit,
                           std::size_t depth) {
  TEE_TRY(const Bytes bytes, decode_part(part, name, limit));
  Result<Json> value = json::parse(as_text(bytes), {.depth = depth, .bytes = limit});
  if (!value)
    return fail(code::input_malformed, "the token's " + std::string(name) + ": " + value.error().message);
  if (!value->is_object() || bytes.front() != '{')
    return fail(code::input_malformed, "the token's " + std::string(name) + " is no JSON object");
  return value;
}

}  // namespace

std::string_view without_line_end(ByteView text) {
  std::string_view t = as_text(text);
  while (t.ends_with('\n') || t.ends_with('\r')) t.remove_suffix(1);
  return t;
}

bool looks_compact(ByteView text) {
  const std::string_view t = without_line_end(text);
  // The first six bits of '{' are 'e' in base64.
  if (t.size() < 8 || t[0] != 'e') return false;
  const auto parts = split(t);
  if (!parts || (*parts)[0].size() < 2 || (*parts)[1].empty()) return false;
  return std::all_of(t.begin(), t.end(), [](char c) { return c == '.' || base64_like(c); });
}

Result<Compact> parse(ByteView text, const Limits& limits) {
  const std::string_view token = without_line_end(text);
  const auto parts = split(token);
  if (!parts) return fail(code::input_malformed, "a compact token has exactly three parts");
  const auto& [header, payload, signature] = *parts;
  Compact out;
  TEE_TRY(out.header, decode_object(header, "header", limits.header, limits.depth));
  TEE_TRY(out.payload, decode_object(payload, "payload", limits.payload, limits.depth));
  TEE_TRY(out.signature, decode_part(signature, "signature", limits.signature));
  out.signing_input = token.substr(0, header.size() + 1 + payload.size());
  return out;
}

std::string signing_input(std::string_view header, std::string_view payload) {
  return base64(as_bytes(header), Base64::url) + "." + base64(as_bytes(payload), Base64::url);
}

}  // namespace tee::jwt
