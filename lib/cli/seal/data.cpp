#include "cli/seal/data.h"

#include "base/encoding.h"
#include "cli/sources.h"
#include "crypto/secret.h"

namespace tee::cli {

void protect(const Run& run) {
  const crypto::Protection p = crypto::protect_process();
  if (!p.no_dumps) run.note("warning: core dumps cannot be switched off here");
  if (!p.lockable) run.note("warning: memory cannot be locked here, so secrets may reach swap; raise the limit of locked memory (ulimit -l)");
}

Result<seal::Feed> open_feed(const std::string& source) {
  if (source == "-") {
    auto in = std::make_shared<Input>(Input::standard());
    return seal::Feed([in](std::span<std::uint8_t> into) { return in->read(into); });
  }
  TEE_TRY(Input opened, Input::open(source));
  auto in = std::make_shared<Input>(std::move(opened));
  return seal::Feed([in](std::span<std::uint8_t> into) { return in->read(into); });
}

Result<DataRun> DataRun::open(Run& run, Carries carries) {
  TEE_TRY(const std::vector<std::string> sources, read_sources(run));
  if (sources.size() != 1) return fail(code::usage_surplus_value, std::string(run.command.name) + " takes one input, not " + std::to_string(sources.size()));
  if (!run.show.output && (run.show.format_given || run.show.pointer))
    return fail(code::usage_conflict, "standard output carries the data, so a report has no place there", "name a file for the data with -o");
  if (!run.show.output && carries == Carries::sealed && run.env.stdout_tty)
    return fail(code::usage_conflict, "sealed bytes do not belong on a terminal", "name a file with -o");
  TEE_TRY(seal::Feed in, open_feed(sources[0]));
  if (!run.show.output) return DataRun(run, std::move(in), Output::standard());
  TEE_TRY(Output file, Output::file(*run.show.output, FileMode::secret));
  return DataRun(run, std::move(in), std::move(file));
}

seal::Sink DataRun::out() {
  return [this](ByteView bytes) { return out_.write(bytes); };
}

Status DataRun::report(Json object, const std::string& text) {
  if (run_.show.quiet || !run_.show.output) return {};
  Output out = Output::standard();  // the emitter would write to -o
  return out.write(as_bytes(run_.show.format == "text" ? text : run_.out.render(object)));
}

Result<Exit> DataRun::finish(Result<Json> done) {
  Json object{{"schema", "tee.sealing/1"}, {"action", run_.command.name}};
  if (done) {
    TEE_CHECK(out_.commit());
    object.update(*done);
    object["done"] = true;
    object["exit"] = 0;
    const std::string bytes = done->contains("bytes") ? json::dump((*done)["bytes"]) + " bytes" : std::string();
    TEE_CHECK(report(std::move(object), std::string(run_.command.name) + ": " + bytes + "\n"));
    return Exit::pass;
  }
  const Error& error = done.error();
  const Exit exit = exit_for(error.code->category);
  if (exit != Exit::negative && exit != Exit::inconclusive) return tl::unexpected(error);
  if (!run_.show.quiet) write_stderr(error_text(run_.tool.name, Error(error).within(std::string(error.code->name))));
  object["done"] = false;
  object["exit"] = static_cast<int>(exit);
  object["error"] = {{"code", error.code->name}, {"message", error.message}, {"hint", error.hint.empty() ? Json(nullptr) : Json(error.hint)}};
  TEE_CHECK(report(std::move(object), "not done: " + error.message + "\n"));
  return exit;
}

}  // namespace tee::cli
