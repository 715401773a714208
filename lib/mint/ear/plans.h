// What a result in the form of tee-verify's own is made of, and the tables of variants. Part of lib/mint (floor F3).
#pragma once

#include "mint/token/plan.h"

namespace tee::mint::ear {

inline constexpr std::string_view kAudience = "ci.example", kIssuer = "https://verifier.example";
const std::string& usual_nonce();  // hex of 32 bytes
const std::string& policy();       // hex of 32 bytes

// One submodule, affirming, judged by P-256's owner, with all questions asked and its key in a JWK.
token::Plan usual_plan();
Json& appraisal(token::Plan& p);   // of cpu0
Json& extension(token::Plan& p);   // its "ear.tee-tools"

// Replaces the file that goes with --ear-key.
void give_key(token::Plan& p, std::string name, ByteView content);
void give_jwk(token::Plan& p, const crypto::PublicKey& key);

std::span<const token::Row> good_rows();
std::span<const token::Row> key_rows();       // keys, algorithms, headers
std::span<const token::Row> question_rows();  // audience, nonce, policy, times
std::span<const token::Row> claim_rows();     // statuses, vectors, submodules, the verdict behind them

}  // namespace tee::mint::ear
