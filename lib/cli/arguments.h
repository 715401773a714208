// A command line after reading: which options with which values, and what is left. Floor F5.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/tool.h"

namespace tee::cli {

class Arguments {
 public:
  bool has(std::string_view option) const { return options_.find(option) != options_.end(); }
  std::size_t count(std::string_view option) const { return values(option).size(); }
  const std::vector<std::string>& values(std::string_view option) const;  // of a switch: one empty text for each time
  std::optional<std::string> value(std::string_view option) const;
  const std::vector<std::string>& positionals() const { return positionals_; }

  void add(std::string_view option, std::string value) { options_[std::string(option)].push_back(std::move(value)); }
  void add_positional(std::string value) { positionals_.push_back(std::move(value)); }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> options_;
  std::vector<std::string> positionals_;
};

// Looked at before anything is parsed. Refuses what CLI11 would take silently: "--x=" followed by a word, "", a switch
// with a value, an option in the place of a value; suggests a name for a misspelt one.
struct Words {
  std::vector<std::string> options;    // up to "--"
  std::vector<std::string> remaining;  // behind "--"
  const Option* about = nullptr;       // --help, --version, --describe, --schema, --completion: the first of them
  std::string about_value;             // of --completion, --schema
};
Result<Words> check_words(const Tool& tool, const Command& command, const std::vector<std::string>& words);

// The rest of the reading is CLI11's.
Result<Arguments> parse_arguments(const Command& command, const Words& words);

}  // namespace tee::cli
