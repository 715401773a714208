// The rows of the NVIDIA room: device reports (one or many) and tokens of NVIDIA's remote attestation service. Floor F3.
#pragma once

#include <span>

#include "evidence/provider.h"

namespace tee::nvidia {

std::span<const Verifier> verifiers();

}  // namespace tee::nvidia
