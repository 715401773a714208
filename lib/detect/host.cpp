#include "detect/host.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/encoding.h"
#include "providers/shared/machine/facts.h"

namespace tee::detect {

namespace {

constexpr std::size_t kShown = 160;  // bytes of a foreign text

Json known(const std::string& text) { return text.empty() ? Json(nullptr) : Json(printable(text, kShown)); }

std::optional<std::uint64_t> leading_number(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end != text.data() ? std::optional(value) : std::nullopt;
}

// Calls visit(key, value) for each "key : value" line.
template <class Visit>
void for_each_pair(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t at = line.find(separator);
    if (at == std::string_view::npos) {
      visit(std::string_view(), line);
      continue;
    }
    std::string_view key = line.substr(0, at), value = line.substr(at + 1);
    while (!key.empty() && (key.back() == '\t' || key.back() == ' ')) key.remove_suffix(1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    visit(key, value);
  }
}

Json processor(const System& system) {
  Json out{{"model", nullptr}, {"vendor", nullptr}, {"family", nullptr}, {"model_number", nullptr}, {"stepping", nullptr},
           {"cores", nullptr}, {"threads", nullptr}};
  const auto text = system.bytes("/proc/cpuinfo");
  if (!text) return out;
  std::set<std::pair<std::string, std::string>> cores;
  std::uint64_t threads = 0;
  std::string package;
  const auto first = [&](const char* key, Json value) {
    if (out[key].is_null()) out[key] = std::move(value);
  };
  const auto number = [](std::string_view value) {
    const auto n = leading_number(value);
    return n ? Json(*n) : Json(nullptr);
  };
  for_each_pair(as_text(*text), ':', [&](std::string_view key, std::string_view value) {
    if (key == "processor") ++threads;
    else if (key == "model name") first("model", known(std::string(value)));
    else if (key == "vendor_id") first("vendor", known(std::string(value)));
    else if (key == "cpu family") first("family", number(value));
    else if (key == "model") first("model_number", number(value));
    else if (key == "stepping") first("stepping", number(value));
    else if (key == "physical id") package = value;
    else if (key == "core id") cores.emplace(package, std::string(value));
  });
  if (threads) out["threads"] = threads;
  if (threads) out["cores"] = cores.empty() ? threads : cores.size();
  return out;
}

Json memory(const System& system) {
  Json out;
  for_each_pair(system.text("/proc/meminfo").value_or(std::string()), ':', [&](std::string_view key, std::string_view value) {
    const auto kib = leading_number(value);
    if (key == "MemTotal" && kib && *kib < (std::uint64_t{1} << 50)) out = *kib * 1024;
  });
  return out;
}

std::string operating_system(const System& system) {
  std::string out;
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    for_each_pair(system.text(path).value_or(std::string()), '=', [&](std::string_view key, std::string_view value) {
      if (key != "PRETTY_NAME" || !out.empty()) return;
      if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
      out = value;
    });
    if (!out.empty()) break;
  }
  return out;
}

std::string hypervisor(const System& system, const machine::Cpuid& cpuid) {
  const std::string signature = cpuid.hypervisor();
  constexpr std::pair<std::string_view, const char*> kNames[] = {
      {"KVMKVMKVM", "KVM"}, {"Microsoft Hv", "Hyper-V"}, {"XenVMMXenVMM", "Xen"}, {"VMwareVMware", "VMware"}, {"TCGTCGTCGTCG", "QEMU"}};
  for (const auto& [wanted, name] : kNames)
    if (signature == wanted) return name;
  if (!signature.empty()) return signature;
  return system.text("/sys/hypervisor/type").value_or(std::string());
}

// From DMI, which the host writes: a hint like everything here.
std::string cloud(const System& system) {
  const std::string vendor = machine::dmi(system, "sys_vendor"), product = machine::dmi(system, "product_name");
  if (machine::dmi(system, "chassis_asset_tag") == "7783-7084-3265-9085-8269-3286-77") return "azure";
  if (vendor == "Amazon EC2") return "aws";
  if (product == "Google Compute Engine" || vendor == "Google") return "gcp";
  if (vendor.starts_with("Alibaba Cloud")) return "alibaba";
  if (machine::dmi(system, "chassis_asset_tag") == "OracleCloud.com") return "oracle";
  if (vendor == "DigitalOcean") return "digitalocean";
  if (vendor == "Hetzner") return "hetzner";
  if (vendor == "OpenStack Foundation") return "openstack";
  return {};
}

std::string container(const System& system) {
  if (system.exists("/.dockerenv") == Presence::present) return "docker";
  if (system.exists("/run/.containerenv") == Presence::present) return "podman";
  if (system.exists("/run/secrets/kubernetes.io") == Presence::present) return "kubernetes";
  return {};
}

Json graphics(const System& system) {
  Json out = Json::array();
  for (const std::string& address : system.names("/sys/bus/pci/devices")) {
    const std::string folder = "/sys/bus/pci/devices/" + address;
    const std::string kind = system.text(folder + "/class").value_or(std::string());
    const std::string vendor = system.text(folder + "/vendor").value_or(std::string());
    const bool display = kind.starts_with("0x0300") || kind.starts_with("0x0302") || kind.starts_with("0x0380");
    if (!display && !kind.starts_with("0x1200")) continue;  // 0x12: processing accelerators
    const std::string name = vendor == "0x10de" ? "NVIDIA" : vendor == "0x1002" ? "AMD" : vendor == "0x8086" ? "Intel" : "";
    Json gpu{{"address", printable(address, kShown)}, {"class", known(kind)}, {"vendor", known(name.empty() ? vendor : name)},
             {"device", known(system.text(folder + "/device").value_or(std::string()))}, {"model", nullptr}};
    for_each_pair(system.text("/proc/driver/nvidia/gpus/" + address + "/information").value_or(std::string()), ':',
                  [&](std::string_view key, std::string_view value) {
                    while (!value.empty() && (value.front() == '\t' || value.front() == ' ')) value.remove_prefix(1);
                    if (key == "Model") gpu["model"] = known(std::string(value));
                  });
    out.push_back(std::move(gpu));
  }
  return out;
}

std::string architecture(const System& system) {
  if (const auto told = system.text("/proc/sys/kernel/arch")) return *told;  // since Linux 6.1
  if (!system.root.empty()) return {};
#if defined(__x86_64__)
  return "x86_64";
#elif defined(__aarch64__)
  return "aarch64";
#else
  return {};
#endif
}

}  // namespace

Json host_facts(const System& system) {
  const machine::Cpuid cpuid = machine::Cpuid::of(system);
  const auto is_guest = machine::is_virtual(system, cpuid);
  return {{"arch", known(architecture(system))},
          {"cloud", known(cloud(system))},
          {"container", known(container(system))},
          {"cpu", processor(system)},
          {"cpuid", machine::to_string(cpuid.origin())},
          {"gpus", graphics(system)},
          {"hypervisor", known(hypervisor(system, cpuid))},
          {"kernel", known(system.text("/proc/sys/kernel/osrelease").value_or(std::string()))},
          {"memory_bytes", memory(system)},
          {"os", known(operating_system(system))},
          {"virtual", is_guest ? Json(*is_guest) : Json(nullptr)}};
}

}  // namespace tee::detect
