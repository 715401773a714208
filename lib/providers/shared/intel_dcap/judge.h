// The part of an appraisal that TDX and SGX share: from the quote's signature to the TCB status. Floor F3.
//
// Intel SGX TDX DCAP Quote Verification Library, section 4.1.2.5. Unlike there, every check runs and is
// recorded: a platform that is out of date may also carry a forged signature, and both are worth knowing.
#pragma once

#include <optional>

#include "evidence/provider.h"
#include "providers/shared/intel_dcap/documents.h"
#include "providers/shared/intel_dcap/pck_chain.h"
#include "providers/shared/intel_dcap/quote.h"

namespace tee::intel {

struct Judged {
  std::optional<SignatureData> data;
  PckChain chain;
  Documents documents;
};

// Checks intel.*; fills chain, tcb and trust of the findings. The rooms add what is theirs.
Judged judge_quote(const VerifyInput& input, const QuoteHead& head, Provider provider, Findings& out);

// Check intel.qe.identity, and intel.tcb, intel.tcb.date, intel.tcb.evaluation with the TCB report.
void judge_qe_identity(const EnclaveReport& qe, const Documents& documents, Findings& out);
void judge_tcb(const QuoteHead& head, const Judged& judged, const AppraisalOptions& options, Findings& out);

}  // namespace tee::intel
