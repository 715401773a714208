// The row of the TDX room. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::tdx {

const Verifier& verifier();

}  // namespace tee::tdx
