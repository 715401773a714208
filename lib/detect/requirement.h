// What --require asks for, and whether the findings have it. Floor F5.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/detector.h"

namespace tee::detect {

// One --require: any of these names.
using AnyOf = std::vector<std::string>;

// "snp,tdx". detect.requirement_unknown with a suggestion; usage.empty_value for an empty name.
Result<AnyOf> read_requirement(std::string_view text);

// "any" is met by a guest that attests by itself: a TEE in which this very program runs.
bool meets(const Finding& finding, std::string_view name);

struct Answer {
  std::vector<std::size_t> chosen;  // for each requirement that is met: the index of the first finding that meets it
  std::vector<AnyOf> missing;       // requirements that nothing meets
  bool simulated_only = false;      // one of them would be met by a simulation
  bool met() const { return missing.empty(); }
};
enum class Simulated { refuse, allow };
// Findings stand in their order of preference.
Answer judge(const std::vector<AnyOf>& requirements, const std::vector<Finding>& findings, Simulated simulated);

}  // namespace tee::detect
