// The use case of tee-detect: every detector, ordered, with the answer to what was required. Floor F5.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text_style.h"
#include "detect/requirement.h"

namespace tee::detect {

struct Question {
  std::vector<AnyOf> required;
  Simulated simulated = Simulated::refuse;
};

struct Report {
  Json host;
  std::vector<Finding> findings;   // present; by attestation class, those that meet a requirement first
  std::vector<Finding> ruled_out;  // not enough signs, or none
  Json simulation;                 // variables
  std::vector<std::string> problems;
  std::string root;
  std::optional<Answer> answer;    // when something was required
  std::vector<AnyOf> required;
};

Result<Report> report(const Question& question, const System& system);
Json report_json(const Report& report);  // tee.detection/1
enum class Signs { strong, all };  // all: also weak ones, and those of what was ruled out
std::string report_text(const Report& report, const TextStyle& style, Signs signs);
// The reason why a requirement is not met: an Error for its code and hint.
std::optional<Error> unmet(const Report& report);

}  // namespace tee::detect
