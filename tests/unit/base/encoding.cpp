#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace tee;

namespace {

std::string decoded(std::string_view text, Base64 alphabet = Base64::standard) {
  const Result<Bytes> out = from_base64(text, alphabet);
  return out ? std::string(as_text(*out)) : "refused";
}

std::string decoded_lenient(std::string_view text) {
  const Result<Bytes> out = from_base64_lenient(text);
  return out ? std::string(as_text(*out)) : "refused";
}

}  // namespace

TEST_CASE("hex both ways") {
  CHECK(hex(Bytes{0x00, 0x0f, 0xa0, 0xff}) == "000fa0ff");
  CHECK(hex({}) == "");
  CHECK(from_hex("000fA0fF").value() == Bytes{0x00, 0x0f, 0xa0, 0xff});
  CHECK(from_hex("").value().empty());
  CHECK(is_hex("00fF"));
  CHECK_FALSE(is_hex(""));
  CHECK_FALSE(is_hex("0"));
  CHECK_FALSE(is_hex("0x"));
}

TEST_CASE("bad-hex: odd length, prefix, spaces, other letters") {
  for (std::string_view text : {"0", "0x00", " 00", "00 ", "0g", "g0", "00\n", "+0", "-1"}) {
    CAPTURE(text);
    CHECK_FALSE(from_hex(text).has_value());
  }
  CHECK(from_hex("0g").error().message == "hex: character 2 is not a hex digit");
}

TEST_CASE("base64 known answers, RFC 4648 section 10") {
  const std::pair<std::string_view, std::string_view> known[] = {{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : known) {
    CHECK(base64(as_bytes(plain)) == coded);
    CHECK(decoded(coded) == plain);
    CHECK(decoded_lenient(coded) == plain);
    const std::string_view bare = coded.substr(0, coded.find('='));
    CHECK(base64(as_bytes(plain), Base64::url) == bare);
    CHECK(decoded(bare, Base64::url) == plain);
    CHECK(decoded_lenient(bare) == plain);
  }
  CHECK(base64(Bytes{0xfb, 0xff}) == "+/8=");
  CHECK(base64(Bytes{0xfb, 0xff}, Base64::url) == "-_8");
}

TEST_CASE("bad-base64-standard: only the canonical form") {
  for (std::string_view text : {"Zg", "Zg=", "Zg===", "=", "==", "====", "Z===", "Zg==Zg==", "Zh==", "Zm9=",
                                "-_8=", "Zm9v\n", " Zm9v", "Zm9v====", "Z", "Zm=v", "Zm9vY", "\xc3\xa9Zm"}) {
    CAPTURE(text);
    CHECK(decoded(text) == "refused");
  }
}

TEST_CASE("bad-base64-url: no padding, no other alphabet") {
  for (std::string_view text : {"Zg==", "Zm8=", "+/8", "Zh", "Z", "Zm9vY", "Zm 9v"}) {
    CAPTURE(text);
    CHECK(decoded(text, Base64::url) == "refused");
  }
}

TEST_CASE("lenient base64 forgives white space and padding, nothing else") {
  CHECK(decoded_lenient(" Zm9v\r\n\tYmFy \n") == "foobar");
  CHECK(decoded_lenient("Zg=\n=") == "f");
  CHECK(from_base64_lenient("-_8").value() == Bytes{0xfb, 0xff});
  CHECK(from_base64_lenient("-_8=").value() == Bytes{0xfb, 0xff});
  CHECK(from_base64_lenient("+/8").value() == Bytes{0xfb, 0xff});
  CHECK(decoded_lenient(" \n") == "");
  for (std::string_view text : {"+_8", "Zg=", "Z", "Zh", "Zg==Zg==", "Zm9v=", "Zm9v====", "====", "Zm,v"}) {
    CAPTURE(text);
    CHECK(decoded_lenient(text) == "refused");
  }
  CHECK(decoded_lenient(std::string_view("Zm9v\0", 5)) == "refused");
}

TEST_CASE("every length survives both alphabets") {
  Bytes data;
  for (int i = 0; i < 70; ++i) {
    CHECK(from_base64(base64(data)).value() == data);
    CHECK(from_base64(base64(data, Base64::url), Base64::url).value() == data);
    CHECK(from_base64_lenient(base64(data, Base64::url)).value() == data);
    CHECK(from_hex(hex(data)).value() == data);
    data.push_back(static_cast<std::uint8_t>(i * 37 + 250));
  }
}
