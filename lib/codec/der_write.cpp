// The writing half of DER: for the mint, for keys and for signed structures.
#include "codec/der.h"

namespace tee::der {

namespace {

void put_arc(Bytes& out, std::uint64_t arc) {  // X.690 section 8.19.2: base 128, high bit on all but the last
  int shift = 63;
  while (shift > 0 && arc >> shift == 0) shift -= 7;
  for (; shift > 0; shift -= 7) out.push_back(static_cast<std::uint8_t>(0x80 | (arc >> shift & 0x7f)));
  out.push_back(static_cast<std::uint8_t>(arc & 0x7f));
}

Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes out;
  for (ByteView part : parts) append(out, part);
  return out;
}

}  // namespace

Bytes oid(std::string_view dotted) {
  Bytes out;
  std::uint64_t first = 0;
  std::size_t count = 0;
  while (!dotted.empty()) {
    std::uint64_t arc = 0;
    while (!dotted.empty() && dotted.front() != '.') {
      arc = arc * 10 + static_cast<std::uint64_t>(dotted.front() - '0');
      dotted.remove_prefix(1);
    }
    if (!dotted.empty()) dotted.remove_prefix(1);
    if (count == 0) {
      first = arc;
    } else {
      put_arc(out, count == 1 ? 40 * first + arc : arc);
    }
    ++count;
  }
  return out;
}

Bytes encode(std::uint8_t tag, ByteView content) {
  Bytes out{tag};
  const std::uint64_t length = content.size();
  if (length < 0x80) {
    out.push_back(static_cast<std::uint8_t>(length));
  } else {
    unsigned octets = 1;
    while (octets < 8 && length >> (8 * octets) != 0) ++octets;
    out.push_back(static_cast<std::uint8_t>(0x80 | octets));
    for (unsigned i = octets; i-- > 0;) out.push_back(static_cast<std::uint8_t>(length >> (8 * i)));
  }
  append(out, content);
  return out;
}

Bytes sequence(std::initializer_list<ByteView> parts) { return encode(kSequence, joined(parts)); }

// X.690 section 11.6 orders SET OF by encoding; the sets of a Name hold one element, so callers pass them in
// order.
Bytes set(std::initializer_list<ByteView> parts) { return encode(kSet, joined(parts)); }

Bytes integer(std::uint64_t value) {
  Bytes big_endian;
  for (unsigned i = 8; i-- > 0;) big_endian.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  return integer_from_magnitude(big_endian);
}

Bytes integer_from_magnitude(ByteView big_endian) {
  while (!big_endian.empty() && big_endian[0] == 0) big_endian = big_endian.subspan(1);
  Bytes content;
  if (big_endian.empty() || (big_endian[0] & 0x80) != 0) content.push_back(0);
  append(content, big_endian);
  return encode(kInteger, content);
}

Bytes object_identifier(std::string_view dotted) { return encode(kOid, oid(dotted)); }

Bytes bit_string(ByteView content) {
  Bytes with_count{0};  // no unused bits
  append(with_count, content);
  return encode(kBitString, with_count);
}

Bytes octet_string(ByteView content) { return encode(kOctetString, content); }
Bytes utf8(std::string_view text) { return encode(kUtf8String, as_bytes(text)); }
Bytes printable(std::string_view text) { return encode(kPrintableString, as_bytes(text)); }
Bytes ia5(std::string_view text) { return encode(kIa5String, as_bytes(text)); }
Bytes boolean(bool value) { return Bytes{kBoolean, 1, static_cast<std::uint8_t>(value ? 0xff : 0x00)}; }
Bytes null() { return Bytes{kNull, 0}; }

Bytes time(Time t) {
  std::string digits;
  for (char c : rfc3339(t)) {
    if ((c >= '0' && c <= '9') || c == 'Z') digits += c;
  }
  const bool two_digit_year = digits >= "1950" && digits < "2050";
  if (two_digit_year) return encode(kUtcTime, as_bytes(std::string_view(digits).substr(2)));
  return encode(kGeneralizedTime, as_bytes(digits));
}

}  // namespace tee::der
