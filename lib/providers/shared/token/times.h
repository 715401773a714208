// exp, nbf and iat of a token (RFC 7519 sections 4.1.4 to 4.1.6) against the judged time.
#pragma once

#include <string>

#include "evidence/findings.h"

namespace tee::token {

struct TimeRules {
  std::optional<Seconds> longest_life;  // exp - iat
  bool expiry_optional = false;         // a missing exp is a visible skip, no failure
};

// Adds PREFIX"expiry", "not_before", "issued_at" and, with a longest life, "lifetime". Fills
// binding.signed_time.
void judge_times(const Json& claims, const AppraisalOptions& options, const TimeRules& rules,
                 const std::string& prefix, Findings& out);

}  // namespace tee::token
