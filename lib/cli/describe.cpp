// --describe and --schema: what a tool offers, for programs.
#include "base/encoding.h"
#include "base/version.h"
#include "cli/run.h"
#include "evidence/schemas.h"

namespace tee::cli {

namespace {

Json words_of(std::string_view spaced) {
  Json out = Json::array();
  while (!spaced.empty()) {
    const std::size_t end = std::min(spaced.find(' '), spaced.size());
    out.push_back(spaced.substr(0, end));
    spaced.remove_prefix(std::min(end + 1, spaced.size()));
  }
  return out;
}

Json describe_option(const Option& o, const Command& command) {
  Json j{{"name", o.name}, {"type", to_string(o.type)}, {"group", o.group}, {"help", o.help}, {"repeatable", o.takes == Takes::many}};
  if (o.letter) j["letter"] = std::string(1, o.letter);
  if (o.takes != Takes::nothing) j["value"] = o.value;
  if (!o.choices.empty()) j["choices"] = words_of(o.choices);
  if (!o.fallback.empty()) j["default"] = o.fallback;
  if (o.name == "--format") {
    j["choices"] = words_of(command.formats);
    j["default"] = command.formats.substr(0, command.formats.find(' '));
  }
  return j;
}

Json describe_command(const Command& command) {
  Json options = Json::array(), examples = Json::array();
  for_each_option(command, [&](const Option& o) { options.push_back(describe_option(o, command)); });
  for (const Example& e : command.examples) examples.push_back({{"what", e.what}, {"command", e.command}});
  return {{"name", command.name}, {"summary", command.summary}, {"arguments", command.arguments},
          {"options", std::move(options)}, {"examples", std::move(examples)}};
}

Json exit_statuses() {
  const auto row = [](Exit e, std::string_view name, std::string_view meaning) {
    return Json{{"status", static_cast<int>(e)}, {"name", name}, {"meaning", meaning}};
  };
  return Json::array({row(Exit::pass, "pass", "everything that was asked holds, or the command is done"),
                      row(Exit::negative, "negative", "the subject is bad, or the answer is no"),
                      row(Exit::usage, "usage", "the command line is wrong"),
                      row(Exit::operator_input, "operator_input", "a file of the operator is unusable, or the output cannot be written"),
                      row(Exit::inconclusive, "inconclusive", "undecided: a retry or more input may settle it"),
                      row(Exit::platform, "platform", "a device is absent or denied, or the provider is not built in"),
                      row(Exit::internal, "internal", "a bug of tee-tools")});
}

}  // namespace

Json describe(const Tool& tool) {
  Json commands = Json::array(), schemas = Json::array(), environment = Json::array();
  for (const Command& c : tool.commands) commands.push_back(describe_command(c));
  for (const EmbeddedSchema& s : embedded_schemas()) schemas.push_back(s.name);
  for (const std::string_view name : kEnvironment) environment.push_back(name);
  for (const std::string_view name : tool.environment) environment.push_back(name);
  return {{"schema", "tee.description/1"},
          {"tool", {{"name", tool.name}, {"version", kVersion}, {"summary", tool.summary}}},
          {"default_command", tool.commands[0].name},
          {"commands", std::move(commands)},
          {"exit_statuses", exit_statuses()},
          {"environment", std::move(environment)},
          {"schemas", std::move(schemas)}};
}

// "tee.result.1", "tee.result/1" and "result" name the same schema; without a name it is that of the tool's main output.
Result<std::string> schema_text(const Tool& tool, std::string_view name) {
  std::string wanted(name.empty() || name[0] == '-' ? tool.schema : name);
  for (char& c : wanted)
    if (c == '/') c = '.';
  std::vector<std::string_view> names;
  for (const EmbeddedSchema& s : embedded_schemas()) {
    names.push_back(s.name);
    if (s.name == wanted || s.name == "tee." + wanted + ".1") return std::string(s.text);
  }
  std::string known;
  for (const std::string_view n : names) known += (known.empty() ? "" : ", ") + std::string(n);
  return fail(code::usage_value, "there is no schema " + printable(name, 64), "known: " + known);
}

}  // namespace tee::cli
