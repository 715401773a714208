// What a tool is: its commands, their options and examples, and the function behind each command. Floor F5.
//
// Plain tables. Parsing, --help, --describe, completions and the tests of the man pages all read these, so that none of
// them can say something else than the others.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "base/exit.h"
#include "base/result.h"

namespace tee::cli {

enum class Takes { nothing, one, many };  // a switch; one value; one value each time, repeatable

// What a value is; told to people and to completions. Reading it is the job of the option's reader.
enum class Type { none, text, bytes, time, duration, number, path, choice, pointer };
std::string_view to_string(Type t);

struct Option {
  std::string_view name;           // "--nonce"
  char letter = 0;                 // 'o' for -o
  Takes takes = Takes::nothing;
  Type type = Type::none;
  std::string_view value = {};     // how the help calls the value: "FILE"
  std::string_view group = {};     // heading in the help
  std::string_view help = {};      // a phrase, no final period
  std::string_view choices = {};   // separated by spaces
  std::string_view fallback = {};  // what holds when it is not given
};

struct Example {
  std::string_view what, command;
};

struct Run;  // run.h

struct Command {
  std::string_view name;       // also of the default command
  std::string_view summary;
  std::string_view arguments;  // "[EVIDENCE…|-]"
  std::string_view formats;    // separated by spaces, the default first
  std::array<std::span<const Option>, 3> options;  // own groups; the common ones are added
  std::span<const Example> examples;
  Result<Exit> (*run)(Run& run);
  bool data_on_stdout = false;  // without -o standard output carries data: no JSON goes there then, also no error
};

struct Tool {
  std::string_view name;
  std::string_view summary;            // one line
  std::span<const Command> commands;   // the first is the default
  std::string_view schema;             // of its main output: "tee.result.1"
  std::span<const std::string_view> environment = {};  // variables that it reads besides those for presentation
};

// The options that every command has.
std::span<const Option> common_options();

const Command* command_named(const Tool& tool, std::string_view name);
// By "--name" or "-x"; nullptr when the command has none.
const Option* option_named(const Command& command, std::string_view name);

// Calls visit(option) for all options of a command, its own first.
template <class Visit>
void for_each_option(const Command& command, Visit visit) {
  for (const auto& group : command.options)
    for (const Option& option : group) visit(option);
  for (const Option& option : common_options()) visit(option);
}

}  // namespace tee::cli
