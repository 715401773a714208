// tee-seal without a command: says what there is, and ends as a wrong command line does.
#include "base/encoding.h"
#include "cli/seal/commands.h"

namespace tee::cli {

namespace {

Result<Exit> run_overview(Run& run) {
  if (!run.args.positionals().empty()) {
    std::vector<std::string_view> names;
    for (const Command& c : run.tool.commands) names.push_back(c.name);
    const std::string& word = run.args.positionals().front();
    const std::string_view close = nearest(word, names);
    return fail(code::usage_value, "there is no command " + printable(word, 64),
                close.empty() ? "tee-seal --help lists them" : "did you mean " + std::string(close) + "?");
  }
  if (!run.show.quiet) write_stderr(help_text(run.tool, run.command));
  return Exit::usage;
}

constexpr Example kExamples[] = {
    {"a secret for the simulator", "cat password | tee-seal seal --root sim --key-id db -o db.sealed"},
    {"what is this file?", "tee-seal inspect db.sealed"},
};

}  // namespace

Command seal_overview_command() {
  return {.name = "help", .summary = "show this help", .arguments = "", .formats = "text", .options = {}, .examples = kExamples,
          .run = run_overview};
}

}  // namespace tee::cli
