// COSE_Sign1 (RFC 9052 section 4.2): taking it apart, and the bytes that its signature covers. Floor F1.
#pragma once

#include <optional>

#include "codec/cbor.h"

namespace tee::cose {

struct Sign1 {
  bool tagged = false;                     // CBOR tag 18 in front
  Bytes protected_header;                  // content of the protected bstr, exactly as received
  std::optional<std::int64_t> algorithm;   // label 1 of the protected header when it is an integer
  bool critical = false;                   // label 2 (crit) is present
  ByteView payload;                        // view into the input
  ByteView signature;                      // view into the input
};

// Structure only: an array of four, one optional tag 18, protected bstr holding a map (or empty), unprotected map, payload and
// signature byte strings, nothing behind. A detached (null) payload is refused.
Result<Sign1> parse_sign1(ByteView input);

// Sig_structure with context "Signature1" and empty external_aad, rebuilt with shortest-form heads.
Bytes signed_bytes(const Sign1& message);

}  // namespace tee::cose
