// The fake Intel: TDX and SGX quotes, PCK certificates and collateral under a root of our own. Part of
// lib/mint (floor F3).
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& tdx_vendor();
const Vendor& sgx_vendor();

}  // namespace tee::mint
