#include <doctest/doctest.h>

#include <map>

#include "cli/commands.h"
#include "cli/sources.h"

using namespace tee;
using namespace tee::cli;

namespace {

Env fake(std::map<std::string, std::string> variables, bool terminals) {
  Env env;
  env.now = [] { return unix_time(1750000000); };
  env.random = [](std::span<std::uint8_t> out) { std::fill(out.begin(), out.end(), std::uint8_t{7}); };
  env.getenv = [variables](const char* name) -> std::optional<std::string> {
    const auto it = variables.find(name);
    return it == variables.end() ? std::nullopt : std::optional(it->second);
  };
  env.stdin_tty = env.stdout_tty = env.stderr_tty = terminals;
  return env;
}

Arguments with(std::vector<std::pair<std::string, std::string>> options) {
  Arguments args;
  for (auto& [name, value] : options) args.add(name, value);
  return args;
}

Result<Presentation> show(std::vector<std::pair<std::string, std::string>> options, const Env& env) {
  return read_presentation(verify_command(), with(std::move(options)), env);
}

}  // namespace

TEST_CASE("characters follow the locale, in the order of setlocale") {
  const auto glyphs = [](std::map<std::string, std::string> v) { return show({}, fake(std::move(v), true))->on_stderr.glyphs; };
  CHECK(glyphs({{"LANG", "en_US.UTF-8"}}) == Glyphs::unicode);
  CHECK(glyphs({{"LC_ALL", "C.utf8"}}) == Glyphs::unicode);
  CHECK(glyphs({{"LANG", "en_US.UTF-8"}, {"LC_ALL", "C"}}) == Glyphs::ascii);
  CHECK(glyphs({{"LANG", "C"}, {"LC_CTYPE", "de_DE.UTF-8"}}) == Glyphs::unicode);
  CHECK(glyphs({{"LANG", "en_US.UTF-8"}, {"TERM", "dumb"}}) == Glyphs::ascii);
  CHECK(glyphs({}) == Glyphs::ascii);
}

TEST_CASE("colours only on a terminal, and never against NO_COLOR") {
  CHECK(show({}, fake({}, true))->on_stderr.colour == Colour::on);
  CHECK(show({}, fake({}, false))->on_stderr.colour == Colour::off);
  CHECK(show({}, fake({{"NO_COLOR", "1"}}, true))->on_stderr.colour == Colour::off);
  CHECK(show({}, fake({{"TERM", "dumb"}}, true))->on_stderr.colour == Colour::off);
  CHECK(show({{"--color", "always"}}, fake({}, false))->on_stdout.colour == Colour::on);
  CHECK(show({{"--color", "never"}}, fake({}, true))->on_stderr.colour == Colour::off);
}

TEST_CASE("JSON is compact in a pipe and indented for a person") {
  CHECK(show({}, fake({}, false))->layout == Layout::compact);
  CHECK(show({}, fake({}, true))->layout == Layout::indented);
  CHECK(show({{"--format", "ndjson"}}, fake({}, true))->layout == Layout::compact);
  CHECK(show({{"--output", "x"}}, fake({}, false))->layout == Layout::indented);
}

TEST_CASE("bad-format and bad-pointer") {
  const Env env = fake({}, false);
  CHECK(show({{"--format", "yaml"}}, env).error().code == &code::usage_value);
  CHECK(show({{"--get", "verdict"}}, env).error().code == &code::usage_value);
  CHECK(show({{"--get", "/verdict"}, {"--format", "text"}}, env).error().code == &code::usage_conflict);
  CHECK(show({{"--get", "/verdict"}}, env)->pointer == "/verdict");
}

TEST_CASE("the environment decides about looks only_S27") {
  for (const std::string_view name : kEnvironment)
    for (const char* forbidden : {"TEE", "CERT", "SSL", "POLICY", "PROXY"}) CHECK(name.find(forbidden) == std::string_view::npos);
}

TEST_CASE("a value printed by --get is raw, but harmless_S26") {
  CHECK(raw_value(Json("abc")) == "abc");
  CHECK(raw_value(Json(nullptr)) == "null");
  CHECK(raw_value(Json(12)) == "12");
  CHECK(raw_value(Json{{"b", 1}, {"a", 2}}) == R"({"a":2,"b":1})");
  CHECK(raw_value(Json("a\x1b[31mb\nc")).find('\x1b') == std::string::npos);
  CHECK(raw_value(Json(std::string(5000, 'x'))).size() == 5000);
}

TEST_CASE("a command to paste keeps the options and quotes what needs it") {
  const Command verify = verify_command();
  const Command commands[] = {verify};
  const Tool tool{.name = "tee-verify", .summary = "", .commands = commands, .schema = ""};
  const Env env = fake({}, false);
  const std::vector<std::string> words = {"--collateral", "my file", "--expect", "a=b", "r.bin", "--", "it's"};
  Arguments args;
  args.add_positional("r.bin");
  args.add_positional("it's");
  const Presentation look = plain_presentation(verify, env, words);
  Emitter out(look);
  const Run run{tool, verify, env, args, look, out, words};
  CHECK(command_with(run, "--nonce @NONCE_FILE", "r.bin") ==
        "tee-verify --collateral 'my file' --expect a=b --nonce @NONCE_FILE r.bin");
  CHECK(command_with(run, "", "it's") == "tee-verify --collateral 'my file' --expect a=b 'it'\\''s'");
}

TEST_CASE("errors: a line of fact, then hints; categories of evidence never end a run") {
  const Error error = Error(code::file_unreadable, "x: no such file", "one\ntwo").within("inner").within("outer");
  CHECK(error_text("tee-verify", error) == "tee-verify: outer: inner: x: no such file\nhint: one\nhint: two\n");
  CHECK(status_of(error) == Exit::operator_input);
  CHECK(status_of(Error(code::input_malformed, "x")) == Exit::operator_input);
  CHECK(status_of(Error(code::usage_value, "x")) == Exit::usage);
  const Json j = error_json(error, Exit::operator_input);
  CHECK(j["exit"] == 3);
  CHECK(j["error"]["context"] == Json::array({"outer", "inner"}));
}
