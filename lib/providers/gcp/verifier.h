// The Google Cloud room: Confidential Space tokens, and attestations of the vTPM.
#pragma once

#include <span>

#include "evidence/provider.h"

namespace tee::gcp {

std::span<const Verifier> verifiers();

}  // namespace tee::gcp
