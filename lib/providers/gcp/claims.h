// Claims of a Confidential Space token under normalised names (claims table, row gcp_confidential_token).
#pragma once

#include "evidence/findings.h"
#include "evidence/options.h"
#include "providers/gcp/evidence.h"

namespace tee::gcp {

// `options` choose which of several image signers is stated: one that the operator expects, else the first.
void state_claims(const ConfidentialToken& token, const std::string& issuer, const AppraisalOptions& options,
                  Findings& out);

}  // namespace tee::gcp
