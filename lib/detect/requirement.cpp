#include "detect/requirement.h"

#include <algorithm>

#include "base/encoding.h"
#include "detect/codes.h"
#include "evidence/types.h"

namespace tee::detect {

namespace {

struct Row {
  std::string_view name, provider, role, variant;  // an empty variant: any but NitroTPM
};
constexpr Row kRows[] = {
    {"snp", "amd_sev_snp", "guest", ""},      {"tdx", "intel_tdx", "guest", ""},        {"nitro", "aws_nitro", "guest", ""},
    {"nitrotpm", "aws_nitro", "guest", "NitroTPM"}, {"sgx", "intel_sgx", "", ""},       {"azure", "azure_cvm", "guest", ""},
    {"gcp", "gcp_confidential", "guest", ""}, {"nvidia", "nvidia_gpu", "device", ""},   {"tpm", "tpm", "device", ""},
    {"snp-host", "amd_sev_snp", "host", ""},  {"tdx-host", "intel_tdx", "host", ""},    {"nitro-parent", "aws_nitro", "host", ""},
};

const Row* row_named(std::string_view name) {
  for (const Row& row : kRows)
    if (row.name == name) return &row;
  return nullptr;
}

// Any accepted spelling of a provider stands for its short name.
std::optional<std::string> short_name(std::string_view spelling) {
  if (spelling == "any" || row_named(spelling)) return std::string(spelling);
  const auto provider = provider_from(spelling);
  if (!provider) return std::nullopt;
  for (const Row& row : kRows)
    if (row.provider == to_string(*provider)) return std::string(row.name);
  return std::nullopt;
}

bool has_proof_of_its_own(const Finding& f) {
  return f.attestation_class == "hardware" || f.attestation_class == "hardware-via-paravisor" || f.attestation_class == "token-service" ||
         f.attestation_class == "simulated";
}

}  // namespace

Result<AnyOf> read_requirement(std::string_view text) {
  AnyOf out;
  for (bool more = true; more;) {
    const std::size_t end = text.find(',');
    more = end != std::string_view::npos;
    const std::string_view name = text.substr(0, end);
    if (more) text.remove_prefix(end + 1);
    if (name.empty()) return fail(code::usage_empty_value, "--require has an empty name", "for example --require snp,tdx");
    const auto known = short_name(name);
    if (!known) {
      std::vector<std::string_view> names{"any"};
      for (const Row& row : kRows) names.push_back(row.name);
      const std::string_view close = nearest(name, names);
      return fail(code::detect_requirement_unknown, "--require knows no " + printable(name, 64),
                  close.empty() ? "one of: any snp tdx nitro sgx azure gcp nvidia tpm nitrotpm snp-host tdx-host nitro-parent"
                                : "did you mean " + std::string(close) + "?");
    }
    out.push_back(*known);
  }
  return out;
}

bool meets(const Finding& f, std::string_view name) {
  if (!f.present) return false;
  if (name == "any") return f.role == "guest" && has_proof_of_its_own(f);
  const Row* row = row_named(name);
  if (!row || f.provider != row->provider || (!row->role.empty() && f.role != row->role)) return false;
  return row->variant.empty() ? f.variant != "NitroTPM" : f.variant == row->variant;
}

Answer judge(const std::vector<AnyOf>& requirements, const std::vector<Finding>& findings, Simulated simulated) {
  Answer out;
  for (const AnyOf& names : requirements) {
    std::optional<std::size_t> chosen;
    bool by_simulation = false;
    for (std::size_t i = 0; i < findings.size() && !chosen; ++i) {
      const Finding& f = findings[i];
      if (std::none_of(names.begin(), names.end(), [&](const std::string& n) { return meets(f, n); })) continue;
      if (f.attestation_class == "simulated" && simulated == Simulated::refuse) by_simulation = true;
      else chosen = i;
    }
    if (chosen) {
      if (std::find(out.chosen.begin(), out.chosen.end(), *chosen) == out.chosen.end()) out.chosen.push_back(*chosen);
    } else {
      out.missing.push_back(names);
      out.simulated_only |= by_simulation;
    }
  }
  return out;
}

}  // namespace tee::detect
