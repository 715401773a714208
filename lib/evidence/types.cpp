#include "evidence/types.h"

#include <array>
#include <string>
#include <utility>

namespace tee {

namespace {

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Our own names, and the spellings of Tangle, Tenzro, CoCo and others; compared without case.
constexpr std::pair<std::string_view, Provider> kSpellings[] = {
    {"intel_tdx", Provider::intel_tdx},
    {"tdx", Provider::intel_tdx},
    {"intel-tdx", Provider::intel_tdx},
    {"inteltdx", Provider::intel_tdx},
    {"intel_sgx", Provider::intel_sgx},
    {"sgx", Provider::intel_sgx},
    {"intel-sgx", Provider::intel_sgx},
    {"intelsgx", Provider::intel_sgx},
    {"amd_sev_snp", Provider::amd_sev_snp},
    {"snp", Provider::amd_sev_snp},
    {"sev_snp", Provider::amd_sev_snp},
    {"sev-snp", Provider::amd_sev_snp},
    {"amd-sev-snp", Provider::amd_sev_snp},
    {"amdsevsnp", Provider::amd_sev_snp},
    {"amdsev", Provider::amd_sev_snp},
    {"aws_nitro", Provider::aws_nitro},
    {"nitro", Provider::aws_nitro},
    {"aws-nitro", Provider::aws_nitro},
    {"awsnitro", Provider::aws_nitro},
    {"nvidia_gpu", Provider::nvidia_gpu},
    {"nvidia", Provider::nvidia_gpu},
    {"nvidia-gpu", Provider::nvidia_gpu},
    {"nvidiagpu", Provider::nvidia_gpu},
    {"gcp_confidential", Provider::gcp_confidential},
    {"gcp", Provider::gcp_confidential},
    {"gcp-confidential", Provider::gcp_confidential},
    {"gcpconfidential", Provider::gcp_confidential},
    {"azure_cvm", Provider::azure_cvm},
    {"azure", Provider::azure_cvm},
    {"azure_snp", Provider::azure_cvm},
    {"azure-skr", Provider::azure_cvm},
    {"azure_tdx", Provider::azure_cvm}};

constexpr std::array kTypes = {EvidenceType::tdx_quote,
                               EvidenceType::sgx_quote,
                               EvidenceType::sev_snp_report,
                               EvidenceType::nitro_document,
                               EvidenceType::nitrotpm_document,
                               EvidenceType::nvidia_gpu_report,
                               EvidenceType::nvidia_nras_token,
                               EvidenceType::gcp_confidential_token,
                               EvidenceType::azure_maa_token,
                               EvidenceType::azure_vtpm,
                               EvidenceType::gce_vtpm,
                               EvidenceType::tpm_quote,
                               EvidenceType::intel_trust_authority_token,
                               EvidenceType::ear};

}  // namespace

std::string_view to_string(Provider p) {
  switch (p) {
    case Provider::intel_tdx: return "intel_tdx";
    case Provider::intel_sgx: return "intel_sgx";
    case Provider::amd_sev_snp: return "amd_sev_snp";
    case Provider::aws_nitro: return "aws_nitro";
    case Provider::nvidia_gpu: return "nvidia_gpu";
    case Provider::gcp_confidential: return "gcp_confidential";
    case Provider::azure_cvm: return "azure_cvm";
  }
  return "?";
}

std::string_view to_string(EvidenceType t) {
  switch (t) {
    case EvidenceType::tdx_quote: return "tdx_quote";
    case EvidenceType::sgx_quote: return "sgx_quote";
    case EvidenceType::sev_snp_report: return "sev_snp_report";
    case EvidenceType::nitro_document: return "nitro_document";
    case EvidenceType::nitrotpm_document: return "nitrotpm_document";
    case EvidenceType::nvidia_gpu_report: return "nvidia_gpu_report";
    case EvidenceType::nvidia_nras_token: return "nvidia_nras_token";
    case EvidenceType::gcp_confidential_token: return "gcp_confidential_token";
    case EvidenceType::azure_maa_token: return "azure_maa_token";
    case EvidenceType::azure_vtpm: return "azure_vtpm";
    case EvidenceType::gce_vtpm: return "gce_vtpm";
    case EvidenceType::tpm_quote: return "tpm_quote";
    case EvidenceType::intel_trust_authority_token: return "intel_trust_authority_token";
    case EvidenceType::ear: return "ear";
  }
  return "?";
}

std::optional<Provider> provider_from(std::string_view spelling) {
  const std::string wanted = lower(spelling);
  for (const auto& [name, provider] : kSpellings)
    if (name == wanted) return provider;
  return std::nullopt;
}

std::optional<EvidenceType> evidence_type_from(std::string_view name) {
  for (EvidenceType t : kTypes)
    if (to_string(t) == name) return t;
  return std::nullopt;
}

std::span<const EvidenceType> all_evidence_types() { return kTypes; }

}  // namespace tee
