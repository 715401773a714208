// AWS Nitro: inside an enclave, on its parent instance, and NitroTPM.
#include "providers/nitro/detector.h"
#include "providers/nitro/nsm.h"
#include "providers/shared/machine/facts.h"

namespace tee::nitro {

namespace {

using namespace machine;

constexpr Milliseconds kPatience{2000};

// An existing node proves little (an empty file named nsm has fooled others), so the module is asked who it is. Asking
// changes nothing. Under another root the node is that machine's and is left alone.
void ask_module(Finding& f, const System& system) {
  f.details["state"] = "present";
  if (!system.root.empty() || system.usable(kNsm) != Presence::present) return;
  const auto response = nsm_exchange(system, nsm_describe_request(), kPatience);
  const auto description = response ? nsm_description(*response) : tl::unexpected(response.error());
  if (!description) {
    f.present = false;
    f.problems.push_back({description.error().message, ""});
    return;
  }
  f.details["state"] = "responding";
  f.details["module_id"] = description->module_id;
  f.details["module_version"] = std::to_string(description->major) + "." + std::to_string(description->minor) + "." + std::to_string(description->patch);
  f.details["locked_pcrs"] = description->locked_pcrs;
  f.details["max_pcrs"] = description->max_pcrs;
  add_hint(f, "DescribeNSM", description->module_id, true);
}

Finding enclave(const System& system) {
  Finding f = candidate("aws_nitro", "guest", "hardware");
  f.present = node_hint(f, system, kNsm);
  bool virtio = false;
  for (const std::string& name : system.names("/sys/bus/virtio/devices")) {
    const std::string path = "/sys/bus/virtio/devices/" + name + "/device";
    if (system.text(path) != "0x0021") continue;  // VIRTIO_ID_NITRO_SEC_MOD
    virtio = true;
    add_hint(f, path, "0x0021", false);
  }
  if (f.present) ask_module(f, system);
  if (f.present) {
    f.variant = "enclave";
    judge_ways(f, system, {.nodes = {kNsm}});
    if (can(f, "attest")) add_capability(f, "extend");
  } else {
    f.attestation_class = "none";
    if (virtio && !is_character_device(system, kNsm)) f.problems.push_back({"the secure module is there, but its driver is not loaded", "modprobe nsm"});
  }
  return f;
}

bool is_ec2(const System& system) { return dmi(system, "sys_vendor") == "Amazon EC2"; }

Finding parent(const System& system) {
  constexpr std::string_view kDevice = "/dev/nitro_enclaves";
  Finding f = candidate("aws_nitro", "host", "none");
  f.present = node_hint(f, system, kDevice);
  if (is_ec2(system)) add_hint(f, "/sys/class/dmi/id/sys_vendor", "Amazon EC2", false);
  if (!f.present) {
    if (is_ec2(system)) f.problems.push_back({"no enclaves can be started: they must be enabled for the instance, and their driver loaded", "sudo modprobe nitro_enclaves"});
    return f;
  }
  f.variant = "parent";
  if (system.usable(kDevice) == Presence::present) add_capability(f, "launch");
  else f.problems.push_back({std::string(kDevice) + " may not be used by this user", "sudo usermod -aG ne $(id -un)"});
  return f;
}

Finding nitro_tpm(const System& system) {
  Finding f = candidate("aws_nitro", "guest", "vtpm");
  f.variant = "NitroTPM";
  if (!is_ec2(system)) {
    f.attestation_class = "none";
    return f;
  }
  add_hint(f, "/sys/class/dmi/id/sys_vendor", "Amazon EC2", false);
  for (const std::string_view node : {"/dev/tpmrm0", "/dev/tpm0"})
    if (is_character_device(system, node)) {
      add_hint(f, std::string(node), "character device", false);
      f.present = true;
      break;
    }
  if (!f.present) f.attestation_class = "none";
  else if (system.exists("/usr/bin/nitro-tpm-attest") == Presence::present) f.details["nitro_tpm_attest"] = "/usr/bin/nitro-tpm-attest";
  else f.problems.push_back({"nitro-tpm-attest is not installed: AWS documents of this TPM cannot be fetched", ""});
  return f;
}

std::vector<Finding> detect(const System& system) { return {enclave(system), parent(system), nitro_tpm(system)}; }

}  // namespace

Detector detector() { return {"nitro", detect}; }

}  // namespace tee::nitro
