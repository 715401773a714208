// Variables that ask tools to simulate a TEE: our own and those of other systems. Floor F5.
#pragma once

#include <string>
#include <vector>

#include "base/system.h"
#include "evidence/detector.h"

namespace tee::detect {

struct SimulationVariable {
  std::string name, value;  // printable
};

// Those that are set to something, in a fixed order; also ones that name nothing we know.
std::vector<SimulationVariable> simulation_variables(const System& system);
// The names of all of them, for the manual page.
std::span<const std::string_view> simulation_variable_names();
// One finding per provider that they name. usage.value: TEE_SIMULATE names something unknown.
Result<std::vector<Finding>> simulated_findings(const System& system);

}  // namespace tee::detect
