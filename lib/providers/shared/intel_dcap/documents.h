// Choosing the TCB information and the identity of the quoting enclave that speak for this quote. Floor F3.
//
// Chosen before anything is appraised, never by outcome (S11): of the documents for this platform that were
// issued by the judged time, the newest whose signature holds. One whose signature does not hold counts as
// absent.
#pragma once

#include <optional>
#include <string>

#include "evidence/findings.h"
#include "providers/shared/intel_dcap/pck.h"
#include "providers/shared/intel_dcap/qe_identity.h"
#include "providers/shared/intel_dcap/tcb_info.h"
#include "providers/shared/intel_dcap/tcb_signer.h"

namespace tee::intel {

template <class Content>
struct Chosen {
  std::optional<Content> content;
  const DocumentItem* item = nullptr;
  const TcbSigner* signer = nullptr;
};

struct Documents {
  Chosen<TcbInfo> tcb_info;
  Chosen<QeIdentity> qe_identity;
};

// Checks intel.tcb_info.* and intel.qe_identity.*. Without the PCK certificate's fields no TCB information
// can be chosen.
Documents choose_documents(Tee tee, const std::optional<PckFields>& fields, const CollateralSet& collateral,
                           const AppraisalOptions& options, TcbSigners& signers, Findings& out);

}  // namespace tee::intel
