// What a document states: normalised claims, the decoded structure, and the fields that questions are put to.
// Floor F3.
//
// The registers of an enclave become pcrN, those of a NitroTPM nitrotpm_pcrN, and only the former have a
// measurement, a debug state and an instance id (rule S21).
#pragma once

#include "codec/cose.h"
#include "evidence/findings.h"
#include "providers/nitro/evidence.h"

namespace tee::nitro {

// PCR0, PCR1 and PCR2 are all there and all zero: how the hypervisor reports a debug enclave.
bool debug_pcrs(const Document& document);
// The region in the leaf's name, MODULE_ID.REGION.aws; empty when the name has another form.
std::string region_of(const Document& document, std::string_view leaf_cn);

// Every field, under the names that AWS gives them.
Json decode(const cose::Sign1& message, const Document& document);

void state_claims(const cose::Sign1& message, const Document& document, Findings& out);

}  // namespace tee::nitro
