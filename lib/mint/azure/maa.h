// The fake Microsoft Azure Attestation service: tokens about SNP and TDX confidential VMs. Floor F3.
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& azure_maa_vendor();

}  // namespace tee::mint
