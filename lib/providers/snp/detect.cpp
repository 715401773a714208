// SEV-SNP, as the guest and as the host. AMD APM volume 3, CPUID Fn8000_001F; volume 2, 15.34.10 (SEV_STATUS MSR).
#include <unistd.h>

#include "providers/shared/machine/facts.h"
#include "providers/snp/detector.h"

namespace tee::snp {

namespace {

using namespace machine;

constexpr std::string_view kGuestDevice = "/dev/sev-guest", kGuestPlatform = "/sys/devices/platform/sev-guest";
constexpr std::uint32_t kEncryptionLeaf = 0x8000001f;
constexpr unsigned kSev = 1, kSevEs = 2, kSevSnp = 4;  // bits of SEV_STATUS: 0, 1, 2

std::string unsigned_hex(std::uint64_t value) {
  std::string digits;
  do digits.insert(digits.begin(), "0123456789abcdef"[value & 15]);
  while (value >>= 4);
  return "0x" + digits;
}

std::optional<std::uint64_t> number(const std::string& text) {
  try {
    std::size_t used = 0;
    const std::uint64_t value = std::stoull(text, &used, 0);
    return used == text.size() ? std::optional(value) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

struct SevStatus {
  std::string source;
  std::uint64_t bits;
};

// What this guest is, as the processor says. Linux 6.15 shows the register to everybody; the msr module shows it to root.
std::optional<SevStatus> sev_status(const System& system, const Cpuid& cpuid) {
  for (const std::string_view path : {"/sys/hypervisor/sev/sev_status", "/sys/devices/system/cpu/sev/sev_status"}) {
    const auto text = system.text(path);
    if (!text) continue;
    if (const auto bits = number(*text)) return SevStatus{std::string(path), *bits};
  }
  if (cpuid.vendor() != "AuthenticAMD") return std::nullopt;
  constexpr std::string_view kMsr = "/dev/cpu/0/msr";
  constexpr off_t kSevStatus = 0xc0010131;
  if (!is_character_device(system, kMsr)) return std::nullopt;
  const auto file = system.open(kMsr, false);
  std::uint64_t bits = 0;
  if (!file || ::pread(file->get(), &bits, sizeof bits, kSevStatus) != sizeof bits) return std::nullopt;
  return SevStatus{"MSR 0xc0010131", bits};
}

Finding guest(const System& system, const Cpuid& cpuid) {
  Finding f = candidate("amd_sev_snp", "guest", "hardware");
  node_hint(f, system, kGuestDevice);
  // The kernel makes this device only when it runs as an SNP guest with a secrets page.
  if (system.exists(kGuestPlatform) == Presence::present) add_hint(f, std::string(kGuestPlatform), "device", true);
  tsm_hint(f, system, "sev_guest");
  std::uint64_t active = 0;
  if (const auto status = sev_status(system, cpuid)) {
    active = status->bits;
    add_hint(f, status->source, unsigned_hex(status->bits), (active & kSevSnp) != 0);
    f.details["sev_status"] = unsigned_hex(active);
  }
  // The bits say what the processor can do; the hypervisor filters them, so for a guest they are but a hint.
  const bool is_guest = is_virtual(system, cpuid).value_or(false);
  if (const auto r = cpuid.leaf(kEncryptionLeaf); r && is_guest && (r->eax & 0x1a) != 0)
    add_hint(f, "cpuid 0x8000001f", register_text("EAX", r->eax), false);
  else if (cpuid.origin() == CpuidOrigin::none && is_guest && has_flag(system, "sev_snp"))
    add_hint(f, "/proc/cpuinfo", "flag sev_snp", false);
  if (const auto vmpl = system.text("/sys/devices/system/cpu/sev/vmpl")) f.details["vmpl"] = number(*vmpl).value_or(0);

  f.present = any_strong(f);
  if (f.present) {
    f.variant = "SNP";
    judge_ways(f, system, {.nodes = {kGuestDevice}, .tsm = true, .module = "sev-guest"});
    if (is_character_device(system, kGuestDevice) && system.usable(kGuestDevice) == Presence::present) {
      add_capability(f, "derived_key");
      add_capability(f, "seal");
    }
    return f;
  }
  f.attestation_class = "none";
  if ((active & kSevEs) != 0) f.variant = "SEV-ES";
  else if ((active & kSev) != 0) f.variant = "SEV";
  if (!f.variant.empty()) f.problems.push_back({"memory is encrypted with " + f.variant + " only, which has no attestation report for the guest", ""});
  else if (!f.hints.empty()) f.problems.push_back({"the processor knows SNP, but the kernel made no guest device", "sudo modprobe sev-guest"});
  return f;
}

Finding host(const System& system, const Cpuid& cpuid) {
  Finding f = candidate("amd_sev_snp", "host", "none");
  const auto leaf = cpuid.leaf(kEncryptionLeaf);
  const bool is_guest = is_virtual(system, cpuid).value_or(false);
  const bool capable = leaf && !is_guest && (leaf->eax & 0x10) != 0;
  if (capable) {
    add_hint(f, "cpuid 0x8000001f", register_text("EAX", leaf->eax), false);
    f.details["encrypted_guests"] = leaf->ecx;
    f.details["min_sev_asid"] = leaf->edx;
  }
  for (const char* name : {"sev", "sev_es", "sev_snp"}) {
    const auto value = parameter(system, "kvm_amd", name);
    if (!value) continue;
    f.details[std::string("kvm_amd_") + name] = is_on(*value);
    if (is_on(*value)) add_hint(f, std::string("/sys/module/kvm_amd/parameters/") + name, *value, std::string_view(name) == "sev_snp");
  }
  node_hint(f, system, "/dev/sev", false);
  f.present = any_strong(f);
  if (f.present) {
    f.variant = "SNP";
    if (is_character_device(system, "/dev/kvm")) add_capability(f, "launch");
    else f.problems.push_back({"/dev/kvm is not there: no guests can be started", "sudo modprobe kvm_amd"});
    if (!is_character_device(system, "/dev/sev"))
      f.problems.push_back({"/dev/sev is not there: the secure processor cannot be managed", "sudo modprobe ccp"});
  } else if (capable) {
    f.problems.push_back({"the processor has SNP, but KVM does not use it: switch SNP and the RMP table on in the firmware setup, and boot Linux 6.11 or newer",
                          "cat /sys/module/kvm_amd/parameters/sev_snp"});
  }
  return f;
}

std::vector<Finding> detect(const System& system) {
  const Cpuid cpuid = Cpuid::of(system);
  return {guest(system, cpuid), host(system, cpuid)};
}

}  // namespace

Detector detector() { return {"snp", detect}; }

}  // namespace tee::snp
