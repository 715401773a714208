// PEM text (RFC 7468) to DER blocks. Floor F1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace tee::pem {

struct Block {
  std::string label;  // "CERTIFICATE"
  Bytes der;
};

// All blocks of a text. Between and around blocks only ASCII white space and NUL are allowed with Junk::refuse; with
// Junk::allow other text (openssl's "subject=" lines) is skipped. No block at all is an error.
enum class Junk { refuse, allow };
Result<std::vector<Block>> parse(std::string_view text, Junk junk = Junk::refuse);
bool looks_like_pem(std::string_view text);
std::string encode(std::string_view label, ByteView der);

}  // namespace tee::pem
