// From main() to a command and back: reading the command line, reporting errors, the exit status. Floor F5.
#pragma once

#include <string>
#include <vector>

#include "base/env.h"
#include "cli/arguments.h"
#include "cli/emitter.h"
#include "cli/presentation.h"
#include "cli/tool.h"

namespace tee::cli {

// What a command gets to work with.
struct Run {
  const Tool& tool;
  const Command& command;
  const Env& env;
  const Arguments& args;
  const Presentation& show;
  Emitter& out;
  const std::vector<std::string>& words;  // the command line as given, for a command to paste

  Status answer(const Json& object, std::string_view text);  // whichever the format asks for
  void note(std::string_view line) const;      // one line on standard error, unless --quiet
  void summary(std::string_view text) const;   // for people, on standard error when it is a terminal
};

// Runs the command and returns the exit status. Never throws.
int run(const Tool& tool, const Env& env, std::vector<std::string> words);

// main(): ends the process without running destructors of static objects, after all output was checked.
[[noreturn]] void run_and_exit(const Tool& tool, int argc, char** argv);

// tee.error/1 (statuses 2, 3, 5, 70).
Json error_json(const Error& error, Exit exit);
// The lines for people: what happened, then hints.
std::string error_text(std::string_view tool, const Error& error);
// The status of an error that ends a run. A category that belongs to evidence cannot: such an error is about a file the
// operator named.
Exit status_of(const Error& error);

std::string help_text(const Tool& tool, const Command& command);
std::string short_help(const Tool& tool);
Json describe(const Tool& tool);
std::string completion(const Tool& tool, std::string_view shell);
Result<std::string> schema_text(const Tool& tool, std::string_view name);

}  // namespace tee::cli
