// The token engine: everything that is true of a signed web token whoever issues it. Rooms bring their rules
// and get the claims back.
//
// Rules of RFC 7515, 7517, 7519 and 8725, read strictly: one spelling, fixed algorithms per issuer, the key
// by its exact id from supplied key sets or from a certificate chain to a pinned root, nothing from the
// header believed. Every check runs and is recorded; the claims come back even when some fail, so that the
// room can show and judge them as well.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evidence/provider.h"
#include "providers/shared/token/chain.h"

namespace tee::token {

struct TokenRules {
  Provider provider;
  std::string prefix;                              // of check ids: "gcp.token."
  std::span<const std::string_view> algorithms;    // what this issuer signs with
  bool (*issuer_listed)(std::string_view issuer);  // the fixed list; --issuer adds to it
  std::string_view issuers_shown;                  // the list in words, for messages
  std::vector<crypto::TrustAnchor> (*pinned)() =
      nullptr;  // roots of x5c chains; nullptr: x5c in the header is ignored
  ChainRules chain;
  std::optional<Seconds> longest_life;  // exp - iat
  // The key is the one that the operator gave for this very kind of token; nullptr: none was given. Key ids, key sets and
  // issuers then play no part. Where exp may be absent, that is a visible skip.
  bool operators_key = false;
  const crypto::PublicKey* key = nullptr;
  std::string_view key_option, key_source;  // "--ear-key", and the file
  bool expiry_optional = false;
};

struct Token {
  Json header, claims;
  std::string issuer;                      // iss, or empty
  std::vector<crypto::Certificate> chain;  // x5c, where the rules use it
};

// nullopt when the bytes are no well-formed token: then PREFIX"form" has failed and nothing else can be said.
std::optional<Token> judge_token(const VerifyInput& input, const TokenRules& rules, Findings& out);

// Header, claims, times in words and sizes; certificates of the header with their names and dates. Judges
// nothing.
Result<Json> inspect_token(ByteView evidence);

}  // namespace tee::token
