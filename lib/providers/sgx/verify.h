// Judging an SGX quote. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::sgx {

void verify(const VerifyInput& input, Findings& out);

}  // namespace tee::sgx
