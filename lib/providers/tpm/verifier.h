// The room of bare TPM quotes. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::tpm {

const Verifier& verifier();

}  // namespace tee::tpm
