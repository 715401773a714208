// Judging the path from the PCK certificate to Intel's root. Floor F3.
//
// Intel SGX PCK Certificate and CRL Profile Specification, sections 1.3.1 to 1.3.5: three levels, fixed
// names, P-256 and ECDSA with SHA-256 throughout. The root is pinned by key.
#pragma once

#include <optional>

#include "evidence/findings.h"
#include "evidence/options.h"
#include "providers/shared/intel_dcap/pck.h"
#include "providers/shared/intel_dcap/pck_certificates.h"

namespace tee::intel {

struct PckChain {
  std::optional<crypto::Certificate> leaf, intermediate;
  std::optional<crypto::TrustAnchor> anchor;  // the one that issued the intermediate; absent: untrusted
  bool anchored = false;  // names, keys and signatures hold up to the anchor; validity aside
  std::optional<PckFields> fields;
  bool qe_report_verified = false;  // known already: the leaf was found by it
};

// Checks intel.pck.chain, intel.pck.validity and intel.pck.extension; fills the chain of the result.
PckChain judge_pck_chain(PckCertificates certificates, const AnchorChoice& anchors, Time at, Findings& out);

}  // namespace tee::intel
