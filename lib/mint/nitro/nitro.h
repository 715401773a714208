// The fake AWS: Nitro Enclaves attestation documents under a root of our own. Part of lib/mint (floor F3).
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& nitro_vendor();

}  // namespace tee::mint
