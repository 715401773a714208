// The tables of tee-verify and what is made from them.
#include <doctest/doctest.h>

#include <set>

#include "cli/commands.h"
#include "evidence/schemas.h"

using namespace tee;
using namespace tee::cli;

namespace {

struct Tables {
  const Command commands[5] = {verify_command(), inspect_command(), explain_command(), nonce_command(), bench_command()};
  const Tool tool{.name = "tee-verify", .summary = "judges", .commands = commands, .schema = "tee.result.1"};
};

}  // namespace

TEST_CASE("options: names are unique, texts are phrases, letters do not clash") {
  const Tables t;
  for (const Command& c : t.commands) {
    std::set<std::string_view> names;
    std::set<char> letters;
    for_each_option(c, [&](const Option& o) {
      CAPTURE(std::string(o.name));
      CHECK(names.insert(o.name).second);
      if (o.letter) CHECK(letters.insert(o.letter).second);
      CHECK(o.name.starts_with("--"));
      CHECK_FALSE(o.help.empty());
      CHECK(o.help.back() != '.');
      CHECK((o.takes == Takes::nothing) == o.value.empty());
      CHECK_FALSE(o.group.empty());
    });
  }
}

TEST_CASE("help: examples first, every option, no line over 100 columns") {
  const Tables t;
  for (const Command& c : t.commands) {
    const std::string help = help_text(t.tool, c);
    CHECK(help.find("Examples:") < help.find("Usage:"));
    for_each_option(c, [&](const Option& o) { CHECK(help.find(o.name) != std::string::npos); });
    std::size_t begin = 0;
    while (begin < help.size()) {
      const std::size_t end = help.find('\n', begin);
      CAPTURE(help.substr(begin, end - begin));
      CHECK(end - begin <= 100);
      begin = end + 1;
    }
  }
}

TEST_CASE("options that do not work yet are not offered") {
  const Tables t;
  const std::string help = help_text(t.tool, t.commands[0]);
  for (const char* later : {"--policy", "--fetch", "--report "})
    CHECK(help.find(later) == std::string::npos);
}

TEST_CASE("describe lists all commands, options, statuses and schemas") {
  const Tables t;
  const Json j = describe(t.tool);
  CHECK(j["commands"].size() == 5);
  CHECK(j["default_command"] == "verify");
  CHECK(j["exit_statuses"].size() == 7);
  CHECK(j["schemas"].size() == embedded_schemas().size());
  std::set<std::string> names;
  for (const Json& o : j["commands"][0]["options"]) names.insert(o["name"].get<std::string>());
  CHECK(names.contains("--collateral"));
  CHECK(names.contains("--get"));
}

TEST_CASE("completions name every option and command") {
  const Tables t;
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string text = completion(t.tool, shell);
    for (const Command& c : t.commands) {
      CHECK(text.find(c.name) != std::string::npos);
      for_each_option(c, [&](const Option& o) { CHECK(text.find(o.name.substr(2)) != std::string::npos); });
    }
  }
  CHECK(completion(t.tool, "csh").empty());
}

TEST_CASE("schemas are found by each of their names") {
  const Tables t;
  CHECK(schema_text(t.tool, "").value() == schema_text(t.tool, "tee.result.1").value());
  CHECK(schema_text(t.tool, "tee.error/1").value() == schema_text(t.tool, "error").value());
  CHECK_FALSE(schema_text(t.tool, "tee.nothing.1"));
}
