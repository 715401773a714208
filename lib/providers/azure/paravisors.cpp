#include "providers/azure/paravisors.h"

#include "base/encoding.h"

namespace tee::azure {

namespace {

// Read off SNP reports of Azure confidential VMs whose signatures, chains and vTPM bindings verified. A key that is not here
// is not known, whatever runs under it; a newer one can be pinned by its launch measurement.
constexpr std::string_view kIdKeyDigests[] = {
    // Milan hosts, reports of version 2, HCL reports of 2023 (Confidential Containers' and attestation-rs' public samples)
    "0356215882a825279a85b300b0b742931d113bf7e32dde2e50ffde7ec743ca491ecdd7f336dc28a6e0b2bb57af7a44a3",
    // Milan and Genoa hosts, reports of version 3, 2025 and 2026 (the same projects' later samples)
    "942fd93ebde6ea7a96efadeafc60f1c6b3d10e703b1dafd7555b92f7f3d32d0e006767648cba5b102af3d65756af4177",
};

}  // namespace

bool known_paravisor(ByteView id_key_digest) {
  for (std::string_view known : kIdKeyDigests)
    if (hex(id_key_digest) == known) return true;
  return false;
}

}  // namespace tee::azure
