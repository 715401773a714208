// Judging a TDX quote. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::tdx {

void verify(const VerifyInput& input, Findings& out);

}  // namespace tee::tdx
