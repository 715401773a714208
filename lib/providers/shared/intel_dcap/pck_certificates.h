// Which certificates stand above a quote: taken from its certification data, completed from the collateral.
// No judgement yet. Floor F3.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/x509.h"
#include "evidence/collateral.h"
#include "providers/shared/intel_dcap/quote.h"

namespace tee::intel {

struct PckCertificates {
  std::optional<crypto::Certificate> leaf, intermediate;
  std::optional<crypto::Certificate> root;  // as the quote carries it; absent in other forms than type 5
  std::optional<Error> problem;             // chain.malformed or intel.pck.chain
  std::string missing;                      // what was not found; then the chain stays undecided
  std::vector<CertificateItem> used;        // of the collateral
  bool qe_report_verified = false;          // the leaf was found by verifying the QE report with its key
};

// An expired certificate of the quote gives way to a valid one of the same name and key (design section 5).
PckCertificates find_pck_certificates(const SignatureData& data, const CollateralSet& collateral, Time at);

bool is_pck_leaf(const crypto::Certificate& certificate);

}  // namespace tee::intel
