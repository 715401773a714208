#include "providers/shared/machine/facts.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace tee::machine {

namespace {

mode_t kind_of(const System& system, std::string_view path) {
  struct stat info {};
  return ::stat(system.at(path).c_str(), &info) == 0 ? info.st_mode & S_IFMT : 0;
}

// The first processor's paragraph of /proc/cpuinfo. The whole file has megabytes on large machines, and each processor
// says the same here.
std::string first_processor(const System& system) {
  const auto file = system.open("/proc/cpuinfo", false);
  if (!file) return {};
  std::string text;
  char piece[4096];
  while (text.size() < 32768) {
    const ssize_t n = ::read(file->get(), piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(piece, static_cast<std::size_t>(n));
    if (text.find("\n\n") != std::string::npos) break;
  }
  return text.substr(0, text.find("\n\n"));
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
  return text;
}

void denied(Finding& finding, std::string_view path) {
  finding.problems.push_back({std::string(path) + " may not be used by this user", "sudo setfacl -m u:$(id -un):rw " + std::string(path)});
}

}  // namespace

bool is_character_device(const System& system, std::string_view path) { return kind_of(system, path) == S_IFCHR; }
bool is_socket(const System& system, std::string_view path) { return kind_of(system, path) == S_IFSOCK; }

bool has_flag(const System& system, std::string_view flag) {
  const std::string text = first_processor(system);
  const std::size_t at = text.find("\nflags");
  if (at == std::string::npos) return false;
  const std::string line = text.substr(at + 1, text.find('\n', at + 1) - at - 1) + " ";
  return line.find(" " + std::string(flag) + " ") != std::string::npos;
}

std::string dmi(const System& system, std::string_view field) {
  return trimmed(system.text("/sys/class/dmi/id/" + std::string(field)).value_or(std::string()));
}

std::optional<std::string> parameter(const System& system, std::string_view module, std::string_view name) {
  return system.text("/sys/module/" + std::string(module) + "/parameters/" + std::string(name));
}

bool is_on(std::string_view value) { return value == "Y" || value == "y" || (!value.empty() && value[0] >= '1' && value[0] <= '9'); }

std::optional<bool> is_virtual(const System& system, const Cpuid& cpuid) {
  if (const auto known = cpuid.virtualised()) return known;
  if (first_processor(system).empty()) return std::nullopt;
  return has_flag(system, "hypervisor");
}

std::string register_text(std::string_view name, std::uint32_t value) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "0x%08x", value);
  return std::string(name) + " " + digits;
}

Finding candidate(std::string_view provider, std::string_view role, std::string_view attestation_class) {
  Finding out;
  out.provider = provider;
  out.role = role;
  out.attestation_class = attestation_class;
  return out;
}

void add_hint(Finding& finding, std::string source, std::string value, bool strong) {
  finding.hints.push_back({std::move(source), std::move(value), strong});
}

bool any_strong(const Finding& finding) {
  return std::any_of(finding.hints.begin(), finding.hints.end(), [](const Hint& h) { return h.strong; });
}

bool can(const Finding& finding, std::string_view capability) {
  return std::find(finding.capabilities.begin(), finding.capabilities.end(), capability) != finding.capabilities.end();
}

void add_capability(Finding& finding, std::string_view capability) {
  if (!can(finding, capability)) finding.capabilities.emplace_back(capability);
}

bool node_hint(Finding& finding, const System& system, std::string_view path, bool strong) {
  if (is_character_device(system, path)) {
    add_hint(finding, std::string(path), "character device", strong);
    return true;
  }
  if (system.exists(path) == Presence::present) {
    add_hint(finding, std::string(path), "not a character device", false);
    finding.problems.push_back({std::string(path) + " is not a character device: nothing that a kernel driver made", ""});
  }
  return false;
}

void tsm_hint(Finding& finding, const System& system, std::string_view driver) {
  for (const std::string& name : system.names(kTsmReports)) {
    const std::string path = std::string(kTsmReports) + "/" + name + "/provider";
    if (system.text(path) != driver) continue;
    add_hint(finding, path, std::string(driver), true);
    return;
  }
}

void judge_ways(Finding& finding, const System& system, const Ways& ways) {
  Json usable = Json::array();
  std::vector<std::string_view> refused;
  for (const std::string_view path : ways.nodes) {
    if (!is_character_device(system, path)) continue;
    if (system.usable(path) == Presence::present) usable.push_back(path);
    else refused.push_back(path);
  }
  if (ways.tsm) {
    const Presence tsm = system.usable(kTsmReports);
    if (tsm == Presence::present) usable.push_back(kTsmReports);
    if (tsm == Presence::denied) refused.push_back(kTsmReports);
  }
  if (!usable.empty()) {
    add_capability(finding, "attest");
  } else if (!refused.empty()) {
    for (const std::string_view path : refused) {
      if (path == kTsmReports) finding.problems.push_back({std::string(path) + " may be used by root only", "run as root"});
      else denied(finding, path);
    }
  } else if (!ways.module.empty()) {
    finding.problems.push_back({"the kernel offers no way to fetch evidence", "sudo modprobe " + std::string(ways.module)});
    if (ways.tsm && system.exists("/sys/kernel/config") == Presence::present && system.names("/sys/kernel/config").empty())
      finding.problems.push_back({"configfs is not mounted", "sudo mount -t configfs none /sys/kernel/config"});
  }
  finding.details["ways"] = std::move(usable);
}

}  // namespace tee::machine
