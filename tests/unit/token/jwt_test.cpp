// Compact tokens have one spelling (RFC 7515 section 7.1, RFC 4648 section 5).
#include "codec/jwt.h"

#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace tee;

namespace {

std::string token(std::string_view header, std::string_view payload,
                  std::string_view signature = "signature") {
  return jwt::signing_input(header, payload) + "." + base64(as_bytes(signature), Base64::url);
}

std::string refusal(const std::string& text, const jwt::Limits& limits = {}) {
  const auto parsed = jwt::parse(as_bytes(text), limits);
  return parsed ? "(accepted)" : parsed.error().message;
}

}  // namespace

TEST_CASE("jwt: the parts of a token") {
  const std::string text = token(R"({"alg":"RS256"})", R"({"iss":"me"})", "sig");
  const auto parsed = jwt::parse(as_bytes(text));
  REQUIRE(parsed.has_value());
  CHECK(parsed->header == Json{{"alg", "RS256"}});
  CHECK(parsed->payload == Json{{"iss", "me"}});
  CHECK(as_text(parsed->signature) == "sig");
  CHECK(parsed->signing_input == text.substr(0, text.rfind('.')));
}

TEST_CASE("jwt: line ends behind a token belong to its file") {
  for (const char* end : {"\n", "\r\n", "\n\n"}) {
    const std::string text = token("{}", "{}") + end;
    CHECK(jwt::looks_compact(as_bytes(text)));
    CHECK(jwt::parse(as_bytes(text)).has_value());
  }
  CHECK_FALSE(jwt::parse(as_bytes(token("{}", "{}") + " ")).has_value());
  CHECK_FALSE(jwt::parse(as_bytes("\n" + token("{}", "{}"))).has_value());
}

TEST_CASE("bad-parts: anything but three parts") {
  for (const char* text : {"", ".", "..", "e30", "e30.e30", "e30.e30.e30.e30", "e30.e30.e30.e30.e30"}) {
    CAPTURE(text);
    CHECK_FALSE(jwt::parse(as_bytes(std::string_view(text))).has_value());
  }
  CHECK(refusal("e30.e30.") == "the token's signature is empty");
  CHECK(refusal("e30..AAAA") == "the token's payload is empty");
  CHECK(refusal(".e30.AAAA") == "the token's header is empty");
}

TEST_CASE("bad-spelling: padding, other alphabets, white space, unused bits") {
  CHECK(jwt::parse(as_bytes(std::string_view("e30.e30.AA"))).has_value());
  for (const char* text :
       {"e30.e30.AA==", "e30.e30.AB", "e30.e30.A", "e30.e30.A+A", "e30.e30.A/A", "e30.e30.A A",
        "e30.e30.A\xc3\xa4", "e30=.e30.AA", "e31.e30.AA", "e30.e3 0.AA", "e30\n.e30.AA"}) {
    CAPTURE(text);
    CHECK_FALSE(jwt::parse(as_bytes(std::string_view(text))).has_value());
  }
}

TEST_CASE("bad-json: what stands inside must be one object, each member once") {
  for (const char* payload : {"[]", "\"a\"", "1", "null", "{}{}", "{} x", " {}", "\n{}", "\xef\xbb\xbf{}",
                              R"({"a":1,"a":1})", R"({"a":1,"\u0061":1})", R"({"a":{"b":1,"b":2}})",
                              "{\"a\":\"\xff\"}", R"({"a":1e999})", R"({"a":NaN})", "{"}) {
    CAPTURE(payload);
    CHECK_FALSE(jwt::parse(as_bytes(token("{}", payload))).has_value());
    CHECK_FALSE(jwt::parse(as_bytes(token(payload, "{}"))).has_value());
  }
}

TEST_CASE("bad-size: limits hold before anything is decoded") {
  const jwt::Limits limits{.header = 12, .payload = 12, .signature = 3, .depth = 2};
  CHECK(refusal(token(R"({"a":"1234"})", R"({"a":"1234"})", "sig"), limits) == "(accepted)");
  CHECK(refusal(token(R"({"a":"12345"})", "{}", "sig"), limits) ==
        "the token's header is larger than 12 bytes");
  CHECK(refusal(token("{}", R"({"a":"12345"})", "sig"), limits) ==
        "the token's payload is larger than 12 bytes");
  CHECK(refusal(token("{}", "{}", "sign"), limits) == "the token's signature is larger than 3 bytes");
  CHECK(refusal(token("{}", R"({"a":[[]]})", "sig"), limits) != "(accepted)");
  CHECK(refusal(token("{}", R"({"a":)" + std::string(1000, '[') + std::string(1000, ']') + "}")) !=
        "(accepted)");
}

TEST_CASE("jwt: the shape of a token") {
  CHECK(jwt::looks_compact(as_bytes(token("{}", "{}"))));
  CHECK(jwt::looks_compact(as_bytes(token("{ \"alg\":1}", "{}") + "=")));
  for (const char* text : {"", "e30.e30", "e30.e30.AA.AA", "AAA.AAA.AAA", "e30.e30.AA AA", "http://a.b.c",
                           "{\"a\":1}", "e..AAAAAA"}) {
    CAPTURE(text);
    CHECK_FALSE(jwt::looks_compact(as_bytes(std::string_view(text))));
  }
}
