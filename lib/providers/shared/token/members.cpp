#include "providers/shared/token/members.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::token {

namespace {

bool all_texts(const Json& v) {
  return std::all_of(v.begin(), v.end(), [](const Json& e) { return e.is_string(); });
}

}  // namespace

std::optional<std::string> Members::text(const char* name) const {
  const Json* v = json::find(object_, name);
  if (!v) return std::nullopt;
  if (v->is_string()) return v->get<std::string>();
  problem(name, "no text");
  return std::nullopt;
}

std::optional<bool> Members::truth(const char* name) const {
  const Json* v = json::find(object_, name);
  if (!v) return std::nullopt;
  if (v->is_boolean()) return v->get<bool>();
  problem(name, "neither true nor false");
  return std::nullopt;
}

std::optional<std::uint64_t> Members::integer(const char* name) const {
  const Json* v = json::find(object_, name);
  if (!v) return std::nullopt;
  if (v->is_number_unsigned()) return v->get<std::uint64_t>();
  problem(name, "no whole number");
  return std::nullopt;
}

std::optional<Texts> Members::texts(const char* name) const {
  const Json* v = json::find(object_, name);
  if (!v) return std::nullopt;
  if (v->is_array() && all_texts(*v)) return v->get<Texts>();
  problem(name, "no list of texts");
  return std::nullopt;
}

Texts Members::one_or_more(const char* name) const {
  const Json* v = json::find(object_, name);
  if (!v) return {};
  if (v->is_string()) return {v->get<std::string>()};
  if (v->is_array() && all_texts(*v)) return v->get<Texts>();
  problem(name, "neither a text nor a list of texts");
  return {};
}

Json Members::pairs(const char* name) const {
  const Json* v = object(name);
  if (!v) return nullptr;
  if (all_texts(*v)) return *v;
  problem(name, "not made of texts");
  return nullptr;
}

const Json* Members::object(const char* name) const {
  const Json* v = json::find(object_, name);
  if (!v || v->is_object()) return v;
  problem(name, "no object");
  return nullptr;
}

std::optional<Bytes> Members::hex_bytes(const char* name, std::size_t size) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  Result<Bytes> bytes = from_hex(*value);
  if (bytes && bytes->size() == size) return *std::move(bytes);
  problem(name, "not " + std::to_string(size) + " bytes of hex");
  return std::nullopt;
}

std::optional<Bytes> Members::base64url_bytes(const char* name, std::size_t size) const {
  const auto value = text(name);
  if (!value) return std::nullopt;
  Result<Bytes> bytes = from_base64(*value, Base64::url);
  if (bytes && bytes->size() == size) return *std::move(bytes);
  problem(name, "not " + std::to_string(size) + " bytes of base64url");
  return std::nullopt;
}

}  // namespace tee::token
