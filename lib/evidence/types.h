// Names of providers and evidence types, one spelling each, with the spellings that other systems use. Floor F2.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace tee {

enum class Provider { intel_tdx, intel_sgx, amd_sev_snp, aws_nitro, nvidia_gpu, gcp_confidential, azure_cvm };

enum class EvidenceType {
  tdx_quote, sgx_quote, sev_snp_report, nitro_document, nitrotpm_document, nvidia_gpu_report, nvidia_nras_token,
  gcp_confidential_token, azure_maa_token, azure_vtpm, gce_vtpm, tpm_quote, intel_trust_authority_token, ear,
};

std::string_view to_string(Provider p);
std::string_view to_string(EvidenceType t);
std::optional<Provider> provider_from(std::string_view spelling);  // case ignored; all accepted spellings (claims.md)
std::optional<EvidenceType> evidence_type_from(std::string_view name);
std::span<const EvidenceType> all_evidence_types();

}  // namespace tee
