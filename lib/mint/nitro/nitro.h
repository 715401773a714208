// The fake AWS: attestation documents of Nitro Enclaves and NitroTPM under a root made on the spot, and each
// broken variant by name. Part of lib/mint (floor F3).
//
// Names: good-… must pass, bad-… must not, open-… is genuine but leaves a question unanswered.
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& nitro_vendor();

}  // namespace tee::mint
