// JSON: nlohmann_json behind strict guards. Floor F1.
//
// Refused before or while parsing, in every document: a BOM, NUL bytes, invalid UTF-8, duplicate keys (compared
// after unescaping), nesting over the limit, numbers that a 64-bit integer or a double cannot hold, more values than
// the limit, anything after the value. Error texts give line and column and quote nothing but a doubled key, in
// printable form. parse() serves untrusted bytes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/bytes.h"

namespace tee {

using Json = nlohmann::json;  // objects keep their keys sorted, so equal values print as equal bytes

namespace json {

struct Limits {
  std::size_t depth = 64;
  std::size_t bytes = 8u << 20;
  std::size_t values = 1u << 18;  // keeps 8 MiB of the smallest values from growing twentyfold in memory
};

struct Position {
  std::size_t line = 1, column = 1;  // 1-based, columns in bytes
};

// Where a value stands in the text: [begin, end) byte offsets, and the position of its first byte.
struct Span {
  std::size_t begin = 0, end = 0;
  Position at;
};

// A document whose values can be traced back to the exact bytes they were read from (signed JSON, diagnostics).
struct Located {
  Json value;
  std::map<std::string, Span> spans;  // JSON pointer -> span; "" is the whole value
};

// Error code input.malformed; message like "line 3, column 9: key \"a\" occurs twice".
Result<Json> parse(std::string_view text, const Limits& limits = {});
// Also records the spans of values down to `span_depth` levels (0: the root only; SIZE_MAX: all).
Result<Located> parse_located(std::string_view text, std::size_t span_depth, const Limits& limits = {});

// Compact or indented text. Never throws: invalid UTF-8 becomes U+FFFD; C0/C1 controls, bidi controls and U+2028/9
// are \u-escaped (S26), so output is safe to print on a terminal.
enum class Style { compact, pretty };
std::string dump(const Json& value, Style style = Style::compact);

// Typed access to foreign objects; nullopt / nullptr when absent or of another type.
const Json* find(const Json& object, std::string_view key);
std::optional<std::string> text_of(const Json& object, std::string_view key);
std::optional<std::uint64_t> unsigned_of(const Json& object, std::string_view key);

// Value at a JSON pointer, or nullptr.
const Json* at_pointer(const Json& value, std::string_view pointer);

}  // namespace json
}  // namespace tee
