// How a run shows itself: format, colours, characters. From options and a few variables of the environment, which decide
// about looks only (rule S27). Floor F5.
#pragma once

#include <optional>
#include <string>

#include "base/env.h"
#include "base/text_style.h"
#include "cli/arguments.h"

namespace tee::cli {

inline constexpr std::string_view kEnvironment[] = {"LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "TERM"};

enum class Layout { compact, indented };

struct Presentation {
  std::string format;                 // one of the command's formats
  Layout layout = Layout::compact;    // of a single JSON object
  std::optional<std::string> pointer; // --get
  std::optional<std::string> output;  // -o
  bool quiet = false;
  unsigned verbose = 0;
  bool summary = false;               // people read standard error
  bool both_terminals = false;        // standard output and standard error show up on the same screen
  bool format_given = false;
  TextStyle on_stdout, on_stderr;

  bool json() const { return format == "json" || format == "ndjson" || format == "ear" || format == "intoto"; }
};

Result<Presentation> read_presentation(const Command& command, const Arguments& args, const Env& env);

// For errors in the command line itself, when nothing else is known yet.
Presentation plain_presentation(const Command& command, const Env& env, const std::vector<std::string>& words);

}  // namespace tee::cli
