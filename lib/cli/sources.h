// Where a command reads its subjects from. Floor F5.
#pragma once

#include "cli/run.h"

namespace tee::cli {

// The arguments, or standard input. Refuses a terminal with nothing to read and two uses of "-".
Result<std::vector<std::string>> read_sources(const Run& run);
// An unreadable first argument may be a misspelt command.
Error with_command_hint(const Run& run, Error error, const std::string& source);
// The same command line for one subject, with more flags: for a person to paste.
std::string command_with(const Run& run, const std::string& flags, const std::string& source);

}  // namespace tee::cli
