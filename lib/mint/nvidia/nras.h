// The fake attestation service of NVIDIA: an overall token and one token per device under a made-up key set. Part of lib/mint
// (floor F3).
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& nvidia_nras_vendor();  // "nvidia-nras"

}  // namespace tee::mint
