// The fake Azure confidential VM with a vTPM: HCL report, quote and SNP report, whole and broken. Part of
// lib/mint (F3).
#pragma once

#include "mint/mint.h"

namespace tee::mint {

const Vendor& azure_vtpm_vendor();  // "azure-vtpm"

}  // namespace tee::mint
