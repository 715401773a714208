// The TCB Signing certificates among the collateral, and whether one of their keys signed a document. Floor
// F3.
//
// Intel PCS API: TCB information and identities are signed with the key of "Intel SGX TCB Signing", which the
// root issues directly. Two certificates with one serial and one key exist. Every certificate and key is
// verified at most once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/collateral.h"
#include "evidence/options.h"

namespace tee::intel {

struct TcbSigner {
  const CertificateItem* item = nullptr;
  const crypto::TrustAnchor* anchor = nullptr;  // null: does not chain to one
  bool judged = false;
  std::string problem;  // why it is not trusted
};

class TcbSigners {
 public:
  TcbSigners(const CollateralSet& collateral, const std::vector<crypto::TrustAnchor>& anchors, Time at);

  // The trusted certificate whose key verifies the document; null when none does.
  const TcbSigner* signer_of(const DocumentItem& document);
  bool any_trusted();
  std::string problem();  // why there is no trusted one

 private:
  bool trusted(TcbSigner& signer);

  const std::vector<crypto::TrustAnchor>& anchors_;
  Time at_;
  std::vector<TcbSigner> signers_;  // valid ones at the judged time first
};

}  // namespace tee::intel
