// Any TPM 2.0. In a virtual machine it belongs to the host, and by itself makes nothing confidential.
#include "providers/shared/machine/facts.h"
#include "providers/tpm/detector.h"

namespace tee::tpm {

namespace {

using namespace machine;

std::vector<Finding> detect(const System& system) {
  Finding f = candidate("tpm", "device", "none");
  std::string_view node;
  for (const std::string_view path : {"/dev/tpmrm0", "/dev/tpm0"}) {
    if (!node_hint(f, system, path)) continue;
    if (node.empty()) node = path;
  }
  const auto version = system.text("/sys/class/tpm/tpm0/tpm_version_major");
  if (version) {
    add_hint(f, "/sys/class/tpm/tpm0/tpm_version_major", *version, false);
    f.details["version"] = *version;
  }
  f.present = !node.empty() && version != "1";
  if (version == "1") f.problems.push_back({"a TPM 1.2: nothing here uses it", ""});
  if (!f.present) return {std::move(f)};
  const auto is_guest = is_virtual(system, Cpuid::of(system));
  f.attestation_class = is_guest.value_or(true) ? "vtpm" : "tpm";
  f.variant = is_guest.value_or(true) ? "vTPM 2.0" : "TPM 2.0";
  if (system.usable(node) == Presence::present) {
    for (const char* what : {"attest", "extend", "seal"}) add_capability(f, what);
  } else {
    f.problems.push_back({std::string(node) + " may not be used by this user", "sudo usermod -aG tss $(id -un)"});
  }
  if (node == "/dev/tpm0") f.problems.push_back({"there is no /dev/tpmrm0: one program at a time can use the TPM", ""});
  if (system.exists("/sys/kernel/security/tpm0/binary_bios_measurements") == Presence::present) add_capability(f, "event_log");
  return {std::move(f)};
}

}  // namespace

Detector detector() { return {"tpm", detect}; }

}  // namespace tee::tpm
