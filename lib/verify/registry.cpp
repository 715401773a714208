// The rooms that this build has. A new room is one #if block.
#include "verify/registry.h"

#include <algorithm>

#if TEE_WITH_SNP && __has_include("providers/snp/verifier.h")
#define TEE_ROOM_SNP 1
#include "providers/snp/verifier.h"
#endif
#if TEE_WITH_TDX && __has_include("providers/tdx/verifier.h")
#define TEE_ROOM_TDX 1
#include "providers/tdx/verifier.h"
#endif
#if TEE_WITH_SGX && __has_include("providers/sgx/verifier.h")
#define TEE_ROOM_SGX 1
#include "providers/sgx/verifier.h"
#endif
#if TEE_WITH_NITRO && __has_include("providers/nitro/verifier.h")
#define TEE_ROOM_NITRO 1
#include "providers/nitro/verifier.h"
#endif
#if TEE_WITH_NVIDIA && __has_include("providers/nvidia/verifier.h")
#define TEE_ROOM_NVIDIA 1
#include "providers/nvidia/verifier.h"
#endif
#if TEE_WITH_GCP && __has_include("providers/gcp/verifier.h")
#define TEE_ROOM_GCP 1
#include "providers/gcp/verifier.h"
#endif
#if TEE_WITH_AZURE && __has_include("providers/azure/verifier.h")
#define TEE_ROOM_AZURE 1
#include "providers/azure/verifier.h"
#endif

namespace tee {

namespace {

[[maybe_unused]] void add(std::vector<Verifier>& rows, const Verifier& row) { rows.push_back(row); }
[[maybe_unused]] void add(std::vector<Verifier>& rows, std::span<const Verifier> more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

std::vector<Verifier> build() {
  std::vector<Verifier> rows;
#if TEE_ROOM_SNP
  add(rows, snp::verifier());
#endif
#if TEE_ROOM_TDX
  add(rows, tdx::verifier());
#endif
#if TEE_ROOM_SGX
  add(rows, sgx::verifier());
#endif
#if TEE_ROOM_NITRO
  add(rows, nitro::verifiers());
#endif
#if TEE_ROOM_NVIDIA
  add(rows, nvidia::verifiers());
#endif
#if TEE_ROOM_GCP
  add(rows, gcp::verifiers());
#endif
#if TEE_ROOM_AZURE
  add(rows, azure::verifiers());
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
  return std::any_of(verifiers().begin(), verifiers().end(), [p](const Verifier& v) { return v.provider == p; });
}

}  // namespace tee
