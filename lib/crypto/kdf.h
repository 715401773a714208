// HMAC-SHA256 and HKDF-SHA256 (RFC 5869) over secrets: nothing passes through unguarded memory. Floor F1.
#pragma once

#include <initializer_list>

#include "crypto/secret.h"

namespace tee::crypto {

using Views = std::initializer_list<ByteView>;  // one message in several pieces

// 32 bytes. Any length of key.
Secret hmac_sha256(ByteView key, Views message);
std::array<std::uint8_t, 32> mac_sha256(ByteView key, Views message);  // where the result is public: a tag

Secret hkdf_extract(ByteView salt, Views input);                        // 32 bytes; an empty salt is 32 zeros
Secret hkdf_expand(ByteView key, Views info, std::size_t size);         // at most 255 * 32 bytes; more is our bug
Secret hkdf(ByteView salt, ByteView input, Views info, std::size_t size);

// u32be length ‖ bytes: how fields are put into an info string so that none can run into the next.
void append_field(Bytes& to, ByteView field);

}  // namespace tee::crypto
