// A fake NVIDIA: a Hopper GPU and an LS10 switch under a made-up device root, manifests under a made-up RIM root. Part of the mint.
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& nvidia_vendor();

}  // namespace tee::mint
