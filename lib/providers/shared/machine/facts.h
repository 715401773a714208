// What detectors of all rooms ask of a machine: kinds of nodes, flags of the processor, DMI, module parameters. Floor F3.
//
// Everything is read through base/system.h and nothing is written. Texts come from the machine, which may lie.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/detector.h"
#include "providers/shared/machine/cpuid.h"

namespace tee::machine {

inline constexpr std::string_view kTsmReports = "/sys/kernel/config/tsm/report";

// What stands at a path, links followed. A plain file in the place of a device is no device.
bool is_character_device(const System& system, std::string_view path);
bool is_socket(const System& system, std::string_view path);

bool has_flag(const System& system, std::string_view flag);  // of the first processor in /proc/cpuinfo
std::string dmi(const System& system, std::string_view field);  // /sys/class/dmi/id/FIELD; empty when absent
// /sys/module/MODULE/parameters/NAME as it stands there; nullopt when the module is not loaded.
std::optional<std::string> parameter(const System& system, std::string_view module, std::string_view name);
bool is_on(std::string_view parameter_value);  // "Y" or a number other than 0
// CPUID where there is one, otherwise the kernel's flag. nullopt: unknown.
std::optional<bool> is_virtual(const System& system, const Cpuid& cpuid);
std::string register_text(std::string_view name, std::uint32_t value);  // "EAX 0x0001001e"

Finding candidate(std::string_view provider, std::string_view role, std::string_view attestation_class);
// Adds a hint. strong: see evidence/detector.h.
void add_hint(Finding& finding, std::string source, std::string value, bool strong);
bool any_strong(const Finding& finding);
bool can(const Finding& finding, std::string_view capability);
void add_capability(Finding& finding, std::string_view capability);

// A device node as a sign: strong when it is a character device. Otherwise, when something else stands there, a weak sign
// and a problem. Returns whether it is a character device.
bool node_hint(Finding& finding, const System& system, std::string_view path, bool strong = true);

// configfs-tsm names its provider only inside a request folder. Making one would be writing, so only those count that
// are there. Adds a strong hint when one names `driver` ("sev_guest", "tdx_guest").
void tsm_hint(Finding& finding, const System& system, std::string_view driver);

// What may be used to fetch evidence: any of the nodes, or configfs-tsm when `tsm`. Adds the capability attest, or the
// problem with its remedy.
struct Ways {
  std::vector<std::string_view> nodes;
  bool tsm = false;
  std::string_view module = {};  // the kernel module that makes them
};
void judge_ways(Finding& finding, const System& system, const Ways& ways);

}  // namespace tee::machine
