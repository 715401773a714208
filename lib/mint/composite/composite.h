// A fake machine: an SNP guest with NVIDIA devices beside it, in one envelope. Part of lib/mint (floor F3).
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& composite_vendor();  // "composite"

}  // namespace tee::mint
