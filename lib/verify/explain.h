// Codes and claims as data: what `explain` prints and the manual pages are checked against. Floor F4.
#pragma once

#include <string>

#include "codec/json.h"
#include "evidence/claims.h"
#include "verify/registry.h"

namespace tee::verify {

Json code_json(const Code& code);         // tee.explanation/1
Json claim_json(const ClaimRow& claim);   // tee.claim/1
std::string code_text(const Code& code);  // title, meaning, effect; filled to 80 columns
std::string claim_text(const ClaimRow& claim);

}  // namespace tee::verify
