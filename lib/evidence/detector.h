// The seam for finding: what a detector room reports about the machine it runs on. Floor F2.
//
// Passive: files, links, CPUID and the answers of local sockets; nothing is written. A finding is a hint for people and for
// placement and proves nothing (S24): only verified evidence does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/system.h"
#include "codec/json.h"
#include "evidence/types.h"

namespace tee {

struct Hint {
  std::string source;    // "cpuid 0x8000001f", "/dev/sev-guest", "/sys/module/kvm_amd/parameters/sev_snp"
  std::string value;     // what it said
  bool strong = false;   // alone enough to say that this TEE is here; weak ones need company
};

struct Problem {
  std::string what;      // "/dev/sev-guest may not be opened by this user"
  std::string command;   // what would fix it, or empty
};

struct Finding {
  std::string provider;               // as in envelopes; "tpm" and "nvidia_gpu" too
  std::string role;                   // "guest", "host", "device"
  std::string variant;                // "SNP", "SEV-ES", "TDX 1.5", "NitroTPM", …; may be empty
  bool present = false;               // enough hints; otherwise shown under "ruled out"
  std::string attestation_class;      // "hardware", "hardware-via-paravisor", "token-service", "tpm", "vtpm", "none"
  std::vector<Hint> hints;
  std::vector<std::string> capabilities;  // attest, extend, seal, derived_key, event_log, launch
  std::vector<Problem> problems;
  Json details = Json::object();      // vendor field names in lower snake case
};

struct Detector {
  std::string_view name;              // "snp", "tdx", …
  std::vector<Finding> (*detect)(const System& system);
};

}  // namespace tee
