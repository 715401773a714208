// AMD SEV-SNP: the row of this room in the table of verifiers. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::snp {

const Verifier& verifier();

}  // namespace tee::snp
