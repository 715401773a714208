#include "providers/shared/intel_dcap/json_fields.h"

#include "base/encoding.h"
#include "providers/shared/intel_dcap/codes.h"

namespace tee::intel {

namespace {

tl::unexpected<Error> expected(std::string_view key, std::string_view what) {
  return unusable(std::string(key) + ": " + std::string(what) + " expected");
}

}  // namespace

tl::unexpected<Error> unusable(std::string message) {
  return fail(code::collateral_unusable, std::move(message));
}

Result<std::string> text_field(const Json& object, std::string_view key) {
  auto out = json::text_of(object, key);
  if (!out) return expected(key, "a text");
  return *std::move(out);
}

Result<std::uint64_t> number_field(const Json& object, std::string_view key, std::uint64_t most) {
  const auto out = json::unsigned_of(object, key);
  if (!out || *out > most) return expected(key, "a whole number up to " + std::to_string(most));
  return *out;
}

Result<Time> time_field(const Json& object, std::string_view key) {
  TEE_TRY(const std::string text, text_field(object, key));
  const Result<Time> out = parse_rfc3339(text);
  if (!out) return expected(key, "a time such as 2025-06-20T10:32:00Z");
  return *out;
}

Result<const Json*> object_field(const Json& object, std::string_view key) {
  const Json* out = json::find(object, key);
  if (out == nullptr || !out->is_object()) return expected(key, "an object");
  return out;
}

Result<const Json*> array_field(const Json& object, std::string_view key) {
  const Json* out = json::find(object, key);
  if (out == nullptr || !out->is_array() || out->empty()) return expected(key, "a list that is not empty");
  return out;
}

Result<std::vector<std::string>> texts_field(const Json& object, std::string_view key) {
  std::vector<std::string> out;
  const Json* list = json::find(object, key);
  if (list == nullptr) return out;
  if (!list->is_array()) return expected(key, "a list of texts");
  for (const Json& entry : *list) {
    if (!entry.is_string()) return expected(key, "a list of texts");
    out.push_back(entry.get<std::string>());
  }
  return out;
}

Result<Bytes> hex_field(const Json& object, std::string_view key, std::size_t size) {
  TEE_TRY(const std::string text, text_field(object, key));
  Result<Bytes> out = from_hex(text);
  if (!out || out->size() != size) return expected(key, std::to_string(size) + " bytes in hexadecimal");
  return out;
}

}  // namespace tee::intel
