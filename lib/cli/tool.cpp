#include "cli/tool.h"

namespace tee::cli {

namespace {

constexpr std::string_view kOutput = "Output";

constexpr Option kCommon[] = {
    {.name = "--format", .letter = 'f', .takes = Takes::one, .type = Type::choice, .value = "FORMAT", .group = kOutput,
     .help = "form of the output"},
    {.name = "--get", .takes = Takes::one, .type = Type::pointer, .value = "/POINTER", .group = kOutput,
     .help = "print one value of the JSON output, raw"},
    {.name = "--output", .letter = 'o', .takes = Takes::one, .type = Type::path, .value = "FILE", .group = kOutput,
     .help = "write to FILE instead of standard output; it appears complete or not at all"},
    {.name = "--quiet", .letter = 'q', .group = kOutput, .help = "print nothing; the exit status says it all"},
    {.name = "--verbose", .letter = 'v', .group = kOutput, .help = "show every check in the summary, and explain the reasons"},
    {.name = "--color", .takes = Takes::one, .type = Type::choice, .value = "WHEN", .group = kOutput,
     .help = "colours in the summary", .choices = "auto always never", .fallback = "auto"},
    {.name = "--help", .letter = 'h', .group = "About", .help = "show this help"},
    {.name = "--version", .group = "About", .help = "show name and version"},
    {.name = "--describe", .group = "About", .help = "print commands, options and exit statuses as JSON"},
    {.name = "--schema", .group = "About", .help = "print a JSON Schema; a name may follow, such as tee.result.1"},
    {.name = "--completion", .takes = Takes::one, .type = Type::choice, .value = "SHELL", .group = "About",
     .help = "print completions for a shell", .choices = "bash zsh fish"},
};

}  // namespace

std::string_view to_string(Type t) {
  switch (t) {
    case Type::none: return "none";
    case Type::text: return "text";
    case Type::bytes: return "bytes";
    case Type::time: return "time";
    case Type::duration: return "duration";
    case Type::number: return "number";
    case Type::path: return "path";
    case Type::choice: return "choice";
    case Type::pointer: return "pointer";
  }
  return "text";
}

std::span<const Option> common_options() { return kCommon; }

const Command* command_named(const Tool& tool, std::string_view name) {
  for (const Command& c : tool.commands)
    if (c.name == name) return &c;
  return nullptr;
}

const Option* option_named(const Command& command, std::string_view name) {
  const Option* found = nullptr;
  for_each_option(command, [&](const Option& o) {
    const bool by_letter = name.size() == 2 && name[0] == '-' && o.letter != 0 && name[1] == o.letter;
    if (!found && (o.name == name || by_letter)) found = &o;
  });
  return found;
}

}  // namespace tee::cli
