#include "codec/json.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::json {

namespace {

void put_escape(std::string& out, std::uint32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[unit >> shift & 15];
}

// Beyond ASCII nothing stands outside of strings, so escaping there cannot break the text.
std::string escape_display_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && static_cast<unsigned char>(text[plain]) < 0x7f) ++plain;
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const Utf8Char c = first_utf8(text);
    if (c.length == 0) {
      text.remove_prefix(1);  // not reached: the writer replaced invalid bytes
    } else if (!acts_on_display(c.value)) {
      out += text.substr(0, c.length);
    } else if (c.value > 0xffff) {
      put_escape(out, 0xd800 + ((c.value - 0x10000) >> 10));
      put_escape(out, 0xdc00 + ((c.value - 0x10000) & 0x3ff));
    } else {
      put_escape(out, c.value);
    }
    text.remove_prefix(c.length);
  }
  return out;
}

// RFC 6901 section 4; nullopt for a tilde that escapes nothing.
std::optional<std::string> unescape_token(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      out += token[i];
      continue;
    }
    if (++i == token.size() || (token[i] != '0' && token[i] != '1')) return std::nullopt;
    out += token[i] == '0' ? '~' : '/';
  }
  return out;
}

// An array index: digits without leading zeros.
const Json* element(const Json& array, std::string_view token) {
  if (token.empty() || token.size() > 9 || (token.size() > 1 && token[0] == '0')) return nullptr;
  std::size_t index = 0;
  for (char c : token) {
    if (c < '0' || c > '9') return nullptr;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index < array.size() ? &array[index] : nullptr;
}

}  // namespace

std::string dump(const Json& value, Style style) {
  return escape_display_controls(
      value.dump(style == Style::pretty ? 2 : -1, ' ', false, Json::error_handler_t::replace));
}

const Json* find(const Json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  const auto entry = object.find(key);
  return entry == object.end() ? nullptr : &*entry;
}

std::optional<std::string> text_of(const Json& object, std::string_view key) {
  const Json* value = find(object, key);
  if (!value || !value->is_string()) return std::nullopt;
  return value->get_ref<const std::string&>();
}

std::optional<std::uint64_t> unsigned_of(const Json& object, std::string_view key) {
  const Json* value = find(object, key);
  if (!value || !value->is_number_integer()) return std::nullopt;
  if (!value->is_number_unsigned() && value->get<std::int64_t>() < 0) return std::nullopt;
  return value->get<std::uint64_t>();
}

const Json* at_pointer(const Json& value, std::string_view pointer) {
  const Json* at = &value;
  while (at && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const std::optional<std::string> token = unescape_token(pointer.substr(0, end));
    pointer.remove_prefix(end);
    if (!token) return nullptr;
    at = at->is_array() ? element(*at, *token) : find(*at, *token);
  }
  return at;
}

}  // namespace tee::json
