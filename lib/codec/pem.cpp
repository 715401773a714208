#include "codec/pem.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::pem {

namespace {

constexpr std::string_view kBegin = "-----BEGIN ", kEnd = "-----END ", kDashes = "-----";
constexpr std::size_t kMaxBlocks = 4096, kMaxLabel = 64, kLineLength = 64;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

tl::unexpected<Error> bad(std::size_t block, std::string_view why) {
  return fail(code::input_malformed, "PEM block " + std::to_string(block) + ": " + std::string(why));
}

// RFC 7468 section 3: printable ASCII without the hyphen-minus.
bool valid_label(std::string_view label) {
  if (label.empty() || label.size() > kMaxLabel || label.front() == ' ' || label.back() == ' ') return false;
  for (char c : label) {
    if (c < ' ' || c > '~' || c == '-') return false;
  }
  return true;
}

// Whether only blanks stand between the start of the line and `at`.
bool starts_line(std::string_view text, std::size_t at) {
  while (at > 0 &&
         (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\v' || text[at - 1] == '\f'))
    --at;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r' || text[at - 1] == '\0';
}

// Offset of the first BEGIN line; npos when there is none.
std::size_t find_begin(std::string_view text) {
  for (std::size_t at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + 1)) {
    if (starts_line(text, at)) return at;
  }
  return std::string_view::npos;
}

// Takes one block off the front of `text`, which starts with kBegin.
Result<Block> take_block(std::string_view& text, std::size_t number) {
  text.remove_prefix(kBegin.size());
  const std::size_t label_end = text.find(kDashes);
  if (label_end == std::string_view::npos || !valid_label(text.substr(0, label_end)))
    return bad(number, "no proper BEGIN line");
  Block block;
  block.label = std::string(text.substr(0, label_end));
  text.remove_prefix(label_end + kDashes.size());
  const std::size_t body_end = text.find(kDashes);
  if (body_end == std::string_view::npos) return bad(number, "no END line");
  std::string digits(text.substr(0, body_end));
  digits.erase(std::remove_if(digits.begin(), digits.end(), is_space), digits.end());
  text.remove_prefix(body_end);
  const std::string end_line = std::string(kEnd) + block.label + std::string(kDashes);
  if (!text.starts_with(end_line)) return bad(number, "the END line does not match the BEGIN line");
  text.remove_prefix(end_line.size());
  Result<Bytes> der = from_base64(digits);
  if (!der) return bad(number, der.error().message);
  if (der->empty()) return bad(number, "nothing between BEGIN and END");
  block.der = *std::move(der);
  return block;
}

}  // namespace

Result<std::vector<Block>> parse(std::string_view text, Junk junk) {
  std::vector<Block> blocks;
  for (;;) {
    if (junk == Junk::allow) {
      const std::size_t at = find_begin(text);
      if (at == std::string_view::npos) break;
      text.remove_prefix(at);
    } else {
      while (!text.empty() && (is_space(text.front()) || text.front() == '\0')) text.remove_prefix(1);
      if (text.empty()) break;
      if (!text.starts_with(kBegin))
        return bad(blocks.size() + 1, "other text where a BEGIN line is expected");
    }
    if (blocks.size() == kMaxBlocks) return bad(kMaxBlocks + 1, "more blocks than any bundle has");
    TEE_TRY(Block block, take_block(text, blocks.size() + 1));
    blocks.push_back(std::move(block));
  }
  if (blocks.empty()) return fail(code::input_malformed, "PEM: no BEGIN line");
  return blocks;
}

// Text up to the first BEGIN line, so that binary data which merely contains such a line is not taken for
// PEM.
bool looks_like_pem(std::string_view text) {
  const std::size_t at = find_begin(text);
  if (at == std::string_view::npos) return false;
  for (char c : text.substr(0, at)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && !is_space(c) && c != '\0') || byte == 0x7f) return false;
  }
  return valid_utf8(text.substr(0, at));
}

std::string encode(std::string_view label, ByteView der) {
  const std::string digits = base64(der);
  std::string out = std::string(kBegin) + std::string(label) + "-----\n";
  for (std::size_t i = 0; i < digits.size(); i += kLineLength) out += digits.substr(i, kLineLength) + "\n";
  return out + std::string(kEnd) + std::string(label) + "-----\n";
}

}  // namespace tee::pem
