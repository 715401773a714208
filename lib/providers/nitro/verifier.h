// The rows of the Nitro room: attestation documents of Nitro Enclaves and of NitroTPM. Floor F3.
//
// Both are COSE_Sign1 messages under the same AWS root. They are types of their own because the PCR indexes
// mean different things: PCR4 of an enclave is its parent instance, PCR4 of a NitroTPM the boot loader (rule
// S21).
#pragma once

#include <span>

#include "evidence/provider.h"

namespace tee::nitro {

std::span<const Verifier> verifiers();

}  // namespace tee::nitro
