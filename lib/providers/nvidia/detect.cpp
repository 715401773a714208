// NVIDIA GPUs and their confidential-computing mode.
#include "providers/nvidia/detector.h"
#include "providers/nvidia/nvml.h"
#include "providers/shared/machine/facts.h"

namespace tee::nvidia {

namespace {

using namespace machine;

constexpr Milliseconds kPatience{15'000};  // without the persistence daemon NVML starts every GPU first

std::string architecture_name(std::uint32_t number) {
  switch (number) {
    case 9: return "Hopper";
    case 10: return "Blackwell";
    case 13: return "Rubin";
    default: return std::to_string(number);
  }
}

void pci_hints(Finding& f, const System& system) {
  for (const std::string& address : system.names("/sys/bus/pci/devices")) {
    const std::string folder = "/sys/bus/pci/devices/" + address;
    if (system.text(folder + "/vendor") != "0x10de") continue;
    const std::string kind = system.text(folder + "/class").value_or(std::string());
    if (kind.starts_with("0x0300") || kind.starts_with("0x0302")) add_hint(f, folder, "NVIDIA, class " + kind, false);
  }
}

void judge_facts(Finding& f, const NvmlFacts& facts) {
  const auto put = [&](const char* name, const std::optional<std::uint32_t>& value) {
    if (value) f.details[name] = *value;
  };
  put("cpu_capability", facts.cpu_capability);
  put("gpu_capability", facts.gpu_capability);
  put("environment", facts.environment);
  put("cc_feature", facts.cc_feature);
  put("dev_tools", facts.dev_tools);
  put("multi_gpu", facts.multi_gpu);
  put("ready", facts.ready);
  f.details["driver_version"] = facts.driver;
  Json gpus = Json::array();
  for (const GpuFacts& gpu : facts.gpus) {
    Json one{{"uuid", gpu.uuid}, {"vbios_version", gpu.vbios}};
    if (gpu.architecture) one["architecture"] = architecture_name(*gpu.architecture);
    gpus.push_back(std::move(one));
  }
  f.details["gpus"] = std::move(gpus);

  const bool on = facts.cc_feature == 1u;
  add_hint(f, "NVML", !facts.cc_feature ? "confidential computing not known" : on ? "confidential computing on" : "confidential computing off", on);
  const bool ppcie = facts.multi_gpu == 1u;
  f.variant = facts.dev_tools == 1u ? "CC dev-tools" : ppcie ? "protected PCIe" : on ? "CC" : "";
  f.present = (on || ppcie) && facts.dev_tools.value_or(0) == 0 && facts.environment.value_or(0) == 2 && !facts.gpus.empty();
  if (facts.dev_tools == 1u) f.problems.push_back({"developer tools are on: the GPU's memory is open", ""});
  if (facts.environment == 1u) f.problems.push_back({"the driver says that confidential computing is simulated", ""});
  if (!on && !ppcie && facts.gpu_capability == 1u)
    f.problems.push_back({"the GPU can do confidential computing, but it is off: the host switches it on before the guest starts", ""});
  if (f.present && facts.ready == 0u) f.problems.push_back({"the GPUs do not accept work until they are set ready, which is for after their attestation", "nvidia-smi conf-compute -srs 1"});
}

std::vector<Finding> detect(const System& system) {
  Finding f = candidate("nvidia_gpu", "device", "none");
  pci_hints(f, system);
  if (const auto version = system.text("/proc/driver/nvidia/version"); version && !version->empty())
    add_hint(f, "/proc/driver/nvidia/version", version->substr(0, version->find('\n')), false);
  if (!system.root.empty()) {
    if (!f.hints.empty()) f.problems.push_back({"the driver of another root cannot be asked for the mode of its GPUs", ""});
    return {std::move(f)};
  }
  const auto facts = nvml_facts(kPatience);
  if (facts) judge_facts(f, *facts);
  else if (!f.hints.empty()) f.problems.push_back({facts.error().message, ""});
  if (f.present) {
    f.attestation_class = "hardware";
    add_capability(f, "attest");
  }
  return {std::move(f)};
}

}  // namespace

Detector detector() { return {"nvidia", detect}; }

}  // namespace tee::nvidia
