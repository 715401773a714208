// Compact JWS (RFC 7515 section 7.1): three base64url parts, decoded strictly. Floor F1; no trust decisions.
//
// A token has exactly one spelling here: no padding, no white space, no unused bits set, no duplicate members
// at any depth. Otherwise several texts would carry one signature, and two parsers could read one text
// differently. Sizes are checked before anything is decoded.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "codec/json.h"

namespace tee::jwt {

// Decoded sizes. Real attestation tokens have headers under 8 KiB (three certificates) and claims under 12
// KiB.
struct Limits {
  std::size_t header = 16u << 10;
  std::size_t payload = 64u << 10;
  std::size_t signature = 2u << 10;  // RSA 16384
  std::size_t depth = 64;
};

struct Compact {
  std::string_view signing_input;  // header "." payload, as received: a view into the parsed text
  Json header, payload;            // objects
  Bytes signature;
};

// The token without the line ends that a file puts behind it; nothing else is cut off.
std::string_view without_line_end(ByteView text);

// Has the shape of a compact JWS whose header is a JSON object. Well-formed or not further in; cheap.
bool looks_compact(ByteView text);

// Error input.malformed naming the part. `text` must outlive the result.
Result<Compact> parse(ByteView text, const Limits& limits = {});

// header "." payload, ready to be signed.
std::string signing_input(std::string_view header, std::string_view payload);

}  // namespace tee::jwt
