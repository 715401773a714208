// --help: examples first, then commands, then options in groups.
#include <algorithm>

#include "base/version.h"
#include "cli/run.h"

namespace tee::cli {

namespace {

constexpr std::size_t kColumn = 30, kWidth = 80;

std::string label(const Option& o) {
  std::string text = o.letter ? std::string{'-', o.letter} + ", " : "    ";
  text += o.name;
  if (o.takes != Takes::nothing) text += " " + std::string(o.value);
  return text;
}

// Words filled up to the width; the first line continues at `column`, later ones begin there.
void fill(std::string& out, std::string_view text, std::size_t column) {
  std::size_t at = column;
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (!first && at + 1 + end > kWidth) {
      out += "\n" + std::string(column, ' ');
      at = column;
    } else if (!first) {
      out += ' ';
      ++at;
    }
    out += text.substr(0, end);
    at += end;
    first = false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out += "\n";
}

void put_row(std::string& out, std::string_view name, std::string_view what) {
  std::string row = "  " + std::string(name);
  if (row.size() + 1 > kColumn) row += "\n" + std::string(kColumn, ' ');
  else row.resize(kColumn, ' ');
  out += row;
  fill(out, what, kColumn);
}

std::string phrase(const Option& o, const Command& command) {
  std::string text(o.help);
  const auto spoken = [&](std::string_view words) {
    std::string list(words);
    std::replace(list.begin(), list.end(), ' ', '|');
    text += ": " + list;
  };
  if (o.name == "--format") spoken(command.formats);
  if (!o.choices.empty()) spoken(o.choices);
  if (!o.fallback.empty()) text += " (default " + std::string(o.fallback) + ")";
  return text;
}

void put_options(std::string& out, const Command& command) {
  std::vector<std::string_view> groups;
  for_each_option(command, [&](const Option& o) {
    if (std::find(groups.begin(), groups.end(), o.group) == groups.end()) groups.push_back(o.group);
  });
  for (const std::string_view group : groups) {
    out += "\n" + std::string(group) + ":\n";
    for_each_option(command, [&](const Option& o) {
      if (o.group == group) put_row(out, label(o), phrase(o, command));
    });
  }
}

std::string usage_line(const Tool& tool, const Command& command) {
  const bool is_default = &command == &tool.commands[0];
  std::string line(tool.name);
  if (!is_default) line += " " + std::string(command.name);
  line += " [OPTION]...";
  if (!command.arguments.empty()) line += " " + std::string(command.arguments);
  return line;
}

}  // namespace

std::string help_text(const Tool& tool, const Command& command) {
  const bool is_default = &command == &tool.commands[0];
  std::string out = is_default ? std::string(tool.name) + ": " + std::string(tool.summary) + "\n"
                               : std::string(tool.name) + " " + std::string(command.name) + ": " + std::string(command.summary) + "\n";
  if (!command.examples.empty()) out += "\nExamples:\n";
  for (const Example& e : command.examples) out += "  # " + std::string(e.what) + "\n  " + std::string(e.command) + "\n";
  out += "\nUsage: " + usage_line(tool, command) + "\n";
  if (is_default && tool.commands.size() > 1) {
    for (const Command& c : tool.commands.subspan(1)) out += "       " + usage_line(tool, c) + "\n";
    out += "\nCommands:\n";
    for (const Command& c : tool.commands)
      put_row(out, c.name, std::string(c.summary) + (&c == &command ? " (the default)" : ""));
  }
  put_options(out, command);
  out += "\nExit status: 0 pass or done, 1 the answer is no, 2 usage, 3 a file of yours is unusable,\n"
         "  4 undecided: more input may settle it, 5 platform or provider missing, 70 a bug.\n";
  out += "Manual: man " + std::string(tool.name) + ", man tee-codes\n";
  return out;
}

std::string short_help(const Tool& tool) {
  const Command& command = tool.commands[0];
  std::string out = std::string(tool.name) + ": " + std::string(tool.summary) + "\nUsage: " + usage_line(tool, command) + "\n";
  if (!command.examples.empty()) out += "For example: " + std::string(command.examples[0].command) + "\n";
  return out + "More: " + std::string(tool.name) + " --help\n";
}

}  // namespace tee::cli
