// Differential test against libcbor: what our strict reader accepts, libcbor accepts too, with the same
// values. Two stated exceptions that libcbor refuses: simple values without an assigned meaning, and, before
// its version 0.11, tags 6 to 20 (the tag of COSE_Sign1 among them).
#include <cbor.h>
#include <doctest/doctest.h>

#include <bit>

#include "base/encoding.h"
#include "codec/cbor.h"

using namespace tee;
using tee::cbor::Item;
using tee::cbor::Type;

namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }

 private:
  std::uint64_t state_;
};

// A head that need not be in shortest form.
void put_any_head(Random& random, Bytes& out, unsigned major, std::uint64_t value) {
  if (random.below(4) != 0) return tee::cbor::put_head(out, major, value);
  const unsigned size_class = static_cast<unsigned>(random.below(4));
  const unsigned octets = 1u << size_class;
  if (octets < 8 && value >> (8 * octets) != 0) return tee::cbor::put_head(out, major, value);
  out.push_back(static_cast<std::uint8_t>(major << 5 | (24 + size_class)));
  for (unsigned i = octets; i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put_string(Random& random, Bytes& out, unsigned major) {
  Bytes content(random.below(6));
  for (std::uint8_t& b : content)
    b = static_cast<std::uint8_t>(major == 2 || random.below(30) == 0 ? random.next()
                                                                      : 'a' + random.below(3));
  put_any_head(random, out, major, content.size());
  append(out, content);
}

void put_item(Random& random, Bytes& out, std::size_t depth) {
  const std::uint64_t number = random.next() >> random.below(64);
  switch (random.below(depth > 4 ? 6 : 10)) {
    case 0: return put_any_head(random, out, 0, number);
    case 1: return put_any_head(random, out, 1, number);
    case 2: return put_string(random, out, 2);
    case 3: return put_string(random, out, 3);
    case 4: out.push_back(static_cast<std::uint8_t>(0xf4 + random.below(4))); return;
    case 5: {
      const std::size_t size_class = 1 + random.below(3);
      out.push_back(static_cast<std::uint8_t>(0xf8 + size_class));
      for (std::size_t i = 0; i < 1u << size_class; ++i)
        out.push_back(static_cast<std::uint8_t>(random.next()));
      return;
    }
    case 6: put_any_head(random, out, 6, number); return put_item(random, out, depth + 1);
    default: {
      const unsigned major = random.below(2) == 0 ? 4 : 5;
      const std::size_t entries = random.below(4);
      const bool indefinite = random.below(3) == 0;
      if (indefinite) {
        out.push_back(static_cast<std::uint8_t>(major << 5 | 31));
      } else {
        put_any_head(random, out, major, entries);
      }
      for (std::size_t i = 0; i < entries; ++i) {
        if (major == 5 && random.below(8) != 0) {  // mostly keys that are allowed
          tee::cbor::put_head(out, static_cast<unsigned>(random.below(2)), random.below(40));
        } else if (major == 5) {
          put_item(random, out, depth + 1);
        }
        put_item(random, out, depth + 1);
      }
      if (indefinite) out.push_back(0xff);
    }
  }
}

void damage(Random& random, Bytes& data) {
  if (data.empty()) return;
  const std::size_t at = random.below(data.size());
  switch (random.below(4)) {
    case 0: data[at] = static_cast<std::uint8_t>(random.next()); break;
    case 1: data[at] ^= static_cast<std::uint8_t>(1u << random.below(8)); break;
    case 2: data.resize(at); break;
    default:
      data.insert(data.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint8_t>(random.next()));
  }
}

bool excepted(const Item& item) {
  if (item.is(Type::simple) || (item.is(Type::tag) && item.number >= 6 && item.number <= 20)) return true;
  for (const Item& child : item.children) {
    if (excepted(child)) return true;
  }
  return false;
}

bool same_float(const Item& ours, cbor_item_t* theirs) {
  switch (cbor_float_get_width(theirs)) {
    case CBOR_FLOAT_16: return ours.number <= 0xffff;
    case CBOR_FLOAT_32: {
      const float value = cbor_float_get_float4(theirs);
      return value != value ||
             std::bit_cast<std::uint32_t>(value) == ours.number;  // NaN payloads may be normalised
    }
    case CBOR_FLOAT_64: {
      const double value = cbor_float_get_float8(theirs);
      return value != value || std::bit_cast<std::uint64_t>(value) == ours.number;
    }
    default: return false;
  }
}

bool same(const Item& ours, cbor_item_t* theirs);

bool same_children(const Item& ours, cbor_item_t* theirs) {
  if (cbor_isa_array(theirs)) {
    if (cbor_array_size(theirs) != ours.children.size()) return false;
    if (cbor_array_is_indefinite(theirs) != ours.indefinite) return false;
    for (std::size_t i = 0; i < ours.children.size(); ++i) {
      if (!same(ours.children[i], cbor_array_handle(theirs)[i])) return false;
    }
    return true;
  }
  if (2 * cbor_map_size(theirs) != ours.children.size()) return false;
  if (cbor_map_is_indefinite(theirs) != ours.indefinite) return false;
  for (std::size_t i = 0; i < ours.children.size(); i += 2) {
    const cbor_pair& pair = cbor_map_handle(theirs)[i / 2];
    if (!same(ours.children[i], pair.key) || !same(ours.children[i + 1], pair.value)) return false;
  }
  return true;
}

bool same(const Item& ours, cbor_item_t* theirs) {
  switch (ours.type) {
    case Type::unsigned_int: return cbor_isa_uint(theirs) && cbor_get_int(theirs) == ours.number;
    case Type::negative_int: return cbor_isa_negint(theirs) && cbor_get_int(theirs) == ours.number;
    case Type::bytes:
      return cbor_isa_bytestring(theirs) && cbor_bytestring_is_definite(theirs) &&
             equal(ours.content, {cbor_bytestring_handle(theirs), cbor_bytestring_length(theirs)});
    case Type::text:
      return cbor_isa_string(theirs) && cbor_string_is_definite(theirs) &&
             equal(ours.content, {cbor_string_handle(theirs), cbor_string_length(theirs)});
    case Type::array: return cbor_isa_array(theirs) && same_children(ours, theirs);
    case Type::map: return cbor_isa_map(theirs) && same_children(ours, theirs);
    case Type::tag: {
      if (!cbor_isa_tag(theirs) || cbor_tag_value(theirs) != ours.number) return false;
      cbor_item_t* inner = cbor_tag_item(theirs);
      const bool equal_inner = same(ours.children[0], inner);
      cbor_decref(&inner);
      return equal_inner;
    }
    case Type::boolean: return cbor_is_bool(theirs) && cbor_get_bool(theirs) == (ours.number == 1);
    case Type::null: return cbor_is_null(theirs);
    case Type::undefined: return cbor_is_undef(theirs);
    case Type::floating: return cbor_is_float(theirs) && same_float(ours, theirs);
    case Type::simple: return false;
  }
  return false;
}

enum class Outcome { refused, agreed, exception };

Outcome compare(const Bytes& data) {
  const Result<Item> ours = tee::cbor::decode(data);
  if (!ours) return Outcome::refused;
  cbor_load_result result{};
  cbor_item_t* theirs = cbor_load(data.data(), data.size(), &result);
  if (!theirs) {
    if (excepted(*ours)) return Outcome::exception;
    FAIL("libcbor refuses what we accept: " << hex(data));
    return Outcome::refused;
  }
  if (result.read != data.size() || !same(*ours, theirs)) FAIL("libcbor reads another value: " << hex(data));
  cbor_decref(&theirs);
  return Outcome::agreed;
}

}  // namespace

TEST_CASE("generated structures, whole and damaged") {
  Random random(2024);
  std::size_t agreed = 0, refused = 0;
  for (int round = 0; round < 60000; ++round) {
    Bytes data;
    put_item(random, data, 0);
    for (std::size_t n = random.below(3); n > 0; --n) damage(random, data);
    const Outcome outcome = compare(data);
    agreed += outcome == Outcome::agreed;
    refused += outcome == Outcome::refused;
  }
  CHECK(agreed > 10000);
  CHECK(refused > 10000);
}

TEST_CASE("all inputs of one, two and, for containers, three bytes") {
  for (unsigned first = 0; first < 256; ++first) {
    compare(Bytes{static_cast<std::uint8_t>(first)});
    for (unsigned second = 0; second < 256; ++second) {
      compare(Bytes{static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second)});
      const bool container = first >> 5 >= 4;
      for (unsigned third = 0; container && third < 256; ++third) {
        compare(Bytes{static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second),
                      static_cast<std::uint8_t>(third)});
      }
    }
  }
}
