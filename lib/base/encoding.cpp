#include "base/encoding.h"

#include <array>

namespace tee {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 4648 tables 1 and 2.
constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrl = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// What each byte stands for; -1 for those outside the alphabet.
constexpr std::array<std::int8_t, 256> digit_table(std::string_view alphabet) {
  std::array<std::int8_t, 256> out{};
  for (std::int8_t& value : out) value = -1;
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    out[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return out;
}
constexpr std::array<std::int8_t, 256> kStandardValues = digit_table(kStandard), kUrlValues = digit_table(kUrl);

tl::unexpected<Error> bad_base64(std::string_view why) {
  return fail(code::input_malformed, "base64: " + std::string(why));
}

// Digits without padding to bytes; the bits that a last short group does not use must be zero.
Result<Bytes> decode_digits(std::string_view digits, Base64 alphabet) {
  if (digits.size() % 4 == 1) return bad_base64("the length is not one that whole bytes give");
  const std::array<std::int8_t, 256>& values = alphabet == Base64::standard ? kStandardValues : kUrlValues;
  Bytes out(digits.size() * 3 / 4);
  std::size_t written = 0;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = values[static_cast<unsigned char>(digits[i])];
    if (digit < 0) return bad_base64("character " + std::to_string(i + 1) + " is not of the alphabet");
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[written++] = static_cast<std::uint8_t>(bits >> held);
      bits &= (1u << held) - 1;
    }
  }
  if (bits != 0) return bad_base64("the unused bits of the last character are not zero");
  return out;
}

}  // namespace

std::string hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::uint8_t b : bytes) {
    out += kHexDigits[b >> 4];
    out += kHexDigits[b & 15];
  }
  return out;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(code::input_malformed, "hex: an odd number of digits");
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) {
      return fail(code::input_malformed,
                  "hex: character " + std::to_string(high < 0 ? i + 1 : i + 2) + " is not a hex digit");
    }
    out.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return out;
}

bool is_hex(std::string_view text) {
  if (text.empty() || text.size() % 2 != 0) return false;
  for (char c : text) {
    if (hex_digit(c) < 0) return false;
  }
  return true;
}

std::string base64(ByteView bytes, Base64 alphabet) {
  const std::string_view digits = alphabet == Base64::standard ? kStandard : kUrl;
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t n = bytes.size() - i < 3 ? bytes.size() - i : 3;
    std::uint32_t group = std::uint32_t{bytes[i]} << 16;
    if (n > 1) group |= std::uint32_t{bytes[i + 1]} << 8;
    if (n > 2) group |= bytes[i + 2];
    for (std::size_t k = 0; k <= n; ++k) out += digits[group >> (18 - 6 * k) & 63];
    if (alphabet == Base64::standard) out.append(3 - n, '=');
  }
  return out;
}

Result<Bytes> from_base64(std::string_view text, Base64 alphabet) {
  if (alphabet == Base64::url) return decode_digits(text, alphabet);
  if (text.size() % 4 != 0) return bad_base64("the length is not a multiple of four");
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return decode_digits(text, alphabet);
}

Result<Bytes> from_base64_lenient(std::string_view text) {
  std::string digits;
  digits.reserve(text.size());
  for (char c : text) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    digits += c;
  }
  const bool url = digits.find_first_of("-_") != std::string::npos;
  if (url && digits.find_first_of("+/") != std::string::npos) return bad_base64("two alphabets are mixed");
  std::string_view bare = digits;
  if (bare.ends_with('=')) {  // padding need not be there, but if it is, it must be whole
    if (bare.size() % 4 != 0) return bad_base64("the padding is not whole");
    for (int i = 0; i < 2 && bare.ends_with('='); ++i) bare.remove_suffix(1);
  }
  return decode_digits(bare, url ? Base64::url : Base64::standard);
}

}  // namespace tee
