// Enclave reports as claims (claims.md, sgx_quote). Floor F3.
#pragma once

#include "evidence/findings.h"
#include "providers/shared/intel_dcap/pck.h"
#include "providers/shared/intel_dcap/quote.h"

namespace tee::sgx {

void state_claims(const intel::QuoteHead& head, Findings& out);
void state_platform(const intel::PckFields& fields, Findings& out);

}  // namespace tee::sgx
