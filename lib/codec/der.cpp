#include "codec/der.h"

#include "base/encoding.h"

namespace tee::der {

namespace {

constexpr std::size_t kMaxOid = 128;

tl::unexpected<Error> bad(std::string_view why) {
  return fail(code::input_malformed, "DER: " + std::string(why));
}

std::string tag_text(std::uint8_t tag) { return "0x" + hex(ByteView(&tag, 1)); }

}  // namespace

std::optional<std::uint8_t> Reader::peek_tag() const {
  if (rest_.empty()) return std::nullopt;
  return rest_[0];
}

// X.690 sections 8.1.2 (tag), 8.1.3 and 10.1 (length: definite, in the fewest octets).
Result<Element> Reader::any() {
  Cursor in(rest_);
  Element out;
  out.tag = in.u8();
  std::uint64_t length = in.u8();
  if (!in.ok()) return bad("an element is cut off in its header");
  if (out.tag == 0 || (out.tag & 0x1f) == 0x1f)
    return bad("tag " + tag_text(out.tag) + " is reserved or has more than one byte");
  if (length == 0x80) return bad("an indefinite length");
  if (length > 0x80) {
    const std::size_t octets = length & 0x7f;
    if (octets > 8) return bad("a length of more than eight bytes");
    length = 0;
    for (std::uint8_t b : in.take(octets)) length = length << 8 | b;
    if (!in.ok()) return bad("an element is cut off in its header");
    const bool minimal = length >= 0x80 && (octets == 1 || length >> (8 * (octets - 1)) != 0);
    if (!minimal) return bad("a length that is not written in the fewest bytes");
  }
  if (length > in.remaining()) {
    return bad("an element of " + std::to_string(length) + " bytes where " + std::to_string(in.remaining()) +
               " are left");
  }
  out.content = in.take(static_cast<std::size_t>(length));
  out.whole = rest_.first(in.offset());
  rest_ = rest_.subspan(in.offset());
  return out;
}

Result<Element> Reader::expect(std::uint8_t tag) {
  if (rest_.empty()) return bad("tag " + tag_text(tag) + " expected, nothing is left");
  if (rest_[0] != tag) return bad("tag " + tag_text(tag) + " expected, found " + tag_text(rest_[0]));
  return any();
}

Result<std::optional<Element>> Reader::optional(std::uint8_t tag) {
  if (peek_tag() != tag) return std::optional<Element>();
  TEE_TRY(const Element element, any());
  return std::optional<Element>(element);
}

Result<Reader> Reader::enter(std::uint8_t tag) {
  TEE_TRY(const Element element, expect(tag));
  return Reader(element.content);
}

Status Reader::finish() const {
  if (!rest_.empty()) return bad(std::to_string(rest_.size()) + " bytes are left over");
  return {};
}

// X.690 section 11.1: TRUE is FF in DER.
Result<bool> boolean(const Element& e) {
  if (e.content.size() != 1 || (e.content[0] != 0x00 && e.content[0] != 0xff))
    return bad("a BOOLEAN that is neither 00 nor FF");
  return e.content[0] == 0xff;
}

// X.690 section 8.3.2: the first nine bits are neither all zero nor all one.
Status check_integer(const Element& e) {
  if (e.content.empty()) return bad("an INTEGER without content");
  if (e.content.size() > 1) {
    const bool high = (e.content[1] & 0x80) != 0;
    if ((e.content[0] == 0x00 && !high) || (e.content[0] == 0xff && high)) {
      return bad("an INTEGER that is not written in the fewest bytes");
    }
  }
  return {};
}

Result<ByteView> positive_integer(const Element& e) {
  TEE_CHECK(check_integer(e));
  if ((e.content[0] & 0x80) != 0) return bad("a negative INTEGER");
  const bool sign_byte = e.content.size() > 1 && e.content[0] == 0;
  return sign_byte ? e.content.subspan(1) : e.content;
}

Result<std::uint64_t> unsigned_integer(const Element& e) {
  TEE_TRY(const ByteView magnitude, positive_integer(e));
  if (magnitude.size() > 8) return bad("an INTEGER of more than 64 bits");
  std::uint64_t value = 0;
  for (std::uint8_t b : magnitude) value = value << 8 | b;
  return value;
}

Result<ByteView> bit_string(const Element& e) {
  if (e.content.empty()) return bad("a BIT STRING without content");
  if (e.content[0] != 0) return bad("a BIT STRING with unused bits");
  return e.content.subspan(1);
}

// RFC 5280 section 4.1.2.5: both forms with seconds and Z, without a fraction; two-digit years mean 1950 to
// 2049.
Result<Time> time(const Element& e) {
  if (e.tag != kUtcTime && e.tag != kGeneralizedTime) return bad("tag " + tag_text(e.tag) + " is no time");
  const std::size_t year_digits = e.tag == kUtcTime ? 2 : 4;
  const std::string_view text = as_text(e.content);
  if (text.size() != year_digits + 11 || text.back() != 'Z')
    return bad("a time that is not YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ");
  for (char c : text.substr(0, text.size() - 1)) {
    if (c < '0' || c > '9') return bad("a time with a character that is no digit");
  }
  const auto pair = [text](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  int year = pair(0);
  if (year_digits == 4) {
    year = year * 100 + pair(2);
  } else {
    year += year >= 50 ? 1900 : 2000;
  }
  const std::size_t at = year_digits;
  return time_from_fields(year, pair(at), pair(at + 2), pair(at + 4), pair(at + 6), pair(at + 8));
}

// X.690 section 8.19. Arcs above 64 bits (UUIDs under 2.25 may have them) are refused.
Result<std::string> oid_text(ByteView content) {
  if (content.empty() || content.size() > kMaxOid) return bad("an OBJECT IDENTIFIER of a wrong length");
  std::string out;
  std::uint64_t arc = 0;
  bool inside = false;
  for (std::uint8_t b : content) {
    if (!inside && b == 0x80) return bad("an OBJECT IDENTIFIER arc with leading zeros");
    if (arc >> 57 != 0) return bad("an OBJECT IDENTIFIER arc of more than 64 bits");
    arc = arc << 7 | (b & 0x7f);
    inside = (b & 0x80) != 0;
    if (inside) continue;
    if (out.empty()) {  // the first number holds two arcs: 40 times the first plus the second
      const std::uint64_t first = arc < 80 ? arc / 40 : 2;
      out = std::to_string(first);
      arc -= 40 * first;
    }
    out += '.';
    out += std::to_string(arc);
    arc = 0;
  }
  if (inside) return bad("an OBJECT IDENTIFIER that is cut off");
  return out;
}

}  // namespace tee::der
