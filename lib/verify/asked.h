// What was asked, as a document with a hash, so that a relying party can pin the questions behind a verdict (S18). Floor F4.
#pragma once

#include <array>

#include "verify/appraise.h"

namespace tee::verify {

// Of the questions only what another run repeats: expectations, floors, acceptance, issuers, anchors by key, the operator's own
// reference values by their digest, and whether a nonce, a key and so on were asked for, not their values. Key sets are not
// among them, for issuers replace theirs every few days: trust "supplied" says that one was relied on. What was not given is left out, so that a hash stays the same
// when a later version can ask for more. The hash is SHA-256 over the compact JSON with sorted keys (RFC 8785 for the kinds of
// values that occur); tee-evidence(5) lists the members.
struct Asked {
  Json questions;
  std::array<std::uint8_t, 32> sha256{};
};
Asked what_was_asked(const Questions& q, const CollateralSet& collateral);

}  // namespace tee::verify
