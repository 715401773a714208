// Azure's confidential virtual machines: a guest under a paravisor, with the hardware report in the vTPM. Hypervisor
// Top-Level Functional Specification, CPUID leaves 0x40000000 to 0x4000000C.
#include "providers/azure/detector.h"
#include "providers/shared/machine/facts.h"

namespace tee::azure {

namespace {

using namespace machine;

// The same on every virtual machine of Azure, confidential or not.
constexpr std::string_view kChassis = "7783-7084-3265-9085-8269-3286-77";

std::string isolation_name(std::uint32_t type) {
  switch (type) {
    case 1: return "VBS";
    case 2: return "SNP";
    case 3: return "TDX";
    default: return "type " + std::to_string(type);
  }
}

void judge_vtpm(Finding& f, const System& system) {
  for (const std::string_view node : {"/dev/tpmrm0", "/dev/tpm0"}) {
    if (!is_character_device(system, node)) continue;
    add_hint(f, std::string(node), "character device", false);
    if (system.usable(node) == Presence::present) {
      for (const char* what : {"attest", "extend", "seal"}) add_capability(f, what);
    } else {
      f.problems.push_back({std::string(node) + " may not be used by this user", "sudo usermod -aG tss $(id -un)"});
    }
    if (system.exists("/sys/kernel/security/tpm0/binary_bios_measurements") == Presence::present) add_capability(f, "event_log");
    return;
  }
  f.problems.push_back({"there is no TPM device: the hardware report cannot be read", "sudo modprobe tpm_tis"});
}

std::vector<Finding> detect(const System& system) {
  Finding f = candidate("azure_cvm", "guest", "none");
  const bool azure = dmi(system, "chassis_asset_tag") == kChassis;
  if (azure) add_hint(f, "/sys/class/dmi/id/chassis_asset_tag", std::string(kChassis), false);
  const Cpuid cpuid = Cpuid::of(system);
  if (cpuid.hypervisor() == "Microsoft Hv") {
    add_hint(f, "cpuid 0x40000000", "Microsoft Hv", false);
    const auto features = cpuid.leaf(0x40000003), isolation = cpuid.leaf(0x4000000c);
    const bool isolated = features && (features->ebx >> 22 & 1) != 0;
    if (isolated && isolation) {
      const std::uint32_t type = isolation->ebx & 0xf;
      const bool confidential = type == 2 || type == 3;
      add_hint(f, "cpuid 0x4000000c", isolation_name(type) + ((isolation->eax & 1) != 0 ? ", paravisor" : ", no paravisor"), confidential);
      // Without Azure's chassis tag this is some other Hyper-V; its vTPM has none of Azure's certificates.
      f.present = azure && confidential && (isolation->eax & 1) != 0;
      f.variant = isolation_name(type);
      f.details["isolation"] = isolation_name(type);
      f.details["paravisor"] = (isolation->eax & 1) != 0;
    }
  } else if (azure && cpuid.origin() == CpuidOrigin::none) {
    f.problems.push_back({"without CPUID facts an Azure machine cannot be told from a confidential one", "cpuid -1 -r > cpuid.txt"});
  }
  if (f.present) {
    f.attestation_class = "hardware-via-paravisor";
    judge_vtpm(f, system);
  }
  return {std::move(f)};
}

}  // namespace

Detector detector() { return {"azure", detect}; }

}  // namespace tee::azure
