// The registry of fake vendors: one row per vendor that is built in.
#include <vector>

#include "mint/mint.h"

#if TEE_WITH_SNP && __has_include("mint/snp/snp.h")
#define TEE_MINT_SNP 1
#include "mint/snp/snp.h"
#endif
#if TEE_WITH_TDX && __has_include("mint/intel/intel.h")
#define TEE_MINT_TDX 1
#include "mint/intel/intel.h"
#endif
#if TEE_WITH_SGX && __has_include("mint/intel/intel.h")
#define TEE_MINT_SGX 1
#include "mint/intel/intel.h"
#endif
#if TEE_WITH_NVIDIA && __has_include("mint/nvidia/nvidia.h")
#define TEE_MINT_NVIDIA 1
#include "mint/nvidia/nras.h"
#include "mint/nvidia/nvidia.h"
#endif
#if TEE_WITH_NITRO && __has_include("mint/nitro/nitro.h")
#define TEE_MINT_NITRO 1
#include "mint/nitro/nitro.h"
#endif
#if TEE_WITH_GCP
#include "mint/gcp/gcp.h"
#endif
#if TEE_WITH_AZURE
#include "mint/azure/maa.h"
#endif
#if TEE_WITH_EAR
#include "mint/ear/ear.h"
#endif
#if TEE_WITH_AZURE && TEE_WITH_SNP
#include "mint/vtpm/vtpm.h"
#endif
#if TEE_WITH_SNP && TEE_WITH_NVIDIA
#include "mint/composite/composite.h"
#endif

namespace tee::mint {

std::span<const Vendor> vendors() {
  static const std::vector<Vendor> rows{
#if TEE_MINT_SNP
      snp_vendor(),
#endif
#if TEE_MINT_TDX
      tdx_vendor(),
#endif
#if TEE_MINT_SGX
      sgx_vendor(),
#endif
#if TEE_MINT_NVIDIA
      nvidia_vendor(),
      nvidia_nras_vendor(),
#endif
#if TEE_MINT_NITRO
      nitro_vendor(),
#endif
#if TEE_WITH_GCP
      gcp_vendor(),
#endif
#if TEE_WITH_AZURE
      azure_maa_vendor(),
#endif
#if TEE_WITH_EAR
      ear_vendor(),
#endif
#if TEE_WITH_AZURE && TEE_WITH_SNP
      azure_vtpm_vendor(),
#endif
#if TEE_WITH_SNP && TEE_WITH_NVIDIA
      composite_vendor(),
#endif
  };
  return rows;
}

}  // namespace tee::mint
