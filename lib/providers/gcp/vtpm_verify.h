// Judging raw vTPM attestations of Compute Engine machines. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::gcp {

void verify_vtpm(const VerifyInput& input, Findings& out);
Result<Json> inspect_vtpm(ByteView evidence);
WorkloadAnswer vtpm_workload(const std::set<std::string>& pinned, const Findings& found,
                             const AppraisalOptions& options);

}  // namespace tee::gcp
