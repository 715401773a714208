// Text encodings of bytes: hex and base64, strict in both directions. Floor F0.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace tee {

std::string hex(ByteView bytes);                      // lower case, no prefix
Result<Bytes> from_hex(std::string_view text);        // even length, either case, no prefix, no spaces
bool is_hex(std::string_view text);                   // non-empty, even, only hex digits

enum class Base64 { standard, url };
std::string base64(ByteView bytes, Base64 alphabet = Base64::standard);  // standard is padded, url is not
// Canonical only: right alphabet, zero trailing bits. Standard requires padding, url accepts its absence only.
Result<Bytes> from_base64(std::string_view text, Base64 alphabet = Base64::standard);
// As found in files: standard or url alphabet (not mixed), padded or not, ASCII white space anywhere.
Result<Bytes> from_base64_lenient(std::string_view text);

// Printable form of foreign text: controls, C1, bidi controls, line separators and invalid UTF-8 become \u{…} or
// \x.., at most max_bytes of input are shown (S26). Every foreign string passes here before it reaches a person.
std::string printable(std::string_view foreign, std::size_t max_bytes = 256);

bool valid_utf8(std::string_view text);
std::size_t valid_utf8_prefix(std::string_view text);  // how many bytes are well-formed from the start

// The first character of a text. length 0: the text is empty, or does not start with well-formed UTF-8 (RFC 3629:
// no overlong forms, no surrogates, nothing above U+10FFFF).
struct Utf8Char {
  char32_t value = 0;
  std::size_t length = 0;
};
Utf8Char first_utf8(std::string_view text);
// Characters that act on a terminal or reorder or hide what a person sees (S26).
bool acts_on_display(char32_t c);

// Edit distance for "did you mean"; nearest candidate within distance 2 (3 for words over 8), or empty.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace tee
