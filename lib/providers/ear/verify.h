// Judging another verifier's signed result (EAR). Floor F3.
#pragma once

#include <set>

#include "evidence/provider.h"

namespace tee::ear {

// Runs every check and records it.
void verify_ear(const VerifyInput& input, Findings& out);

// The accepted questions say which workload: their hash is pinned, and every submodule passed them (S18).
WorkloadAnswer ear_workload(const std::set<std::string>& pinned, const Findings& found, const AppraisalOptions& options);

}  // namespace tee::ear
