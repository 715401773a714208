#include "codec/cbor.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::cbor {

namespace {

// RFC 8949 section 3, the initial byte: major type and additional information.
constexpr unsigned kInfoIndefinite = 31;
constexpr std::uint8_t kBreak = 0xff;

struct Head {
  unsigned major = 0, info = 0;
  std::uint64_t value = 0;
};

class Decoder {
 public:
  Decoder(ByteView input, const Limits& limits) : input_(input), in_(input), limits_(limits) {}

  Status item(Item& out, std::size_t depth);
  Status finish() const {
    if (in_.remaining() != 0) return bad(std::to_string(in_.remaining()) + " bytes follow the item");
    return {};
  }

 private:
  tl::unexpected<Error> bad(std::string_view why) const {
    return fail(code::input_malformed,
                "CBOR, offset " + std::to_string(in_.offset()) + ": " + std::string(why));
  }

  Result<Head> head();
  Status content(Item& out, const Head& head, std::size_t depth);
  Status string(Item& out, const Head& head);
  Status children(Item& out, const Head& head, std::size_t depth);
  Status simple_or_float(Item& out, const Head& head);
  Status check_keys(const Item& map) const;
  bool at_break() const { return in_.remaining() > 0 && input_[in_.offset()] == kBreak; }

  ByteView input_;
  Cursor in_;
  Limits limits_;
  std::size_t count_ = 0;
};

Result<Head> Decoder::head() {
  Head out;
  const std::uint8_t initial = in_.u8();
  out.major = initial >> 5;
  out.info = initial & 0x1f;
  out.value = out.info;
  switch (out.info) {
    case 24: out.value = in_.u8(); break;
    case 25: out.value = in_.u16be(); break;
    case 26: out.value = in_.u32be(); break;
    case 27: out.value = in_.u64be(); break;
    case 28:
    case 29:
    case 30: return bad("reserved additional information");
    default: break;
  }
  if (!in_.ok()) return bad("the input ends inside an item");
  return out;
}

Status Decoder::item(Item& out, std::size_t depth) {
  if (++count_ > limits_.items) return bad("more than " + std::to_string(limits_.items) + " items");
  out.begin = in_.offset();
  TEE_TRY(const Head head, this->head());
  if (head.info == kInfoIndefinite && head.major != 4 && head.major != 5) {
    return bad(head.major == 7 ? "a break outside an indefinite array or map"
                               : "an indefinite length that is not accepted here");
  }
  TEE_CHECK(content(out, head, depth));
  out.end = in_.offset();
  return {};
}

Status Decoder::content(Item& out, const Head& head, std::size_t depth) {
  switch (head.major) {
    case 0:
    case 1:
      out.type = head.major == 0 ? Type::unsigned_int : Type::negative_int;
      out.number = head.value;
      return {};
    case 2:
    case 3: return string(out, head);
    case 4:
    case 5:
    case 6: return children(out, head, depth);
    default: return simple_or_float(out, head);
  }
}

Status Decoder::string(Item& out, const Head& head) {
  out.type = head.major == 2 ? Type::bytes : Type::text;
  if (head.value > in_.remaining()) return bad("a string of declared length beyond the input");
  out.content = in_.take(static_cast<std::size_t>(head.value));
  if (out.type == Type::text && !valid_utf8(out.text())) return bad("a text string that is not UTF-8");
  return {};
}

Status Decoder::children(Item& out, const Head& head, std::size_t depth) {
  if (depth >= limits_.depth) return bad("nested deeper than " + std::to_string(limits_.depth) + " levels");
  out.type = head.major == 4 ? Type::array : head.major == 5 ? Type::map : Type::tag;
  out.indefinite = head.info == kInfoIndefinite;
  const std::uint64_t per_entry = out.type == Type::map ? 2 : 1;
  if (out.type == Type::tag) out.number = head.value;
  if (out.indefinite) {
    while (!at_break()) {
      out.children.emplace_back();
      TEE_CHECK(item(out.children.back(), depth + 1));  // the end of the input is an error in there
    }
    in_.skip(1);
    if (out.children.size() % per_entry != 0) return bad("a map with a key but no value");
  } else {
    const std::uint64_t entries = out.type == Type::tag ? 1 : head.value;
    // Every item takes a byte at least, so a count beyond the input is a lie, found before anything is read.
    if (entries > in_.remaining() / per_entry) return bad("a declared count beyond the input");
    for (std::uint64_t i = 0; i < entries * per_entry; ++i) {
      out.children.emplace_back();
      TEE_CHECK(item(out.children.back(), depth + 1));
    }
  }
  return out.type == Type::map ? check_keys(out) : Status();
}

// Keys are numbers or strings in shortest form, so that equal keys are equal bytes (RFC 8949 section 5.6).
Status Decoder::check_keys(const Item& map) const {
  std::vector<ByteView> keys;
  for (std::size_t i = 0; i < map.children.size(); i += 2) {
    const Item& key = map.children[i];
    if (key.type != Type::unsigned_int && key.type != Type::negative_int && key.type != Type::bytes &&
        key.type != Type::text) {
      return bad("a map key that is neither a number nor a string");
    }
    const ByteView encoded = input_.subspan(key.begin, key.end - key.begin);
    Bytes shortest;
    const bool is_string = key.type == Type::bytes || key.type == Type::text;
    put_head(shortest, encoded[0] >> 5, is_string ? key.content.size() : key.number);
    if (encoded.size() - key.content.size() != shortest.size())
      return bad("a map key that is not in shortest form");
    keys.push_back(encoded);
  }
  const auto less = [](ByteView a, ByteView b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  };
  std::sort(keys.begin(), keys.end(), less);
  if (std::adjacent_find(keys.begin(), keys.end(), equal) != keys.end())
    return bad("a map with a key that occurs twice");
  return {};
}

// RFC 8949 section 3.3.
Status Decoder::simple_or_float(Item& out, const Head& head) {
  switch (head.info) {
    case 20:
    case 21:
      out.type = Type::boolean;
      out.number = head.info - 20;
      break;
    case 22: out.type = Type::null; break;
    case 23: out.type = Type::undefined; break;
    case 25:
    case 26:
    case 27:
      out.type = Type::floating;
      out.number = head.value;
      break;
    default:
      if (head.info == 24 && head.value < 32)
        return bad("a simple value in a form that is not allowed for it");
      out.type = Type::simple;
      out.number = head.value;
      break;
  }
  return {};
}

}  // namespace

Result<Item> decode(ByteView input, const Limits& limits) {
  Decoder decoder(input, limits);
  Item out;
  TEE_CHECK(decoder.item(out, 0));
  TEE_CHECK(decoder.finish());
  return out;
}

bool Item::is_int(std::int64_t v) const {
  if (v >= 0) return type == Type::unsigned_int && number == static_cast<std::uint64_t>(v);
  return type == Type::negative_int && number == static_cast<std::uint64_t>(-(v + 1));
}

const Item* Item::find(std::string_view text_key) const {
  if (type != Type::map) return nullptr;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    if (children[i].is(Type::text) && children[i].text() == text_key) return &children[i + 1];
  }
  return nullptr;
}

const Item* Item::find(std::int64_t int_key) const {
  if (type != Type::map) return nullptr;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    if (children[i].is_int(int_key)) return &children[i + 1];
  }
  return nullptr;
}

void put_head(Bytes& out, unsigned major, std::uint64_t value) {
  const auto initial = static_cast<std::uint8_t>((major & 7) << 5);
  if (value < 24) {
    out.push_back(static_cast<std::uint8_t>(initial | value));
    return;
  }
  const unsigned size_class = value <= 0xff ? 0 : value <= 0xffff ? 1 : value <= 0xffffffff ? 2 : 3;
  out.push_back(static_cast<std::uint8_t>(initial | (24 + size_class)));
  for (unsigned i = 1u << size_class; i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put_bytes(Bytes& out, ByteView content) {
  put_head(out, 2, content.size());
  append(out, content);
}

void put_text(Bytes& out, std::string_view content) {
  put_head(out, 3, content.size());
  append(out, as_bytes(content));
}

}  // namespace tee::cbor
