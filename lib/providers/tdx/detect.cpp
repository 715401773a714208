// Intel TDX, as the guest and as the host. Intel TDX module base specification, CPUID leaf 0x21; Linux
// Documentation/arch/x86/tdx.rst.
#include "base/encoding.h"
#include "providers/shared/machine/facts.h"
#include "providers/tdx/detector.h"

namespace tee::tdx {

namespace {

using namespace machine;

constexpr std::string_view kDevice = "/dev/tdx_guest", kOldDevice = "/dev/tdx-guest";
constexpr std::string_view kRegisters = "/sys/devices/virtual/misc/tdx_guest/measurements/";
constexpr std::string_view kEventLog = "/sys/firmware/acpi/tables/data/CCEL", kEventTable = "/sys/firmware/acpi/tables/CCEL";

// "IntelTDX    " in EBX, EDX, ECX: this leaf exists for telling a guest that it is one.
bool says_tdx(const Registers& r) { return r.ebx == 0x65746e49 && r.edx == 0x5844546c && r.ecx == 0x20202020; }

void guest_capabilities(Finding& f, const System& system) {
  judge_ways(f, system, {.nodes = {kDevice}, .tsm = true, .module = "tdx_guest"});
  const std::string extend = std::string(kRegisters) + "rtmr3:sha384";
  switch (system.usable(extend)) {
    case Presence::present: add_capability(f, "extend"); break;
    case Presence::denied: f.problems.push_back({"registers may be extended by root only", "run as root"}); break;
    case Presence::absent: break;  // before Linux 6.16 there is no way
  }
  if (system.exists(kEventLog) == Presence::present) add_capability(f, "event_log");
  Json registers = Json::object();
  for (const char* name : {"mrtd", "rtmr0", "rtmr1", "rtmr2", "rtmr3"}) {
    const auto value = system.bytes(std::string(kRegisters) + name + ":sha384", 64);
    if (value && value->size() == 48) registers[name] = hex(*value);
  }
  if (!registers.empty()) f.details["registers"] = std::move(registers);
}

Finding guest(const System& system, const Cpuid& cpuid) {
  Finding f = candidate("intel_tdx", "guest", "hardware");
  node_hint(f, system, kDevice);
  if (is_character_device(system, kOldDevice)) {
    add_hint(f, std::string(kOldDevice), "character device", true);
    f.problems.push_back({"the driver is older than Linux 6.2 and has another interface", ""});
  }
  tsm_hint(f, system, "tdx_guest");
  if (const auto leaf = cpuid.leaf(0x21); leaf && says_tdx(*leaf)) add_hint(f, "cpuid 0x21", "IntelTDX", true);
  if (has_flag(system, "tdx_guest")) add_hint(f, "/proc/cpuinfo", "flag tdx_guest", true);
  // An ACPI table that other confidential guests have too. Byte 36 is the kind: 2 is TDX (ACPI 6.5, CCEL).
  if (system.exists(kEventTable) == Presence::present) {
    const auto table = system.bytes(kEventTable, 4096);
    const bool typed = table && table->size() > 36;
    add_hint(f, std::string(kEventTable), typed ? "kind " + std::to_string((*table)[36]) : "ACPI table", false);
  }
  f.present = any_strong(f);
  if (f.present) {
    f.variant = "TDX";
    guest_capabilities(f, system);
  } else {
    f.attestation_class = "none";
  }
  return f;
}

Finding host(const System& system) {
  Finding f = candidate("intel_tdx", "host", "none");
  const auto module = parameter(system, "kvm_intel", "tdx");
  if (module && is_on(*module)) add_hint(f, "/sys/module/kvm_intel/parameters/tdx", *module, true);
  const bool capable = has_flag(system, "tdx_host_platform");
  if (capable) add_hint(f, "/proc/cpuinfo", "flag tdx_host_platform", false);
  if (module) f.details["kvm_intel_tdx"] = is_on(*module);
  f.present = any_strong(f);
  if (f.present) {
    f.variant = "TDX";
    if (is_character_device(system, "/dev/kvm")) add_capability(f, "launch");
    // Guests get their quotes from an SGX enclave on the host.
    for (const std::string_view node : {"/dev/sgx_enclave", "/dev/sgx_provision"})
      if (!is_character_device(system, node))
        f.problems.push_back({std::string(node) + " is not there: the quoting enclave cannot run, so guests get no quotes", "switch SGX on in the firmware setup"});
  } else if (capable) {
    f.problems.push_back({"the processor has TDX, but KVM does not use it", "sudo modprobe -r kvm_intel && sudo modprobe kvm_intel tdx=1"});
  }
  return f;
}

std::vector<Finding> detect(const System& system) { return {guest(system, Cpuid::of(system)), host(system)}; }

}  // namespace

Detector detector() { return {"tdx", detect}; }

}  // namespace tee::tdx
