// Claims of an MAA token under normalised names (claims table, row azure_maa_token), and what answers
// questions.
#pragma once

#include "evidence/findings.h"
#include "providers/azure/maa_evidence.h"

namespace tee::azure {

void state_maa_claims(const MaaToken& token, const std::string& issuer, Findings& out);
// Where a nonce, user data or a public key of the verifier may stand.
void offer_binding(const MaaToken& token, Findings& out);

// In debug mode as far as the token says; nullopt when it does not say.
std::optional<bool> debug_state(const MaaToken& token);

}  // namespace tee::azure
