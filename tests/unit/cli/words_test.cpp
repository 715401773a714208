#include <doctest/doctest.h>

#include "cli/arguments.h"

using namespace tee;
using namespace tee::cli;

namespace {

Result<Exit> nothing(Run&) { return Exit::pass; }

constexpr Option kOwn[] = {
    {.name = "--nonce", .takes = Takes::one, .type = Type::bytes, .value = "B", .group = "Own", .help = "a nonce"},
    {.name = "--expect", .letter = 'e', .takes = Takes::many, .type = Type::text, .value = "X", .group = "Own", .help = "many"},
    {.name = "--allow-debug", .letter = 'd', .group = "Own", .help = "a switch"},
    {.name = "--binding", .takes = Takes::one, .type = Type::choice, .value = "S", .group = "Own", .help = "a choice", .choices = "auto raw"},
};
constexpr Option kOther[] = {{.name = "--size", .takes = Takes::one, .type = Type::number, .value = "N", .group = "Own", .help = "elsewhere"}};

const Command kCommands[] = {
    {.name = "verify", .summary = "judge", .arguments = "[FILE]", .formats = "json text", .options = {kOwn}, .examples = {}, .run = nothing},
    {.name = "nonce", .summary = "make", .arguments = "", .formats = "text json", .options = {kOther}, .examples = {}, .run = nothing},
};
const Tool kTool{.name = "tee-test", .summary = "a tool", .commands = kCommands, .schema = "tee.result.1"};

Result<Arguments> read(std::vector<std::string> words) {
  TEE_TRY(const Words checked, check_words(kTool, kCommands[0], words));
  return parse_arguments(kCommands[0], checked);
}

std::string refusal(std::vector<std::string> words) {
  const auto result = read(std::move(words));
  return result ? "accepted" : std::string(result.error().code->name);
}

std::string hint(std::vector<std::string> words) {
  const auto result = read(std::move(words));
  return result ? "" : result.error().hint;
}

}  // namespace

TEST_CASE("options, values and arguments in any order") {
  const auto args = read({"a.bin", "--nonce", "00ff", "-d", "--expect", "x=1", "b.bin", "-e", "y=2", "-ez=3", "--expect=w=4", "-"});
  REQUIRE(args);
  CHECK(args->value("--nonce") == "00ff");
  CHECK(args->has("--allow-debug"));
  CHECK(args->values("--expect") == std::vector<std::string>{"x=1", "y=2", "z=3", "w=4"});
  CHECK(args->positionals() == std::vector<std::string>{"a.bin", "b.bin", "-"});
  CHECK_FALSE(args->has("--binding"));
  CHECK(args->count("--verbose") == 0);
}

TEST_CASE("switches count, letters combine") {
  const auto args = read({"-vvq", "-vf", "json"});
  REQUIRE(args);
  CHECK(args->count("--verbose") == 3);
  CHECK(args->has("--quiet"));
  CHECK(args->value("--format") == "json");
}

TEST_CASE("behind -- everything is an argument") {
  const auto args = read({"-d", "--", "--nonce", "-x", "--", "a"});
  REQUIRE(args);
  CHECK(args->positionals() == std::vector<std::string>{"--nonce", "-x", "--", "a"});
}

TEST_CASE("names that CLI11 would take apart stay whole") {
  const auto args = read({"[a]", "[b,c]", "++", "/x", "--expect", "[d,e]"});
  REQUIRE(args);
  CHECK(args->positionals() == std::vector<std::string>{"[a]", "[b,c]", "++", "/x"});
  CHECK(args->values("--expect") == std::vector<std::string>{"[d,e]"});
}

TEST_CASE("a value may begin with a dash when it is no option") {
  const auto args = read({"--nonce", "-2h", "--expect=--nonce"});
  REQUIRE(args);
  CHECK(args->value("--nonce") == "-2h");
  CHECK(args->value("--expect") == "--nonce");
}

TEST_CASE("bad-empty-value: an unset shell variable is never taken for nothing_S4") {
  CHECK(refusal({"--nonce="}) == "usage.empty_value");
  CHECK(refusal({"--nonce=", "file"}) == "usage.empty_value");
  CHECK(refusal({"--nonce", ""}) == "usage.empty_value");
  CHECK(refusal({""}) == "usage.empty_value");
  CHECK(refusal({"a", "--", ""}) == "usage.empty_value");
  CHECK(refusal({"-e", ""}) == "usage.empty_value");
}

TEST_CASE("bad-missing-value: an option never takes another option for its value") {
  CHECK(refusal({"--nonce"}) == "usage.missing_value");
  CHECK(refusal({"--nonce", "--allow-debug"}) == "usage.missing_value");
  CHECK(refusal({"--nonce", "-d"}) == "usage.missing_value");
  CHECK(refusal({"-d", "-e"}) == "usage.missing_value");
}

TEST_CASE("bad-switch-with-value: --allow-debug=false does not switch it off") {
  CHECK(refusal({"--allow-debug=false"}) == "usage.surplus_value");
  CHECK(refusal({"--allow-debug="}) == "usage.surplus_value");
  CHECK(refusal({"--quiet=1"}) == "usage.surplus_value");
}

TEST_CASE("bad-unknown-option: the nearest name is suggested") {
  CHECK(refusal({"--nonc", "00"}) == "usage.unknown_option");
  CHECK(hint({"--nonc", "00"}) == "did you mean --nonce?");
  CHECK(hint({"--alow-debug"}) == "did you mean --allow-debug?");
  CHECK(hint({"--size", "3"}) == "--size is an option of `tee-test nonce`");
  CHECK(hint({"--zzzzzzzzz"}) == "see tee-test --help");
  CHECK(refusal({"-x"}) == "usage.unknown_option");
  CHECK(refusal({"-dx"}) == "usage.unknown_option");
  CHECK(refusal({"-nonce"}) == "usage.unknown_option");
  CHECK(refusal({"--non"}) == "usage.unknown_option");  // no abbreviations
}

TEST_CASE("bad-repeated-option: which of two nonces was meant cannot be known") {
  CHECK(refusal({"--nonce", "00", "--nonce", "01"}) == "usage.repeated");
  CHECK(refusal({"--format", "json", "-f", "text"}) == "usage.repeated");
}

TEST_CASE("bad-choice") {
  CHECK(refusal({"--binding", "rw"}) == "usage.value");
  CHECK(hint({"--binding", "rw"}) == "did you mean raw?");
  CHECK(refusal({"--color", "sometimes"}) == "usage.value");
}

TEST_CASE("bad-control-characters: a refusal shows no foreign text raw_S26") {
  const auto result = read({"--\x1b[31mred"});
  REQUIRE_FALSE(result);
  CHECK(result.error().message.find('\x1b') == std::string::npos);
}

TEST_CASE("help and its kin are found wherever they stand") {
  for (const char* name : {"--help", "-h", "--version", "--describe", "--schema"}) {
    const auto words = check_words(kTool, kCommands[0], {"--nonce", "00", name, "--nonsense"});
    REQUIRE(words);
    REQUIRE(words->about != nullptr);
  }
  CHECK(check_words(kTool, kCommands[0], {"--completion", "zsh"})->about_value == "zsh");
  CHECK(check_words(kTool, kCommands[0], {"--schema", "tee.error.1"})->about_value == "tee.error.1");
  CHECK(check_words(kTool, kCommands[0], {"--", "--help"})->about == nullptr);
  CHECK(check_words(kTool, kCommands[0], {"--expect=--help"})->about == nullptr);
}
