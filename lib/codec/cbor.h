// A strict CBOR reader (RFC 8949) for untrusted bytes. Floor F1.
//
// Definite and indefinite arrays and maps are read. Refused: indefinite strings, reserved additional information,
// declared counts that exceed the remaining bytes, text that is not UTF-8, map keys that are neither numbers nor
// strings or not in shortest form, duplicate keys, trailing bytes. Views point into the input, which must outlive
// the Item. Depth and item counts are bounded.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace tee::cbor {

enum class Type {
  unsigned_int, negative_int, bytes, text, array, map, tag, boolean, null, undefined, simple, floating
};

struct Item {
  Type type = Type::null;
  std::uint64_t number = 0;     // unsigned value; negative_int: n of -1-n; tag number; boolean 0/1; simple
                                // value; floating: its bits
  ByteView content;             // bytes/text
  bool indefinite = false;      // array/map written with an indefinite length
  std::vector<Item> children;   // array: elements; map: key, value, key, value…; tag: its one item
  std::size_t begin = 0, end = 0;  // byte range of the whole item in the input

  bool is(Type t) const { return type == t; }
  std::string_view text() const { return as_text(content); }
  const Item* find(std::string_view text_key) const;       // map lookup; nullptr if absent
  const Item* find(std::int64_t int_key) const;
  bool is_int(std::int64_t v) const;
};

struct Limits {
  std::size_t depth = 16;  // arrays, maps and tags inside each other
  std::size_t items = 4096;
};

// The whole input is exactly one item.
Result<Item> decode(ByteView input, const Limits& limits = {});

// Shortest-form head for `major` (0..7) and `value`, for building signed structures byte by byte.
void put_head(Bytes& out, unsigned major, std::uint64_t value);
void put_bytes(Bytes& out, ByteView content);
void put_text(Bytes& out, std::string_view content);

}  // namespace tee::cbor
