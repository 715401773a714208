// The fake AMD as a vendor of the mint. Part of lib/mint (floor F3).
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& snp_vendor();

}  // namespace tee::mint
