// The rooms that this build has (TEE_PROVIDERS). A new room is two #if blocks.
#include "verify/registry.h"

#include <algorithm>

#if TEE_WITH_SNP
#include "providers/snp/verifier.h"
#endif
#if TEE_WITH_TDX
#include "providers/tdx/verifier.h"
#endif
#if TEE_WITH_SGX
#include "providers/sgx/verifier.h"
#endif
#if TEE_WITH_NITRO
#include "providers/nitro/verifier.h"
#endif
#if TEE_WITH_NVIDIA
#include "providers/nvidia/verifier.h"
#endif
#if TEE_WITH_GCP
#include "providers/gcp/verifier.h"
#endif
#if TEE_WITH_AZURE
#include "providers/azure/verifier.h"
#endif
#if TEE_WITH_TPM
#include "providers/tpm/verifier.h"
#endif
#if TEE_WITH_EAR
#include "providers/ear/verifier.h"
#endif

namespace tee {

namespace {

[[maybe_unused]] void add(std::vector<Verifier>& rows, const Verifier& row) { rows.push_back(row); }
[[maybe_unused]] void add(std::vector<Verifier>& rows, std::span<const Verifier> more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

std::vector<Verifier> build() {
  std::vector<Verifier> rows;
#if TEE_WITH_SNP
  add(rows, snp::verifier());
#endif
#if TEE_WITH_TDX
  add(rows, tdx::verifier());
#endif
#if TEE_WITH_SGX
  add(rows, sgx::verifier());
#endif
#if TEE_WITH_NITRO
  add(rows, nitro::verifiers());
#endif
#if TEE_WITH_NVIDIA
  add(rows, nvidia::verifiers());
#endif
#if TEE_WITH_GCP
  add(rows, gcp::verifiers());
#endif
#if TEE_WITH_AZURE
  add(rows, azure::verifiers());
#endif
#if TEE_WITH_TPM
  add(rows, tpm::verifier());
#endif
#if TEE_WITH_EAR
  add(rows, ear::verifier());
#endif
  return rows;
}

}  // namespace

std::span<const Verifier> verifiers() {
  static const std::vector<Verifier> rows = build();
  return rows;
}

const Verifier* verifier_for(EvidenceType type) {
  for (const Verifier& v : verifiers())
    if (v.type == type) return &v;
  return nullptr;
}

bool provider_built(Provider p) {
  return std::any_of(verifiers().begin(), verifiers().end(),
                     [p](const Verifier& v) { return provider_of(v) == p; });
}

std::optional<Provider> provider_of(const Verifier& room) {
  if (room.type == EvidenceType::tpm_quote || room.type == EvidenceType::ear) return std::nullopt;
  return room.provider;
}

}  // namespace tee
