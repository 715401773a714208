#include "evidence/byte_argument.h"

#include "base/encoding.h"
#include "base/env.h"
#include "crypto/digest.h"

namespace tee {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kSpace) - begin + 1);
}

// Hex written into a file by a shell: the digits were meant, not their characters.
bool hex_with_newline(ByteView content) {
  const std::string_view text = as_text(content);
  return text.ends_with('\n') && is_hex(trimmed(text));
}

Result<Bytes> decode_hex(std::string_view text, std::string_view where) {
  if (text.starts_with("0x") || text.starts_with("0X"))
    return fail(code::bytes_malformed, std::string(where) + ": hex is written without 0x here",
                "leave the 0x out");
  if (!is_hex(text))
    return fail(code::bytes_malformed,
                std::string(where) + ": an even number of hex digits is expected, found " +
                    std::to_string(text.size()) + " characters that are not",
                "other forms: b64:…, text:…, @FILE, hex:@FILE, b64:@FILE, sha256:@FILE");
  return from_hex(text);
}

Result<Bytes> decode_base64(std::string_view text, std::string_view where) {
  Result<Bytes> bytes = from_base64_lenient(text);
  if (!bytes) return fail(code::bytes_malformed, std::string(where) + ": not base64");
  return bytes;
}

enum class FileForm { raw, hex, base64, sha256 };

Result<Bytes> from_file(const std::string& path, FileForm form) {
  if (path.empty())
    return fail(code::usage_empty_value, "@ is followed by no file name", "an unset shell variable?");
  TEE_TRY(Bytes content, read_file(path));
  const std::string name = printable(path);
  if (content.empty()) return fail(code::usage_empty_value, name + " is empty");
  switch (form) {
    case FileForm::raw:
      if (hex_with_newline(content))
        return fail(code::bytes_malformed,
                    name + " holds hex digits and a newline, but would be taken as raw bytes",
                    "hex:@FILE takes the bytes that the digits spell");
      return content;
    case FileForm::hex: return decode_hex(trimmed(as_text(content)), name);
    case FileForm::base64: return decode_base64(as_text(content), name);
    case FileForm::sha256: return to_bytes(crypto::sha256(content));
  }
  return content;
}

// "PREFIX@FILE" or "PREFIX…"; nullopt when the argument has another prefix.
std::optional<std::string_view> after(std::string_view argument, std::string_view prefix) {
  if (!argument.starts_with(prefix)) return std::nullopt;
  return argument.substr(prefix.size());
}

Result<Bytes> read_form(std::string_view argument) {
  if (const auto path = after(argument, "@")) return from_file(std::string(*path), FileForm::raw);
  if (const auto path = after(argument, "hex:@")) return from_file(std::string(*path), FileForm::hex);
  if (const auto path = after(argument, "b64:@")) return from_file(std::string(*path), FileForm::base64);
  if (const auto path = after(argument, "sha256:@")) return from_file(std::string(*path), FileForm::sha256);
  if (const auto text = after(argument, "text:")) return to_bytes(as_bytes(*text));
  if (const auto text = after(argument, "b64:")) return decode_base64(*text, "b64:");
  return decode_hex(argument, "byte argument");
}

}  // namespace

Result<Bytes> read_byte_argument(std::string_view argument) {
  if (argument.empty())
    return fail(code::usage_empty_value, "a byte argument is empty", "an unset shell variable?");
  TEE_TRY(Bytes bytes, read_form(argument));
  if (bytes.empty())
    return fail(code::usage_empty_value, "a byte argument has no bytes", "an unset shell variable?");
  return bytes;
}

}  // namespace tee
