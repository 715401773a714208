// A strict DER reader (X.690): definite minimal lengths, single-byte tags, no trailing bytes. Floor F1.
//
// Views point into the input. Only what certificates, CRLs, OCSP and key structures need. The one deviation that vendors ship
// (AMD encodes a DEFAULT trailerField) is handled where it occurs, in crypto/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"

namespace tee::der {

inline constexpr std::uint8_t kBoolean = 0x01, kInteger = 0x02, kBitString = 0x03, kOctetString = 0x04, kNull = 0x05,
                              kOid = 0x06, kEnumerated = 0x0a, kUtf8String = 0x0c, kPrintableString = 0x13,
                              kT61String = 0x14, kIa5String = 0x16, kUtcTime = 0x17, kGeneralizedTime = 0x18,
                              kBmpString = 0x1e, kSequence = 0x30, kSet = 0x31;
constexpr std::uint8_t context(unsigned n) { return static_cast<std::uint8_t>(0xa0 | n); }            // constructed
constexpr std::uint8_t context_primitive(unsigned n) { return static_cast<std::uint8_t>(0x80 | n); }

struct Element {
  std::uint8_t tag = 0;
  ByteView content;  // value bytes
  ByteView whole;    // tag, length and value
};

// Walks sibling elements. Every getter is checked; an Error has code input.malformed.
class Reader {
 public:
  explicit Reader(ByteView data) : rest_(data) {}
  bool done() const { return rest_.empty(); }
  std::optional<std::uint8_t> peek_tag() const;
  Result<Element> any();
  Result<Element> expect(std::uint8_t tag);
  Result<std::optional<Element>> optional(std::uint8_t tag);  // nullopt when the next tag differs or nothing is left
  Result<Reader> enter(std::uint8_t tag);                     // expect, then a Reader over its content
  Status finish() const;                                      // nothing may be left

 private:
  ByteView rest_;
};

// Content octets to values; each refuses a non-canonical encoding.
Result<bool> boolean(const Element& e);
Result<std::uint64_t> unsigned_integer(const Element& e);  // INTEGER or ENUMERATED, non-negative, at most 64 bits
Result<ByteView> positive_integer(const Element& e);       // magnitude without the sign byte, any size
Status check_integer(const Element& e);                    // canonical two's complement, any sign and size
Result<ByteView> bit_string(const Element& e);             // no unused bits
Result<Time> time(const Element& e);                       // UTCTime or GeneralizedTime, Z, with seconds
Result<std::string> oid_text(ByteView content);            // "1.2.840.113741.1.13.1"
Bytes oid(std::string_view dotted);                        // content octets; only for constants

// Writing, for the mint and for signed structures: nest by passing already encoded content.
Bytes encode(std::uint8_t tag, ByteView content);
Bytes sequence(std::initializer_list<ByteView> parts);
Bytes set(std::initializer_list<ByteView> parts);
Bytes integer(std::uint64_t value);
Bytes integer_from_magnitude(ByteView big_endian);
Bytes object_identifier(std::string_view dotted);
Bytes bit_string(ByteView content);
Bytes octet_string(ByteView content);
Bytes utf8(std::string_view text);
Bytes printable(std::string_view text);
Bytes ia5(std::string_view text);
Bytes boolean(bool value);
Bytes null();
Bytes time(Time t);  // UTCTime before 2050, GeneralizedTime after (RFC 5280 section 4.1.2.5)

}  // namespace tee::der
