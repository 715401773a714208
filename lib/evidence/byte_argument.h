// Byte arguments of the command line (design section 6): one reader for every option and
// expectation. Floor F2.
//
// HEX, b64:BASE64, text:TEXT, @FILE (raw), hex:@FILE, b64:@FILE, sha256:@FILE. An argument that comes out
// empty is an error: it is nearly always an unset variable or an empty file, and must not ask an empty
// question (rule S4).
#pragma once

#include <string_view>

#include "base/bytes.h"

namespace tee {

// usage errors bytes.malformed and usage.empty_value; file.unreadable and file.too_large for files.
Result<Bytes> read_byte_argument(std::string_view argument);

}  // namespace tee
