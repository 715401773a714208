// inspect: what some sealed data are, without a key.
#include "base/encoding.h"
#include "cli/seal/commands.h"
#include "cli/seal/data.h"
#include "cli/sources.h"
#include "seal/inspect.h"

namespace tee::cli {

namespace {

Result<Exit> run_inspect(Run& run) {
  protect(run);
  TEE_TRY(const std::vector<std::string> sources, read_sources(run));
  if (sources.size() > 1) run.out.expect_many();
  Exit exit = Exit::pass;
  for (const std::string& source : sources) {
    TEE_TRY(seal::Feed feed, open_feed(source));
    auto seen = seal::inspect(feed);
    if (!seen && exit_for(seen.error().code->category) != Exit::negative) return tl::unexpected(seen.error());
    Json object = seen ? *seen : Json{{"schema", "tee.sealed/1"}, {"form", nullptr}, {"authenticated", false}, {"details", nullptr},
                                      {"error", {{"code", seen.error().code->name}, {"message", seen.error().message}}}};
    object["name"] = printable(source);
    TEE_CHECK(run.answer(object, json::dump(object, json::Style::pretty) + "\n"));
    if (seen) continue;
    if (!run.show.quiet) write_stderr(error_text(run.tool.name, Error(seen.error()).within(std::string(seen.error().code->name))));
    exit = Exit::negative;
  }
  return exit;
}

constexpr Example kExamples[] = {
    {"which root, which key?", "tee-seal inspect db.sealed"},
    {"only the form", "tee-seal inspect --get /form db.sealed"},
};

}  // namespace

Command seal_inspect_command() {
  return {.name = "inspect", .summary = "show what sealed data are, without a key", .arguments = "[FILE...|-]", .formats = "json text",
          .options = {}, .examples = kExamples, .run = run_inspect};
}

}  // namespace tee::cli
