// CRLs against the intermediate that issued the VEK. Floor F3.
//
// Every VEK has serial 0 and is issued by the ASK or ASVK, so AMD can only revoke those: its CRLs are signed
// by the ARK and list their serials (AMD 57230, CRL). Rules S9 and S11: a given CRL is enforced and must be
// current; one that came with the evidence may only revoke; none at all is a visible skip.
#pragma once

#include "evidence/findings.h"
#include "providers/snp/chain.h"

namespace tee::snp {

void check_revocation(const VekPath& path, const CollateralSet& collateral, const AppraisalOptions& options,
                      Findings& out);

}  // namespace tee::snp
