// Judging raw vTPM evidence of an Azure confidential VM, end to end. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::azure {

void verify_vtpm(const VerifyInput& input, Findings& out);
Result<Json> inspect_vtpm(ByteView evidence);
WorkloadAnswer vtpm_workload(const std::set<std::string>& pinned, const Findings& found, const AppraisalOptions& options);

}  // namespace tee::azure
