#include "codec/cbor.h"

#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace tee;
using cbor::Type;

namespace {

std::string refusal(std::string_view hex_text, const cbor::Limits& limits = {}) {
  const Bytes data = from_hex(hex_text).value();
  const Result<cbor::Item> item = cbor::decode(data, limits);
  if (item) return "accepted";
  CHECK(item.error().code == &code::input_malformed);
  return item.error().message;
}

}  // namespace

TEST_CASE("scalars, RFC 8949 appendix A") {
  const auto check = [](std::string_view hex_text, Type type, std::uint64_t number) {
    CAPTURE(hex_text);
    const Bytes data = from_hex(hex_text).value();
    const cbor::Item item = cbor::decode(data).value();
    CHECK(item.type == type);
    CHECK(item.number == number);
    CHECK(item.begin == 0);
    CHECK(item.end == data.size());
  };
  check("00", Type::unsigned_int, 0);
  check("17", Type::unsigned_int, 23);
  check("1818", Type::unsigned_int, 24);
  check("1903e8", Type::unsigned_int, 1000);
  check("1a000f4240", Type::unsigned_int, 1000000);
  check("1bffffffffffffffff", Type::unsigned_int, UINT64_MAX);
  check("1800", Type::unsigned_int, 0);  // not shortest; only keys must be
  check("20", Type::negative_int, 0);
  check("3903e7", Type::negative_int, 999);
  check("3bffffffffffffffff", Type::negative_int, UINT64_MAX);
  check("f4", Type::boolean, 0);
  check("f5", Type::boolean, 1);
  check("f6", Type::null, 0);
  check("f7", Type::undefined, 0);
  check("f0", Type::simple, 16);
  check("f8ff", Type::simple, 255);
  check("f93c00", Type::floating, 0x3c00);
  check("fb3ff199999999999a", Type::floating, 0x3ff199999999999a);
}

TEST_CASE("strings, arrays, maps and tags with their ranges") {
  const Bytes data = from_hex(
                         "a3"
                         "6161"
                         "820143aabbcc"
                         "01"
                         "c074"
                         "323031332d30332d32315432303a30343a30305a"
                         "20"
                         "f6")
                         .value();
  const cbor::Item map = cbor::decode(data).value();
  REQUIRE(map.is(Type::map));
  CHECK(map.children.size() == 6);
  const cbor::Item* array = map.find("a");
  REQUIRE(array != nullptr);
  CHECK(array->begin == 3);
  CHECK(array->end == 9);
  CHECK(array->children[0].is_int(1));
  CHECK(hex(array->children[1].content) == "aabbcc");
  CHECK(array->children[1].content.data() == data.data() + 6);
  const cbor::Item* tag = map.find(1);
  REQUIRE(tag != nullptr);
  CHECK(tag->is(Type::tag));
  CHECK(tag->number == 0);
  CHECK(tag->children[0].text() == "2013-03-21T20:04:00Z");
  CHECK(map.find(-1)->is(Type::null));
  CHECK(map.find("b") == nullptr);
  CHECK(map.find(2) == nullptr);
  CHECK(map.find(INT64_MIN) == nullptr);
  CHECK(array->find("a") == nullptr);
}

TEST_CASE("indefinite arrays and maps are read and marked") {
  const Bytes data = from_hex("bf61619f0102ff6162a0ff").value();
  const cbor::Item map = cbor::decode(data).value();
  CHECK(map.indefinite);
  CHECK(map.find("a")->indefinite);
  CHECK(map.find("a")->children.size() == 2);
  CHECK_FALSE(map.find("b")->indefinite);
  CHECK(map.end == data.size());
  CHECK(refusal("9fff") == "accepted");
  CHECK(refusal("bfff") == "accepted");
}

TEST_CASE("integers compare by value at the ends of their ranges") {
  const Bytes least = from_hex("3b7fffffffffffffff").value(), below = from_hex("3b8000000000000000").value();
  CHECK(cbor::decode(least).value().is_int(INT64_MIN));
  CHECK_FALSE(cbor::decode(below).value().is_int(INT64_MIN));
  CHECK_FALSE(cbor::decode(below).value().is_int(INT64_MAX));
  const Bytes most = from_hex("1b7fffffffffffffff").value();
  CHECK(cbor::decode(most).value().is_int(INT64_MAX));
  CHECK_FALSE(cbor::decode(most).value().is_int(INT64_MIN));
}

TEST_CASE("bad-empty and bad-trailing-bytes") {
  CHECK(refusal("") == "CBOR, offset 0: the input ends inside an item");
  CHECK(refusal("0000") == "CBOR, offset 1: 1 bytes follow the item");
  CHECK(refusal("8001") != "accepted");
  CHECK(refusal("f6f6") != "accepted");
}

TEST_CASE("bad-reserved: additional information 28 to 30, breaks, simple values") {
  for (int major = 0; major < 8; ++major) {
    for (int info = 28; info <= 30; ++info) {
      const std::uint8_t initial = static_cast<std::uint8_t>(major << 5 | info);
      CHECK_FALSE(cbor::decode(Bytes{initial, 0, 0, 0, 0, 0, 0, 0, 0}).has_value());
      CHECK_FALSE(cbor::decode(Bytes{initial}).has_value());
    }
  }
  CHECK(refusal("ff") == "CBOR, offset 1: a break outside an indefinite array or map");
  for (std::string_view text : {"81ff", "a1ff", "a100ff", "c0ff", "1f", "3f", "df00ff", "f800", "f814",
                                "f81f", "9f01", "bf00ff", "bf0001", "9f", "bf"}) {
    CAPTURE(text);
    CHECK(refusal(text) != "accepted");
  }
  CHECK(refusal("f820") == "accepted");
}

TEST_CASE("bad-indefinite-string") {
  CHECK(refusal("5f4101ff") != "accepted");
  CHECK(refusal("7f6161ff") != "accepted");
  CHECK(refusal("5fff") != "accepted");
  CHECK(refusal("a17f6161ff01") != "accepted");
}

TEST_CASE("bad-declared-count: sizes beyond the input, before anything is reserved") {
  CHECK(refusal("5bffffffffffffffff") == "CBOR, offset 9: a string of declared length beyond the input");
  CHECK(refusal("7b7fffffffffffffff61") != "accepted");
  CHECK(refusal("9bffffffffffffffff") == "CBOR, offset 9: a declared count beyond the input");
  CHECK(refusal("bbffffffffffffffff") != "accepted");
  CHECK(refusal("bb800000000000000000") != "accepted");  // twice the count wraps around
  CHECK(refusal("8201") != "accepted");
  CHECK(refusal("a100") != "accepted");
  CHECK(refusal("4161") == "accepted");
  CHECK(refusal("4261") != "accepted");
}

TEST_CASE("bad-duplicate-key: equal keys of every kind, in both encodings") {
  for (std::string_view text : {"a200010002", "a220012002", "a2616101616102", "a2416101416102",
                                "bf00010002ff", "a3616101616202616103", "81a200010002"}) {
    CAPTURE(text);
    CHECK(refusal(text).ends_with("a map with a key that occurs twice"));
  }
  CHECK(refusal("a2416101616102") == "accepted");  // bytes and text differ
  CHECK(refusal("a200012002") == "accepted");      // 0 and -1
}

TEST_CASE("bad-key-form: keys that could hide a duplicate") {
  for (std::string_view text : {"a1180001", "a119000101", "a11a0000000101", "a11b000000000000000101",
                                "a1380001", "a178016101", "a158016101", "a20001180002", "a17900016101"}) {
    CAPTURE(text);
    CHECK(refusal(text).ends_with("a map key that is not in shortest form"));
  }
  for (std::string_view text : {"a1f601", "a1f501", "a18001", "a1a001", "a1c00001", "a1f93c0001"}) {
    CAPTURE(text);
    CHECK(refusal(text).ends_with("a map key that is neither a number nor a string"));
  }
  CHECK(refusal("a1181801") == "accepted");
  CHECK(refusal("a1190100"
                "01") == "accepted");
}

TEST_CASE("bad-text: not UTF-8") {
  CHECK(refusal("61ff") != "accepted");
  CHECK(refusal("62c0af") != "accepted");
  CHECK(refusal("63eda080") != "accepted");
  CHECK(refusal("62c3a9") == "accepted");
  CHECK(refusal("41ff") == "accepted");
}

TEST_CASE("bad-depth: the limit is exact, and 100000 levels do no harm") {
  const auto nested = [](std::size_t depth, std::uint8_t opener, std::uint8_t inner) {
    Bytes out(depth, opener);
    out.push_back(inner);
    return out;
  };
  for (std::uint8_t opener : {std::uint8_t{0x81}, std::uint8_t{0xc0}}) {
    CHECK(cbor::decode(nested(16, opener, 0)).has_value());
    CHECK_FALSE(cbor::decode(nested(17, opener, 0)).has_value());
    CHECK_FALSE(cbor::decode(nested(100000, opener, 0)).has_value());
  }
  CHECK_FALSE(cbor::decode(Bytes(100000, 0x9f)).has_value());
  CHECK_FALSE(cbor::decode(Bytes(100000, 0xbf)).has_value());
  CHECK_FALSE(cbor::decode(Bytes(100000, 0xd8)).has_value());
  cbor::Limits flat;
  flat.depth = 0;
  CHECK(refusal("00", flat) == "accepted");
  CHECK(refusal("80", flat) != "accepted");
}

TEST_CASE("bad-item-flood: the number of items is bounded, and 9 MiB do no harm") {
  Bytes many;
  cbor::put_head(many, 4, 4095);
  many.resize(many.size() + 4095);
  CHECK(cbor::decode(many).has_value());
  Bytes one_more;
  cbor::put_head(one_more, 4, 4096);
  one_more.resize(one_more.size() + 4096);
  CHECK_FALSE(cbor::decode(one_more).has_value());
  Bytes zeros{0x9f};
  zeros.resize(9 << 20);
  CHECK_FALSE(cbor::decode(zeros).has_value());
  Bytes large;
  cbor::put_bytes(large, Bytes(9 << 20));
  CHECK(cbor::decode(large).value().content.size() == 9 << 20);
}

TEST_CASE("bad-truncation: every cut of a structure is refused") {
  const Bytes sample = from_hex(
                           "bf626964"
                           "63692d31"
                           "6470637273"
                           "a2004101"
                           "18184102"
                           "63616c6c"
                           "8301c101f6"
                           "ff")
                           .value();
  REQUIRE(cbor::decode(sample).has_value());
  for (std::size_t n = 0; n < sample.size(); ++n)
    CHECK_FALSE(cbor::decode(ByteView(sample).first(n)).has_value());
}

TEST_CASE("heads are written in shortest form") {
  const std::pair<std::uint64_t, std::string_view> known[] = {{0, "00"},
                                                              {23, "17"},
                                                              {24, "1818"},
                                                              {255, "18ff"},
                                                              {256, "190100"},
                                                              {65535, "19ffff"},
                                                              {65536, "1a00010000"},
                                                              {0xffffffff, "1affffffff"},
                                                              {0x100000000, "1b0000000100000000"},
                                                              {UINT64_MAX, "1bffffffffffffffff"}};
  for (const auto& [value, text] : known) {
    Bytes out;
    cbor::put_head(out, 0, value);
    CHECK(hex(out) == text);
  }
  Bytes out;
  cbor::put_head(out, 5, 1);
  cbor::put_text(out, "a");
  cbor::put_bytes(out, Bytes{1, 2});
  CHECK(hex(out) == "a16161420102");
}
