#include "cli/sources.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::cli {

namespace {

std::string shell_word(const std::string& word) {
  constexpr std::string_view kSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@,+";
  const std::string shown = printable(word, 4096);
  if (!shown.empty() && shown.find_first_not_of(kSafe) == std::string::npos) return shown;
  std::string out = "'";
  for (const char c : shown) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

Result<std::vector<std::string>> read_sources(const Run& run) {
  std::vector<std::string> sources = run.args.positionals();
  if (std::count(sources.begin(), sources.end(), "-") > 1)
    return fail(code::usage_conflict, "standard input (-) can be read only once");
  if (!sources.empty()) return sources;
  if (run.env.stdin_tty) {
    if (!run.show.quiet) write_stderr(short_help(run.tool));
    return fail(code::usage_no_input, "no file is named, and standard input is a terminal", "name a file, or pipe the evidence in");
  }
  return std::vector<std::string>{"-"};
}

Error with_command_hint(const Run& run, Error error, const std::string& source) {
  if (error.code != &code::file_unreadable || !error.hint.empty()) return error;
  if (command_named(run.tool, source)) {
    error.hint = "a command stands first: " + std::string(run.tool.name) + " " + source + " ...";
    return error;
  }
  if (run.words.empty() || run.words[0] != source) return error;
  std::vector<std::string_view> names;
  for (const Command& c : run.tool.commands) names.push_back(c.name);
  if (const std::string_view close = nearest(source, names); !close.empty())
    error.hint = "did you mean the command " + std::string(close) + "?";
  return error;
}

std::string command_with(const Run& run, const std::string& flags, const std::string& source) {
  std::vector<std::string> words = run.words;
  words.erase(std::remove(words.begin(), words.end(), "--"), words.end());
  for (const std::string& positional : run.args.positionals()) {
    const auto last = std::find(words.rbegin(), words.rend(), positional);
    if (last != words.rend()) words.erase(std::next(last).base());
  }
  std::string out(run.tool.name);
  for (const std::string& word : words) out += " " + shell_word(word);
  if (!flags.empty()) out += " " + flags;
  // Only names that the operator typed are printed: the id of a line is the attester's word (S26).
  const auto& typed = run.args.positionals();
  if (std::find(typed.begin(), typed.end(), source) == typed.end()) return out + " EVIDENCE";
  return out + " " + shell_word(source.starts_with('-') && source != "-" ? "./" + source : source);
}

}  // namespace tee::cli
