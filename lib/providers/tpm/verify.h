// Judging a TPM quote whose key the operator vouches for. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::tpm {

void verify_quote(const VerifyInput& input, Findings& out);
Result<Json> inspect_quote(ByteView evidence);
WorkloadAnswer quote_workload(const std::set<std::string>& pinned, const Findings& found,
                              const AppraisalOptions& options);

}  // namespace tee::tpm
