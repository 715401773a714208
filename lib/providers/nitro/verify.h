// Judging an attestation document: struct, collateral and time become checks. Floor F3.
//
// Every check runs, also after a failed one, as far as the bytes could be taken apart: a message that is no
// COSE_Sign1 or a payload that breaks the specification leaves nothing to judge.
#pragma once

#include "codec/cose.h"
#include "evidence/provider.h"
#include "providers/nitro/evidence.h"

namespace tee::nitro {

// The COSE_Sign1 message, its size bounded. Error nitro.cose.
Result<cose::Sign1> read_message(ByteView evidence);

// Runs every check and records it; `kind` is what the bytes were recognised as.
void verify_as(Kind kind, const VerifyInput& input, Findings& out);

}  // namespace tee::nitro
