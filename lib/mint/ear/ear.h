// The fake other verifier: attestation results (EAR) that it signed, whole and broken. Part of lib/mint (floor F3).
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& ear_vendor();  // "ear"

}  // namespace tee::mint
