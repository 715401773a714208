// Good Confidential Space tokens, from which the variants are made, and the tables of variants.
#pragma once

#include "mint/token/plan.h"

namespace tee::mint::gcp {

inline constexpr std::string_view kIssuer = "https://confidentialcomputing.googleapis.com";
inline constexpr std::string_view kAudience = "https://verifier.example";
inline constexpr std::string_view kNonce = "00112233445566778899aabbccddeeff102132435465768798a9bacbdcedfe0f";
inline constexpr std::string_view kDigest =
    "3f0c9a1e5b7d28466f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6";

token::Plan oidc_plan();  // asked with nonce, image and audience: a pass of scope workload
token::Plan pki_plan();   // the same token under certificates

std::span<const token::Row> claim_rows();
std::span<const token::Row> question_rows();
std::span<const token::Row> pki_rows();

}  // namespace tee::mint::gcp
