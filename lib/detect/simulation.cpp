#include "detect/simulation.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "evidence/types.h"
#include "providers/shared/machine/facts.h"

namespace tee::detect {

namespace {

// Our variable lists providers. The others are one system's, each for one provider, with a value that means yes; two of
// them stand under two names because that system's documents and code differ.
constexpr std::string_view kNames[] = {"TEE_SIMULATE", "TENZRO_SIMULATE_TDX", "TENZRO_SIMULATE_SEV", "TENZRO_SIMULATE_SEV_SNP",
                                       "TENZRO_SIMULATE_NITRO", "TENZRO_SIMULATE_NSM", "TENZRO_SIMULATE_GPU", "TENZRO_SIMULATE_NVIDIA"};
constexpr std::optional<Provider> kMeans[] = {std::nullopt, Provider::intel_tdx, Provider::amd_sev_snp, Provider::amd_sev_snp,
                                              Provider::aws_nitro, Provider::aws_nitro, Provider::nvidia_gpu, Provider::nvidia_gpu};
static_assert(std::size(kNames) == std::size(kMeans));

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

bool means_no(const std::string& value) {
  const std::string v = lower(value);
  return v.empty() || v == "0" || v == "false" || v == "no" || v == "off";
}

void add(std::vector<Provider>& to, Provider p) {
  if (std::find(to.begin(), to.end(), p) == to.end()) to.push_back(p);
}

Status add_listed(std::vector<Provider>& to, std::string_view list) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const auto provider = provider_from(list.substr(0, end));
    if (!provider)
      return fail(code::usage_value, "TEE_SIMULATE names providers such as tdx,snp; not " + printable(list.substr(0, end), 64));
    add(to, *provider);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return {};
}

}  // namespace

std::span<const std::string_view> simulation_variable_names() { return kNames; }

std::vector<SimulationVariable> simulation_variables(const System& system) {
  std::vector<SimulationVariable> out;
  for (const std::string_view name : kNames) {
    const auto value = system.getenv(std::string(name).c_str());
    if (value && !means_no(*value)) out.push_back({std::string(name), printable(*value, 64)});
  }
  return out;
}

Result<std::vector<Finding>> simulated_findings(const System& system) {
  std::vector<Provider> providers;
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    const auto value = system.getenv(std::string(kNames[i]).c_str());
    if (!value || means_no(*value)) continue;
    if (kMeans[i]) {
      add(providers, *kMeans[i]);
    } else {
      TEE_CHECK(add_listed(providers, *value));
    }
  }
  std::vector<Finding> out;
  for (const Provider p : providers) {
    Finding f = machine::candidate(to_string(p), p == Provider::nvidia_gpu ? "device" : "guest", "simulated");
    f.variant = "simulated";
    f.present = true;
    f.capabilities = {"attest"};
    f.hints.push_back({"environment", "a simulation variable is set", false});
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace tee::detect
