// The Azure room: tokens of Microsoft Azure Attestation (MAA) for confidential VMs.
#pragma once

#include <span>

#include "evidence/provider.h"

namespace tee::azure {

std::span<const Verifier> verifiers();

}  // namespace tee::azure
