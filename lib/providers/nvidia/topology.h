// Which devices say that they are connected: protected PCIe mode, where GPUs list their switches and switches their GPUs.
// Floor F3.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evidence/findings.h"
#include "providers/nvidia/spdm.h"

namespace tee::nvidia {

// What a device's signed report says about its place. Ids of devices as lower-case hex in the byte order of a switch's own;
// the list in a GPU's report has them the other way round.
struct Placed {
  std::string prefix;              // of check ids
  bool is_switch = false;
  std::string own;                 // of a switch
  std::set<std::string> listed;    // switches that a GPU lists, GPUs that a switch lists; empty when it lists none
  std::optional<bool> locked;      // of a switch: nobody can change its configuration until it is reset
};
Placed placed_by(const Report& report, const std::string& prefix, bool is_switch);

// GPUs list the same switches; each switch that is there is on their list; switches list the same GPUs, at least as many as
// are there; they are locked. Adds failed checks only.
void check_topology(const std::vector<Placed>& devices, Findings& out);

// The same for devices that stand in several parts: the hook of Verifier.
void judge_parts_together(const Json& parts, Findings& out);

}  // namespace tee::nvidia
