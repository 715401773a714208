#include "codec/json.h"

#include <doctest/doctest.h>

using namespace tee;

namespace {

std::string refusal(std::string_view text, const json::Limits& limits = {}) {
  const Result<Json> value = json::parse(text, limits);
  if (value) return "accepted";
  CHECK(value.error().code == &code::input_malformed);
  const Result<json::Located> located =
      json::parse_located(text, SIZE_MAX, limits);  // both doors are the same guard
  REQUIRE_FALSE(located.has_value());
  CHECK(located.error().message == value.error().message);
  return value.error().message;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("values keep their kind and print sorted") {
  CHECK(json::dump(json::parse(R"( {"b":[1,-2,2.5,true,false,null],"a":"x"} )").value()) ==
        R"({"a":"x","b":[1,-2,2.5,true,false,null]})");
  CHECK(json::parse("18446744073709551615").value().get<std::uint64_t>() == UINT64_MAX);
  CHECK(json::parse("-9223372036854775808").value().get<std::int64_t>() == INT64_MIN);
  CHECK(json::parse("1.7976931348623157e308").value().is_number_float());
  CHECK(json::parse("0e-400").has_value());
  CHECK(json::parse(R"("\u0041\u00e9\ud83d\ude42\n")").value() == "Aé🙂\n");
}

TEST_CASE("bad-duplicate-key_S20: compared after unescaping, at any depth, and named in printable form") {
  CHECK(refusal(R"({"a":1,"a":1})") == R"(line 1, column 8: key "a" occurs twice)");
  CHECK(refusal("{\"a\":1,\n  \"\\u0061\":2}") == R"(line 2, column 3: key "a" occurs twice)");
  CHECK(refusal(R"({"x":[{"":1,"":2}]})") == R"(line 1, column 13: key "" occurs twice)");
  CHECK(refusal(R"({"\u001b[2J":1,"\u001b[2J":2})") == R"(line 1, column 16: key "\u{1b}[2J" occurs twice)");
  CHECK(refusal(R"({"a":1,"A":1,"a\u0000":1})") == "accepted");
  CHECK(refusal(R"([{"a":1},{"a":1}])") == "accepted");
  CHECK(refusal(R"({"a":{"a":{"a":1}}})") == "accepted");
  const std::string long_key(100000, 'k');
  CHECK(refusal("{\"" + long_key + "\":1,\"" + long_key + "\":2}").size() < 200);
}

TEST_CASE("bad-nul: a NUL byte does not end the text in silence") {
  CHECK(refusal(std::string_view("{\"a\":1}\0junk", 12)) == "line 1, column 8: a NUL byte");
  CHECK(refusal(std::string_view("\0", 1)) == "line 1, column 1: a NUL byte");
  CHECK(refusal(std::string_view("[\"a\0b\"]", 7)) == "line 1, column 4: a NUL byte");
}

TEST_CASE("bad-bom") { CHECK(refusal("\xef\xbb\xbf{}") == "line 1, column 1: a byte order mark"); }

TEST_CASE("bad-utf8: malformed, overlong, surrogates, cut off") {
  CHECK(refusal("\"\xff\"") == "line 1, column 2: bytes that are not UTF-8");
  CHECK(refusal("[1,\n\"\xc0\xaf\"]") == "line 2, column 2: bytes that are not UTF-8");
  for (std::string_view text :
       {"\"\xed\xa0\x80\"", "\"\xe2\x82\"", "\"\x80\"", "\"\xf5\x80\x80\x80\"", "\xff\xfe[\0]"}) {
    CHECK(refusal(text) != "accepted");
  }
  for (std::string_view text : {R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("\ud83d\ud83d")"}) {
    CAPTURE(text);
    CHECK(refusal(text) != "accepted");  // lone surrogates in escapes
  }
}

TEST_CASE("bad-number: nothing is rounded into something else") {
  CHECK(refusal("18446744073709551616") == "line 1, column 1: an integer of more than 64 bits");
  CHECK(refusal("-9223372036854775809") == "line 1, column 1: an integer of more than 64 bits");
  CHECK(refusal("[1,\n 100000000000000000000000]") == "line 2, column 2: an integer of more than 64 bits");
  CHECK(refusal("1e400") == "line 1, column 1: a number too large or too small to represent");
  CHECK(refusal("[-1e400]") == "line 1, column 2: a number too large or too small to represent");
  CHECK(refusal("1e-400") == "line 1, column 1: a number too large or too small to represent");
  for (std::string_view text :
       {"01", "+1", "1.", ".5", "1e", "0x10", "NaN", "Infinity", "-", "1_000", "--1"}) {
    CAPTURE(text);
    CHECK(refusal(text) != "accepted");
  }
}

TEST_CASE("bad-long-number: no memory is spent on it") {
  CHECK(refusal("[0, 1" + std::string(2000, '0') + "]") ==
        "line 1, column 5: a number or word of more than 1024 bytes");
  CHECK(refusal(std::string(8 << 20, '1')) == "line 1, column 1: a number or word of more than 1024 bytes");
  CHECK(refusal("0." + std::string(1022, '1')) == "accepted");
  CHECK(refusal("0." + std::string(1023, '1')) != "accepted");
  CHECK(refusal("[\"" + std::string(5000, '1') + "\\\"" + std::string(5000, '1') + "\\\\\",1]") ==
        "accepted");
  CHECK(refusal("\"" + std::string(5000, '\\') + "\"") == "accepted");
  CHECK(refusal("\"" + std::string(4999, '\\') + "\"") != "accepted");
}

TEST_CASE("bad-syntax: line and column, and never the input") {
  CHECK(refusal("") == "line 1, column 1: no value");
  CHECK(refusal(" \n ") == "line 2, column 2: no value");
  CHECK(refusal("[1,2") == "line 1, column 5: the text ends inside a value");
  CHECK(refusal("{\"secret\":\n  \"abc") == "line 2, column 7: the text ends inside a value");
  CHECK(refusal("{\"secret\":\n  sesame}") == "line 2, column 3: not JSON");
  CHECK(refusal("[1,,2]") == "line 1, column 4: not JSON");
  CHECK(refusal("[1 2]") == "line 1, column 4: not JSON");
  CHECK(refusal("\"a\nb\"") == "line 1, column 3: not JSON");
  for (std::string_view text : {"{",     "}",          "[",         "]",     "{]",
                                "[}",    "{\"a\"}",    "{\"a\":}",  "{a:1}", "{'a':1}",
                                "[1,]",  "{\"a\":1,}", "tru",       "nulll", "// c\n1",
                                "/**/1", "\"\\x41\"",  "\"\\u12\"", "\"",    "{\"a\":1 \"b\":2}",
                                "[1]]",  "undefined",  "\x1b[31m"}) {
    CAPTURE(text);
    const std::string message = refusal(text);
    CHECK(message != "accepted");
    CHECK(message.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("bad-trailing: something follows the value") {
  CHECK(refusal("{} {}") == "line 1, column 4: something follows the value");
  CHECK(refusal("1 2") == "line 1, column 3: something follows the value");
  CHECK(refusal("[1]\n\nx") == "line 3, column 1: something follows the value");
  CHECK(refusal("{}\n\t ") == "accepted");
}

TEST_CASE("bad-truncation: every cut of a document is refused") {
  const std::string_view text = R"({"a":[1,{"b":"\u00e9\\"},true,null],"c":-1.5e3})";
  REQUIRE(refusal(text) == "accepted");
  for (std::size_t n = 0; n < text.size(); ++n) CHECK(refusal(text.substr(0, n)) != "accepted");
}

TEST_CASE("bad-depth: the limit is exact, and 100000 levels do no harm") {
  CHECK(refusal(nested(64)) == "accepted");
  CHECK(refusal(nested(65)) == "line 1, column 65: nested deeper than 64 levels");
  CHECK(refusal(nested(100000)) == "line 1, column 65: nested deeper than 64 levels");
  CHECK(refusal(std::string(100000, '[')) == "line 1, column 65: nested deeper than 64 levels");
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK(refusal(objects) == "line 1, column 321: nested deeper than 64 levels");
  json::Limits flat;
  flat.depth = 0;
  CHECK(refusal("1", flat) == "accepted");
  CHECK(refusal("[]", flat) != "accepted");
}

TEST_CASE("bad-size: 9 MiB, and too many values") {
  CHECK(refusal(std::string(9 << 20, ' ')) == "JSON of more than 8388608 bytes");
  CHECK(refusal("\"" + std::string((8 << 20) - 2, 'x') + "\"") == "accepted");
  CHECK(refusal("\"" + std::string((8 << 20) - 1, 'x') + "\"") == "JSON of more than 8388608 bytes");
  json::Limits few;
  few.values = 3;
  CHECK(refusal("[1,2]", few) == "accepted");
  CHECK(refusal("[1,2,3]", few) == "line 1, column 6: more than 3 values");
  CHECK(refusal("[[],{},[]]", few) == "line 1, column 8: more than 3 values");
  std::string zeros = "[0";
  while (zeros.size() < (8 << 20) - 2) zeros += ",0";
  CHECK(refusal(zeros + "]") == "line 1, column 524288: more than 262144 values");
}

TEST_CASE("bad-long-pointers: long names above many values do not multiply in memory") {
  const std::string text = "{\"" + std::string(1 << 20, 'k') + "\":[1,2,3,4,5,6,7,8,9,10]}";
  CHECK(json::parse(text).has_value());
  CHECK_FALSE(json::parse_located(text, SIZE_MAX).has_value());
  CHECK(json::parse_located(text, 1).has_value());
}

TEST_CASE("output is safe to print_S26") {
  Json value;
  value["k\x1b"] = "a\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\xa8\xf3\xa0\x80\xa1\n";
  CHECK(json::dump(value) == R"({"k\u001b":"a\u007f\u009b\u202e\u2028\udb40\udc21\n"})");
  CHECK(json::parse(json::dump(value)).value() == value);
  CHECK(json::dump(Json("Zürich 東京 🙂")) == "\"Zürich 東京 🙂\"");
  CHECK(json::dump(Json("\xff"
                        "a")) ==
        "\"\xef\xbf\xbd"
        "a\"");
  CHECK(json::dump(Json::parse(R"({"a":[1,{}]})"), json::Style::pretty) ==
        "{\n  \"a\": [\n    1,\n    {}\n  ]\n}");
}

TEST_CASE("typed access") {
  const Json object = json::parse(R"({"t":"x","n":5,"neg":-5,"f":1.5,"null":null})").value();
  CHECK(json::text_of(object, "t") == "x");
  CHECK_FALSE(json::text_of(object, "n").has_value());
  CHECK_FALSE(json::text_of(object, "absent").has_value());
  CHECK(json::unsigned_of(object, "n") == 5u);
  CHECK_FALSE(json::unsigned_of(object, "neg").has_value());
  CHECK_FALSE(json::unsigned_of(object, "f").has_value());
  CHECK_FALSE(json::unsigned_of(object, "t").has_value());
  CHECK(json::unsigned_of(Json{{"n", 7}}, "n") == 7u);  // a signed number made by ourselves
  CHECK(json::find(object, "null")->is_null());
  CHECK(json::find(object, "absent") == nullptr);
  CHECK(json::find(Json::array(), "t") == nullptr);
  CHECK(json::find(Json("t"), "t") == nullptr);
}

TEST_CASE("JSON pointers, RFC 6901 section 5") {
  const Json value = json::parse(R"({"foo":["bar","baz"],"":0,"a/b":1,"m~n":8,"~1":2,"00":[[7]]})").value();
  CHECK(json::at_pointer(value, "") == &value);
  CHECK(*json::at_pointer(value, "/foo/1") == "baz");
  CHECK(*json::at_pointer(value, "/") == 0);
  CHECK(*json::at_pointer(value, "/a~1b") == 1);
  CHECK(*json::at_pointer(value, "/m~0n") == 8);
  CHECK(*json::at_pointer(value, "/~01") == 2);
  CHECK(*json::at_pointer(value, "/00/0/0") == 7);
  for (std::string_view pointer : {"foo", "/foo/2", "/foo/-", "/foo/01", "/foo/", "/foo/0/x", "/foo/1e0",
                                   "/foo/99999999999999999999", "/m~n", "/m~2n", "/a/b", "/~", "//"}) {
    CAPTURE(pointer);
    CHECK(json::at_pointer(value, pointer) == nullptr);
  }
}
