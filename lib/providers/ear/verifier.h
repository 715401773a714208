// The room for attestation results (EAR) that another verifier signed: taken as evidence of what that verifier said, never as
// evidence of hardware (S18). Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::ear {

const Verifier& verifier();

}  // namespace tee::ear
