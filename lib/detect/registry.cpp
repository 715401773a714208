// The rooms that this build has (TEE_PROVIDERS). A new room is two #if blocks.
#include "detect/registry.h"

#if TEE_WITH_SNP
#include "providers/snp/detector.h"
#endif
#if TEE_WITH_TDX
#include "providers/tdx/detector.h"
#endif
#if TEE_WITH_NITRO
#include "providers/nitro/detector.h"
#endif
#if TEE_WITH_SGX
#include "providers/sgx/detector.h"
#endif
#if TEE_WITH_AZURE
#include "providers/azure/detector.h"
#endif
#if TEE_WITH_GCP
#include "providers/gcp/detector.h"
#endif
#if TEE_WITH_NVIDIA
#include "providers/nvidia/detector.h"
#endif
#if TEE_WITH_TPM
#include "providers/tpm/detector.h"
#endif

namespace tee {

namespace {

std::vector<Detector> build() {
  std::vector<Detector> rows;
#if TEE_WITH_SNP
  rows.push_back(snp::detector());
#endif
#if TEE_WITH_TDX
  rows.push_back(tdx::detector());
#endif
#if TEE_WITH_NITRO
  rows.push_back(nitro::detector());
#endif
#if TEE_WITH_SGX
  rows.push_back(sgx::detector());
#endif
#if TEE_WITH_AZURE
  rows.push_back(azure::detector());
#endif
#if TEE_WITH_GCP
  rows.push_back(gcp::detector());
#endif
#if TEE_WITH_NVIDIA
  rows.push_back(nvidia::detector());
#endif
#if TEE_WITH_TPM
  rows.push_back(tpm::detector());
#endif
  return rows;
}

}  // namespace

std::span<const Detector> detectors() {
  static const std::vector<Detector> rows = build();
  return rows;
}

}  // namespace tee
