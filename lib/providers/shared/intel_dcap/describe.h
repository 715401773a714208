// Quotes as JSON: everything that can be decoded, nothing that was judged. For claims and for `inspect`.
// Floor F3.
#pragma once

#include "codec/json.h"
#include "evidence/findings.h"
#include "providers/shared/intel_dcap/pck.h"
#include "providers/shared/intel_dcap/quote.h"

namespace tee::intel {

Json describe(const EnclaveReport& report);
Json describe(const TdReport& report);
Json describe(const QuoteHeader& header);
Json describe(const PckFields& fields);

// Header and body; the same object under /claims/vendor and in an inspection.
Json describe_head(const QuoteHead& head);

// The whole quote with sizes, the report of the quoting enclave, and each certificate. Error: it cannot be
// parsed.
Result<Json> inspect_quote(ByteView evidence);

// Claims that both kinds of quote have in common.
void state_common_claims(const QuoteHead& head, Findings& out);

}  // namespace tee::intel
