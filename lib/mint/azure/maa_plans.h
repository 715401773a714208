// Good MAA tokens, from which the variants are made, and the tables of variants.
#pragma once

#include "mint/token/plan.h"

namespace tee::mint::azure {

token::Plan snp_plan();    // a raw SNP report, asked with nonce (in user-data), measurement and policy hash
token::Plan tdx_plan();    // a TD quote
token::Plan guest_plan();  // azurevm: the SNP claims inside x-ms-isolation-tee

std::span<const token::Row> snp_rows();
std::span<const token::Row> tdx_rows();
std::span<const token::Row> guest_rows();

}  // namespace tee::mint::azure
