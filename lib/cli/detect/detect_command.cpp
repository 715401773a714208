// detect: which TEEs this machine has.
#include "cli/detect/detect_command.h"

#include "base/encoding.h"
#include "base/stream.h"
#include "cli/run.h"
#include "detect/report.h"
#include "detect/simulation.h"

namespace tee::cli {

namespace {

constexpr Option kDetectOptions[] = {
    {.name = "--require", .takes = Takes::many, .type = Type::text, .value = "NAME,...", .group = "Detect",
     .help = "status 5 unless one of these is here; again for further ones"},
    {.name = "--allow-simulated", .group = "Detect", .help = "let a simulation meet a requirement"},
    {.name = "--root", .takes = Takes::one, .type = Type::path, .value = "DIR", .group = "Detect",
     .help = "look at this file-system root instead of this machine"},
};

Result<Exit> run_detect(Run& run) {
  if (!run.args.positionals().empty()) return fail(code::usage_surplus_value, "detect takes no arguments", "to demand something, use --require");
  detect::Question question;
  for (const std::string& text : run.args.values("--require")) {
    TEE_TRY(detect::AnyOf names, detect::read_requirement(text));
    question.required.push_back(std::move(names));
  }
  if (run.args.has("--allow-simulated")) {
    if (question.required.empty()) return fail(code::usage_conflict, "--allow-simulated is for --require");
    question.simulated = detect::Simulated::allow;
  }
  const auto root = run.args.value("--root");
  if (root && !is_folder(*root)) return fail(code::file_unreadable, printable(*root) + " is no folder");
  // "/" is this machine's own root, and yet asked for as a file-system root: its processor is not read.
  const System system = System::real(run.env, !root ? "" : *root == "/" ? "/." : *root);
  TEE_TRY(const detect::Report report, detect::report(question, system));
  const auto signs = run.show.verbose ? detect::Signs::all : detect::Signs::strong;
  TEE_CHECK(run.answer(detect::report_json(report), detect::report_text(report, run.show.on_stdout, signs)));
  if (run.show.format != "text") run.summary(detect::report_text(report, run.show.on_stderr, signs));
  const auto why = detect::unmet(report);
  if (!why) return Exit::pass;
  if (!run.show.quiet) write_stderr(error_text(run.tool.name, *why));
  return exit_for(why->code->category);
}

constexpr Example kDetectExamples[] = {
    {"what is here, for people", "tee-detect -f text"},
    {"go on only inside a confidential guest", "tee-detect --require snp,tdx -q && ./start"},
    {"the first provider that was found", "tee-detect --require any --get /findings/0/provider"},
    {"look at another machine's files", "tee-detect --root /mnt/guest"},
};

}  // namespace

Command detect_command() {
  return {.name = "detect", .summary = "show which trusted execution environments this machine has", .arguments = "",
          .formats = "json text", .options = {kDetectOptions}, .examples = kDetectExamples, .run = run_detect};
}

std::span<const std::string_view> detect_environment() { return detect::simulation_variable_names(); }

}  // namespace tee::cli
