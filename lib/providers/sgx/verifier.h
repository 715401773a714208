// The row of the SGX room. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::sgx {

const Verifier& verifier();

}  // namespace tee::sgx
