// inspect: what stands in evidence, without a judgement.
#include "base/encoding.h"
#include "cli/commands.h"
#include "cli/sources.h"
#include "verify/event_log.h"
#include "verify/inspect.h"
#include "verify/inspect_text.h"
#include "verify/source.h"

namespace tee::cli {

namespace {

Json malformed_inspection(const verify::Subject& s, const Error& error) {
  return {{"schema", "tee.inspection/1"},
          {"verified", false},
          {"subject", {{"name", printable(s.name)}, {"form", s.form}, {"type", s.type ? Json(to_string(*s.type)) : Json(nullptr)}}},
          {"decoded", nullptr},
          {"error", {{"code", error.code->name}, {"message", error.message}}}};
}

Result<Exit> inspect_one(Run& run, verify::RawSubject raw) {
  if (raw.unreadable) {
    const Error error = with_command_hint(run, *raw.unreadable, raw.name);
    if (!run.show.quiet) write_stderr(error_text(run.tool.name, error));
    if (run.show.json()) {
      TEE_CHECK(run.out.object(error_json(error, Exit::operator_input)));
    }
    return Exit::operator_input;
  }
  const verify::Subject subject = verify::subject_from(std::move(raw));
  const Result<Json> decoded = verify::inspect(subject);  // a file of collateral is no evidence, and yet can be decoded
  const Json inspection = decoded ? *decoded : malformed_inspection(subject, decoded.error());
  TEE_CHECK(run.answer(inspection, verify::inspection_text(inspection, run.show.on_stdout)));
  if (run.show.format != "text") run.summary(verify::inspection_text(inspection, run.show.on_stderr));
  if (decoded) return Exit::pass;
  const Exit exit = exit_for(decoded.error().code->category);
  return exit == Exit::platform ? exit : Exit::negative;
}

constexpr Option kInspectOptions[] = {
    {.name = "--event-log", .takes = Takes::one, .type = Type::path, .value = "FILE", .group = "Inspect",
     .help = "decode this boot event log instead of evidence"},
};

Result<Exit> inspect_log(Run& run, const std::string& path) {
  if (!run.args.positionals().empty()) return fail(code::usage_surplus_value, "inspect --event-log takes no evidence beside it");
  TEE_TRY(const Bytes log, read_file(path));
  const Result<Json> decoded = verify::inspect_event_log(log);
  const Json shown = decoded ? *decoded
                             : Json{{"schema", "tee.event-log/1"}, {"verified", false}, {"exit", 1}, {"events", Json::array()},
                                    {"error", {{"code", decoded.error().code->name}, {"message", decoded.error().message}}}};
  TEE_CHECK(run.answer(shown, json::dump(shown, json::Style::pretty) + "\n"));
  if (!decoded) run.note(decoded.error().message);
  return decoded ? Exit::pass : Exit::negative;
}

Result<Exit> run_inspect(Run& run) {
  if (const auto log = run.args.value("--event-log")) return inspect_log(run, *log);
  TEE_TRY(std::vector<std::string> sources, read_sources(run));
  verify::SubjectReader reader(std::move(sources), run.show.format == "ndjson" ? verify::Lines::declared : verify::Lines::automatic);
  Exit exit = Exit::pass;
  std::optional<verify::RawSubject> raw = reader.next();
  if (reader.more_expected()) run.out.expect_many();
  for (; raw; raw = reader.next()) {
    TEE_TRY(const Exit one, inspect_one(run, std::move(*raw)));
    exit = worse(exit, one);
  }
  return exit;
}

constexpr Example kInspectExamples[] = {
    {"what is in this file?", "tee-verify inspect -f text quote.bin"},
    {"the events of a boot", "tee-verify inspect --event-log ccel.bin"},
    {"the measurement, not verified", "tee-verify inspect --get /decoded/measurement report.bin"},
};

}  // namespace

Command inspect_command() {
  return {.name = "inspect", .summary = "decode evidence without judging it", .arguments = "[EVIDENCE...|-]",
          .formats = "json ndjson text", .options = {kInspectOptions}, .examples = kInspectExamples, .run = run_inspect};
}

}  // namespace tee::cli
