#include "cli/run.h"

#include <cstdlib>
#include <exception>

#include "base/encoding.h"
#include "base/stream.h"
#include "base/version.h"
#include "crypto/digest.h"

namespace tee::cli {

namespace {

Json optional_text(const std::string& s) { return s.empty() ? Json(nullptr) : Json(s); }

// --help and its kin print and end; they need no valid command line around them.
Result<Exit> run_about(const Tool& tool, const Command& command, const Words& words, Emitter& out) {
  const std::string_view name = words.about->name;
  if (name == "--help") {
    TEE_CHECK(out.text(help_text(tool, command)));
  } else if (name == "--version") {
    TEE_CHECK(out.text(std::string(tool.name) + " " + std::string(kVersion) + "\n"));
  } else if (name == "--describe") {
    TEE_CHECK(out.text(json::dump(describe(tool), json::Style::pretty) + "\n"));
  } else if (name == "--schema") {
    TEE_TRY(const std::string text, schema_text(tool, words.about_value));
    TEE_CHECK(out.text(text));
  } else {
    const std::string text = completion(tool, words.about_value);
    if (text.empty())
      return fail(code::usage_value, "--completion is one of: bash zsh fish; not " + printable(words.about_value, 64));
    TEE_CHECK(out.text(text));
  }
  return Exit::pass;
}

class Session {
 public:
  Session(const Tool& tool, const Env& env, const std::vector<std::string>& words)
      : tool_(tool), env_(env), words_(words), named_(words.empty() ? nullptr : command_named(tool, words[0])),
        command_(named_ ? *named_ : tool.commands[0]), show_(plain_presentation(command_, env, words)) {}

  Exit execute() {
    Result<Exit> result = guarded();
    if (!result) {
      emitter_.reset();  // nothing that was begun is published
      return report(result.error(), status_of(result.error()));
    }
    const Exit exit = *result;
    if (emitter_ && emitter_->pointer_missed() && exit == Exit::pass) {
      emitter_.reset();
      return report(Error(code::usage_pointer_absent, "the output has no value at " + printable(*show_.pointer)), Exit::usage);
    }
    return finish(exit);
  }

 private:
  Result<Exit> guarded() {
    try {
      return dispatch();
    } catch (const std::bad_alloc&) {
      return fail(code::internal_bug, "out of memory");
    } catch (const std::exception&) {
      return fail(code::internal_bug, "an internal error; this is a bug of tee-tools",
                  "please report the command line and this message");
    }
  }

  Result<Exit> dispatch() {
    const std::vector<std::string> rest(words_.begin() + (named_ ? 1 : 0), words_.end());
    TEE_TRY(const Words checked, check_words(tool_, command_, rest));
    if (checked.about) {
      emitter_.emplace(show_);
      return run_about(tool_, command_, checked, *emitter_);
    }
    crypto::initialise();
    TEE_TRY(const Arguments args, parse_arguments(command_, checked));
    TEE_TRY(show_, read_presentation(command_, args, env_));
    emitter_.emplace(show_);
    TEE_CHECK(refuse_overwriting(args));
    Run context{tool_, command_, env_, args, show_, *emitter_, words_};
    return command_.run(context);
  }

  Status refuse_overwriting(const Arguments& args) const {
    if (!show_.output) return {};
    std::vector<std::string> inputs = args.positionals();
    for_each_option(command_, [&](const Option& o) {
      if (o.type != Type::path || o.name == "--output") return;
      const auto& values = args.values(o.name);
      inputs.insert(inputs.end(), values.begin(), values.end());
    });
    for (const std::string& input : inputs)
      if (same_file(input, *show_.output))
        return fail(code::usage_conflict, printable(*show_.output) + " is both input and output");
    return {};
  }

  // On standard error for people; on standard output for programs, except where both show up on one screen.
  Exit report(const Error& error, Exit exit) {
    if (show_.quiet) return exit;
    write_stderr(error_text(tool_.name, error));
    const bool to_stdout = show_.format != "text" && !(show_.both_terminals && !show_.format_given) &&
                           (!command_.data_on_stdout || show_.output);
    if (!to_stdout || show_.pointer) return exit;
    Output out = Output::standard();
    if (!out.write(as_bytes(json::dump(error_json(error, exit)) + "\n"))) return worse(exit, Exit::operator_input);
    return exit;
  }

  Exit finish(Exit exit) {
    if (!emitter_) return exit;
    if (const Status done = emitter_->finish(); !done) {
      if (!show_.quiet) write_stderr(error_text(tool_.name, done.error()));
      return worse(exit, Exit::operator_input);
    }
    return exit;
  }

  const Tool& tool_;
  const Env& env_;
  const std::vector<std::string>& words_;
  const Command* const named_;  // when the first word is a command
  const Command& command_;
  Presentation show_;
  std::optional<Emitter> emitter_;
};

}  // namespace

Status Run::answer(const Json& object, std::string_view text) {
  return show.format == "text" ? out.text(text) : out.object(object);
}

void Run::note(std::string_view line) const {
  if (!show.quiet) write_stderr(std::string(tool.name) + ": " + printable(line, 1024) + "\n");
}

void Run::summary(std::string_view text) const {
  if (show.summary) write_stderr(text);
}

Exit status_of(const Error& error) {
  const Exit exit = exit_for(error.code->category);
  return exit == Exit::usage || exit == Exit::platform || exit == Exit::internal ? exit : Exit::operator_input;
}

Json error_json(const Error& error, Exit exit) {
  Json context = Json::array();
  for (auto it = error.context.rbegin(); it != error.context.rend(); ++it) context.push_back(*it);
  return Json{{"schema", "tee.error/1"},
              {"exit", static_cast<int>(exit)},
              {"error",
               {{"code", error.code->name},
                {"category", to_string(error.code->category)},
                {"message", error.message},
                {"hint", optional_text(error.hint)},
                {"context", std::move(context)}}}};
}

std::string error_text(std::string_view tool, const Error& error) {
  std::string line;
  for (auto it = error.context.rbegin(); it != error.context.rend(); ++it) line += *it + ": ";
  std::string out = std::string(tool) + ": " + printable(line + error.message, 1024) + "\n";
  std::string_view hints = error.hint;
  while (!hints.empty()) {
    const std::size_t end = std::min(hints.find('\n'), hints.size());
    out += "hint: " + printable(hints.substr(0, end), 1024) + "\n";
    hints.remove_prefix(std::min(end + 1, hints.size()));
  }
  return out;
}

int run(const Tool& tool, const Env& env, std::vector<std::string> words) {
  try {
    return static_cast<int>(Session(tool, env, words).execute());
  } catch (...) {
    write_stderr(std::string(tool.name) + ": an internal error while reporting an error\n");
    return static_cast<int>(Exit::internal);
  }
}

void run_and_exit(const Tool& tool, int argc, char** argv) {
  prepare_streams();
  std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  const Env env = Env::real();
  std::_Exit(run(tool, env, std::move(words)));
}

}  // namespace tee::cli
