// Floors for the firmware of a device (rule S15): a manifest that matches says that it is known, not that it is current.
// Floor F3.
#pragma once

#include <string>

#include "evidence/findings.h"

namespace tee::nvidia {

struct Firmware {
  std::string id;         // of the check: "gpu.firmware.floor"
  bool is_switch = false;
  std::string driver, vbios;  // as the evidence states them; empty where it does not
};

// Adds one check: pass, fail, or a visible skip when no floor for this kind of device was given.
void judge_floor(const Firmware& firmware, const AppraisalOptions& options, Findings& out);

}  // namespace tee::nvidia
