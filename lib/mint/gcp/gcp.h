// The fake Google: Confidential Space tokens, by key set (OIDC) and under a certificate chain (PKI). Floor
// F3.
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& gcp_vendor();

}  // namespace tee::mint
