// Intel SGX: the processor and its driver, and whether this process runs inside an enclave. Intel SDM volume 3D, CPUID
// leaves 7 and 0x12; Gramine's /dev/attestation.
#include "providers/sgx/detector.h"
#include "providers/shared/machine/facts.h"

namespace tee::sgx {

namespace {

using namespace machine;

constexpr std::string_view kKind = "/dev/attestation/attestation_type";

// Library operating systems show an enclave its own attestation as files.
Finding inside(const System& system) {
  Finding f = candidate("intel_sgx", "guest", "none");
  const auto kind = system.text(kKind);
  if (kind) add_hint(f, std::string(kKind), *kind, *kind == "dcap");
  f.present = any_strong(f);
  if (f.present) {
    f.attestation_class = "hardware";
    f.variant = "SGX enclave";
    add_capability(f, "attest");
    if (system.exists("/dev/attestation/keys") == Presence::present) add_capability(f, "seal");
  } else if (kind && *kind == "epid") {
    f.problems.push_back({"the enclave attests by EPID, a service that Intel has ended", "set sgx.remote_attestation = \"dcap\" in its manifest"});
  }
  return f;
}

Finding device(const System& system) {
  const Cpuid cpuid = Cpuid::of(system);
  Finding f = candidate("intel_sgx", "device", "hardware");
  bool capable = false;
  if (const auto features = cpuid.leaf(7); features && (features->ebx >> 2 & 1) != 0) {
    capable = true;
    add_hint(f, "cpuid 0x7", register_text("EBX", features->ebx), false);
    if (const auto sgx = cpuid.leaf(0x12)) {
      f.details["sgx1"] = (sgx->eax & 1) != 0;
      f.details["sgx2"] = (sgx->eax & 2) != 0;
    }
  } else if (cpuid.origin() == CpuidOrigin::none && has_flag(system, "sgx")) {
    capable = true;
    add_hint(f, "/proc/cpuinfo", "flag sgx", false);
  }
  const bool driver = node_hint(f, system, "/dev/sgx_enclave");
  const bool provision = node_hint(f, system, "/dev/sgx_provision", false);
  if (is_character_device(system, "/dev/isgx")) {
    add_hint(f, "/dev/isgx", "character device", false);
    f.problems.push_back({"/dev/isgx belongs to a driver from before Linux 5.11, which knows EPID only", ""});
  }
  if (is_socket(system, "/var/run/aesmd/aesm.socket")) add_hint(f, "/var/run/aesmd/aesm.socket", "socket", false);
  f.present = driver;
  if (!f.present) {
    f.attestation_class = "none";
    if (capable) f.problems.push_back({"the processor has SGX, but there is no /dev/sgx_enclave: switch it on in the firmware setup, with flexible launch control", ""});
    return f;
  }
  f.variant = f.details.value("sgx2", false) ? "SGX2" : "SGX";
  if (system.usable("/dev/sgx_enclave") == Presence::denied)
    f.problems.push_back({"/dev/sgx_enclave may not be used by this user", "sudo usermod -aG sgx $(id -un)"});
  if (!provision) {
    f.problems.push_back({"/dev/sgx_provision is not there: enclaves can run, but not get a quote in their process", ""});
  } else if (system.usable("/dev/sgx_provision") == Presence::denied) {
    f.problems.push_back({"/dev/sgx_provision may not be used by this user, so enclaves get no quotes in their process", "sudo usermod -aG sgx_prv $(id -un)"});
  }
  return f;
}

std::vector<Finding> detect(const System& system) { return {inside(system), device(system)}; }

}  // namespace

Detector detector() { return {"sgx", detect}; }

}  // namespace tee::sgx
