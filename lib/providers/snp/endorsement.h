// Which of the certificates at hand is the VEK of this report (design section 10). Floor F3.
//
// A certificate belongs to the report when its key verifies the signature, or when kind, hardware id and TCB
// all match; then its faults are failures. One of the same chip for another TCB is a failure too. All others
// belong to other chips and are ignored. Of several certificates for one key any sound one will do.
#pragma once

#include <optional>

#include "providers/snp/certificates.h"
#include "providers/snp/chain.h"

namespace tee::snp {

struct Endorsement {
  enum class Belongs { signs, claims, other_tcb } belongs = Belongs::signs;
  const CertificateItem* item = nullptr;
  VekProfile profile;
  Faults faults;
  bool tcb_ok = false, hwid_ok = false;  // hwid_ok: also where a VLEK signed
  VekPath path;

  std::size_t problems() const {
    return faults.size() + (tcb_ok ? 0 : 1) + (hwid_ok ? 0 : 1) + path.problems();
  }
};

std::optional<Endorsement> find_endorsement(const Report& report, const CollateralSet& collateral,
                                            const TrustBase& base, Time at);

}  // namespace tee::snp
