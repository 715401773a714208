#include "codec/der.h"

#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace tee;

namespace {

Bytes bytes_of(std::string_view hex_text) { return from_hex(hex_text).value(); }

// The one element that the bytes are, with nothing behind it.
Result<der::Element> only(const Bytes& data) {
  der::Reader in(data);
  TEE_TRY(const der::Element e, in.any());
  TEE_CHECK(in.finish());
  return e;
}

bool reads(std::string_view hex_text) { return only(bytes_of(hex_text)).has_value(); }

der::Element content(std::uint8_t tag, const Bytes& value) { return {tag, value, {}}; }

std::string oid_of(std::string_view hex_text) {
  const Bytes value = bytes_of(hex_text);
  const Result<std::string> text = der::oid_text(value);
  return text ? *text : "refused";
}

std::string time_of(std::uint8_t tag, std::string_view text) {
  const Bytes value = to_bytes(as_bytes(text));
  const Result<Time> t = der::time(content(tag, value));
  return t ? rfc3339(*t) : "refused";
}

}  // namespace

TEST_CASE("elements and views") {
  const Bytes data = bytes_of(
      "3006020105040161"
      "0500");
  der::Reader in(data);
  CHECK(in.peek_tag() == der::kSequence);
  der::Reader inner = in.enter(der::kSequence).value();
  const der::Element number = inner.expect(der::kInteger).value();
  CHECK(number.content.data() == data.data() + 4);
  CHECK(number.whole.data() == data.data() + 2);
  CHECK(number.whole.size() == 3);
  CHECK_FALSE(inner.optional(der::kInteger).value().has_value());
  CHECK(inner.optional(der::kOctetString).value().has_value());
  CHECK(inner.done());
  CHECK_FALSE(inner.optional(der::kOctetString).value().has_value());
  CHECK(inner.finish().has_value());
  CHECK_FALSE(in.finish().has_value());
  CHECK_FALSE(in.expect(der::kInteger).has_value());
  CHECK(in.expect(der::kNull).has_value());  // a refused tag was not consumed
  CHECK(in.finish().has_value());
  CHECK_FALSE(in.peek_tag().has_value());
  CHECK_FALSE(in.any().has_value());
}

TEST_CASE("lengths at every boundary") {
  for (std::size_t size : {0u, 1u, 127u, 128u, 255u, 256u, 65535u, 65536u, 70000u}) {
    const Bytes coded = der::octet_string(Bytes(size, 0xab));
    const Result<der::Element> e = only(coded);
    REQUIRE(e.has_value());
    CHECK(e->content.size() == size);
    CHECK(e->whole.size() == coded.size());
  }
}

TEST_CASE("bad-length: indefinite, not minimal, too long, cut off") {
  CHECK_FALSE(reads("30800000"));  // indefinite
  CHECK_FALSE(reads("04810161"));  // one byte in the long form
  CHECK_FALSE(
      reads("04820001"
            "61"));  // leading zero
  CHECK_FALSE(
      reads("0489000000000000000001"
            "61"));
  CHECK_FALSE(reads("04ff"));
  CHECK_FALSE(reads("0488ffffffffffffffff"));  // 2^64 - 1
  CHECK_FALSE(reads("0484ffffffff"));
  CHECK_FALSE(reads("040261"));
  CHECK_FALSE(reads("04"));
  CHECK_FALSE(reads("0482"));
  CHECK_FALSE(reads(""));
  CHECK(reads("0400"));
}

TEST_CASE("bad-tag: reserved and multi-byte") {
  CHECK_FALSE(reads("0000"));
  CHECK_FALSE(reads("1f0100"));
  CHECK_FALSE(reads("bf2a00"));
  CHECK(reads("a003020102"));
}

TEST_CASE("bad-constructed-string: another tag than expected") {
  const Bytes data = bytes_of("2403040161");
  der::Reader in(data);
  CHECK_FALSE(in.expect(der::kOctetString).has_value());
}

TEST_CASE("bad-truncation: every cut of a structure is refused") {
  const Bytes whole = der::sequence({der::integer(5), der::octet_string(Bytes(200, 1)), der::utf8("name")});
  REQUIRE(only(whole).has_value());
  for (std::size_t n = 0; n < whole.size(); ++n) {
    der::Reader in(ByteView(whole).first(n));
    CHECK_FALSE(in.any().has_value());
  }
}

TEST_CASE("booleans") {
  CHECK(der::boolean(content(der::kBoolean, Bytes{0xff})).value());
  CHECK_FALSE(der::boolean(content(der::kBoolean, Bytes{0x00})).value());
  for (const Bytes& wrong : {Bytes{}, Bytes{0x01}, Bytes{0xfe}, Bytes{0xff, 0xff}}) {
    CHECK_FALSE(der::boolean(content(der::kBoolean, wrong)).has_value());
  }
}

TEST_CASE("integers both ways") {
  for (std::uint64_t v : {0ull, 1ull, 127ull, 128ull, 255ull, 256ull, 0x7fffull, 0x8000ull,
                          0x7fffffffffffffffull, 0x8000000000000000ull, ~0ull}) {
    const Bytes coded = der::integer(v);
    CHECK(der::unsigned_integer(only(coded).value()).value() == v);
  }
  CHECK(hex(der::integer(0)) == "020100");
  CHECK(hex(der::integer(128)) == "02020080");
  CHECK(hex(der::integer_from_magnitude(bytes_of("0000ff"))) == "020200ff");
  CHECK(hex(der::integer_from_magnitude({})) == "020100");
  const Bytes with_sign_byte = bytes_of("00ff01"), zero = bytes_of("00");
  CHECK(hex(der::positive_integer(content(der::kInteger, with_sign_byte)).value()) == "ff01");
  CHECK(hex(der::positive_integer(content(der::kInteger, zero)).value()) == "00");
}

TEST_CASE("bad-integer: empty, not minimal, negative, too large") {
  for (std::string_view text : {"", "0000", "007f", "ffff", "ff80"}) {
    CAPTURE(text);
    const Bytes value = bytes_of(text);
    CHECK_FALSE(der::check_integer(content(der::kInteger, value)).has_value());
    CHECK_FALSE(der::positive_integer(content(der::kInteger, value)).has_value());
  }
  for (std::string_view text : {"80", "ff", "ff7f", "80ff"}) {
    CAPTURE(text);
    const Bytes value = bytes_of(text);
    CHECK(der::check_integer(content(der::kInteger, value)).has_value());
    CHECK_FALSE(der::positive_integer(content(der::kInteger, value)).has_value());
    CHECK_FALSE(der::unsigned_integer(content(der::kInteger, value)).has_value());
  }
  const Bytes sixty_five_bits = bytes_of("010000000000000000");
  CHECK(der::positive_integer(content(der::kInteger, sixty_five_bits)).has_value());
  CHECK_FALSE(der::unsigned_integer(content(der::kInteger, sixty_five_bits)).has_value());
}

TEST_CASE("bit strings") {
  const Bytes coded = der::bit_string(bytes_of("0a0b"));
  CHECK(hex(coded) == "0303000a0b");
  CHECK(hex(der::bit_string(only(coded).value()).value()) == "0a0b");
  const Bytes empty, unused = bytes_of("0780"), none = bytes_of("00");
  CHECK_FALSE(der::bit_string(content(der::kBitString, empty)).has_value());
  CHECK_FALSE(der::bit_string(content(der::kBitString, unused)).has_value());
  CHECK(der::bit_string(content(der::kBitString, none)).value().empty());
}

TEST_CASE("object identifiers both ways") {
  for (std::string_view text :
       {"1.2.840.113741.1.13.1", "2.5.29.35", "1.3.6.1.4.1.3704.1.4", "0.9.2342.19200300.100.1.25", "2.999.3",
        "1.3.101.112", "2.25.6180339887498948482", "2.39", "0.0", "1.39", "2.18446744073709551535"}) {
    CAPTURE(text);
    CHECK(der::oid_text(der::oid(text)).value() == text);
  }
  CHECK(hex(der::oid("1.2.840.10045.4.3.3")) == "2a8648ce3d040303");
  CHECK(hex(der::object_identifier("2.5.4.3")) == "0603550403");
}

TEST_CASE("bad-oid: empty, leading zeros, cut off, too large") {
  for (std::string_view text : {"", "80", "2a80", "2a8001", "2a86",
                                "2a"
                                "83808080808080808000",
                                "2a82ffffffffffffffff7f"}) {
    CAPTURE(text);
    CHECK(oid_of(text) == "refused");
  }
  CHECK(oid_of("2a81ffffffffffffffff7f") == "1.2.18446744073709551615");
  CHECK_FALSE(der::oid_text(Bytes(129, 1)).has_value());
}

TEST_CASE("times, RFC 5280 section 4.1.2.5") {
  CHECK(time_of(der::kUtcTime, "250620103200Z") == "2025-06-20T10:32:00Z");
  CHECK(time_of(der::kUtcTime, "491231235959Z") == "2049-12-31T23:59:59Z");
  CHECK(time_of(der::kUtcTime, "500101000000Z") == "1950-01-01T00:00:00Z");
  CHECK(time_of(der::kUtcTime, "991231235959Z") == "1999-12-31T23:59:59Z");
  CHECK(time_of(der::kGeneralizedTime, "20500101000000Z") == "2050-01-01T00:00:00Z");
  CHECK(time_of(der::kGeneralizedTime, "99991231235959Z") == "9999-12-31T23:59:59Z");
}

TEST_CASE("bad-time: without seconds or Z, with fraction or offset, not in the calendar") {
  for (std::string_view text : {"", "2506201032Z", "250620103200", "250620103200z", "250620103200+0000",
                                "250620103200.5Z", "25062010320aZ", "250230000000Z", "250620240000Z",
                                "250620103260Z", "20250620103200Z", "-50620103200Z", " 50620103200Z"}) {
    CAPTURE(text);
    CHECK(time_of(der::kUtcTime, text) == "refused");
  }
  for (std::string_view text : {"", "250620103200Z", "20250620103200", "20250620103200.0Z",
                                "20250620103200+00", "20250229000000Z", "00000101000000Z"}) {
    CAPTURE(text);
    CHECK(time_of(der::kGeneralizedTime, text) == "refused");
  }
  CHECK(time_of(der::kUtf8String, "250620103200Z") == "refused");
}

TEST_CASE("times are written in the form that RFC 5280 asks for") {
  for (std::string_view text : {"1949-12-31T23:59:59Z", "1950-01-01T00:00:00Z", "2025-06-20T10:32:00Z",
                                "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
    const Bytes coded = der::time(parse_rfc3339(text).value());
    const der::Element e = only(coded).value();
    const bool short_form = text >= "1950" && text < "2050";
    CHECK(e.tag == (short_form ? der::kUtcTime : der::kGeneralizedTime));
    CHECK(rfc3339(der::time(e).value()) == text);
  }
}

TEST_CASE("the other writers") {
  CHECK(hex(der::null()) == "0500");
  CHECK(hex(der::boolean(true)) == "0101ff");
  CHECK(hex(der::boolean(false)) == "010100");
  CHECK(hex(der::printable("US")) == "13025553");
  CHECK(hex(der::ia5("a")) == "160161");
  CHECK(hex(der::set({der::null()})) == "31020500");
  CHECK(hex(der::encode(der::context(3), der::null())) == "a3020500");
  CHECK(hex(der::encode(der::context_primitive(1), Bytes{7})) == "810107");
}
