#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace tee;

TEST_CASE("plain text passes unchanged") {
  CHECK(printable("CN=ARK-Milan, O=Advanced Micro Devices") == "CN=ARK-Milan, O=Advanced Micro Devices");
  CHECK(printable("Zürich 東京 🙂") == "Zürich 東京 🙂");
  CHECK(printable("") == "");
}

TEST_CASE("bad-terminal-escape_S26: controls are shown, not sent") {
  CHECK(printable("\x1b[31mred") == "\\u{1b}[31mred");
  CHECK(printable("a\nb\tc\r") == "a\\u{a}b\\u{9}c\\u{d}");
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\u{0}b");
  CHECK(printable("\x7f") == "\\u{7f}");
  CHECK(printable("\xc2\x9b") == "\\u{9b}");        // C1 CSI
  CHECK(printable("\xe2\x80\xae") == "\\u{202e}");  // right-to-left override
  CHECK(printable("\xe2\x81\xa6") == "\\u{2066}");  // left-to-right isolate
  CHECK(printable("\xd8\x9c") == "\\u{61c}");       // Arabic letter mark
  CHECK(printable("\xe2\x80\xa8\xe2\x80\xa9") == "\\u{2028}\\u{2029}");
  CHECK(printable("\xef\xbb\xbf") == "\\u{feff}");
  CHECK(printable("\xf3\xa0\x80\xa1") == "\\u{e0021}");  // invisible tag
}

TEST_CASE("bad-utf8: every malformed byte is shown in hex") {
  CHECK(printable("\xff") == "\\xff");
  CHECK(printable("\x80") == "\\x80");
  CHECK(printable("\xc0\xaf") == "\\xc0\\xaf");                    // overlong
  CHECK(printable("\xe0\x80\x80") == "\\xe0\\x80\\x80");           // overlong
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");           // surrogate
  CHECK(printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
  CHECK(printable("a\xe2\x82") == "a\\xe2\\x82");                  // cut off
  for (std::string_view text : {"\xff", "\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xbf\xbf",
                                "\xf0\x8f\xbf\xbf", "\xf5\x80\x80\x80", "\xe2\x82", "\xc3(", "ok\xfe"}) {
    CHECK_FALSE(valid_utf8(text));
  }
  for (std::string_view text : {"", "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CHECK(valid_utf8(text));
  }
  CHECK(valid_utf8_prefix("ab\xc3\xa9\xff") == 4);
}

TEST_CASE("long text is cut at a character") {
  CHECK(printable("abcdef", 3) == "abc…");
  CHECK(printable("abc", 3) == "abc");
  CHECK(printable("ab\xc3\xa9", 3) == "ab…");  // the é would need a fourth byte
  CHECK(printable("x", 0) == "…");
  CHECK(printable(std::string(1000, 'x')).size() == 256 + 3);
}

TEST_CASE("no output of printable() acts on a terminal, whatever the input") {
  std::uint32_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      state = state * 1664525u + 1013904223u;
      text += static_cast<char>(state >> 24);
    }
    const std::string out = printable(text);
    CHECK(valid_utf8(out));
    for (std::string_view rest = out; !rest.empty();) {
      const Utf8Char c = first_utf8(rest);
      REQUIRE(c.length > 0);
      CHECK_FALSE(acts_on_display(c.value));
      rest.remove_prefix(c.length);
    }
  }
}

TEST_CASE("nearest word") {
  const std::vector<std::string_view> flags{"collateral", "nonce", "expect", "allow-debug", "at"};
  CHECK(nearest("colateral", flags) == "collateral");
  CHECK(nearest("nonec", flags) == "nonce");
  CHECK(nearest("allow_debg", flags) == "allow-debug");
  CHECK(nearest("nonce", flags) == "nonce");
  CHECK(nearest("something", flags).empty());
  CHECK(nearest("x", flags).empty());  // nothing shared with "at"
  CHECK(nearest("", flags).empty());
  CHECK(nearest(std::string(100000, 'n'), flags).empty());
  CHECK(nearest("nonce", {}).empty());
}
