// The only file that includes CLI11: it costs several seconds to compile.
#include <algorithm>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/encoding.h"
#include "cli/arguments.h"

namespace tee::cli {

const std::vector<std::string>& Arguments::values(std::string_view option) const {
  static const std::vector<std::string> kNone;
  const auto it = options_.find(option);
  return it == options_.end() ? kNone : it->second;
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto& all = values(option);
  return all.empty() ? std::nullopt : std::optional<std::string>(all.back());
}

namespace {

struct Bound {
  const Option* option;
  CLI::Option* parser;
};

std::vector<Bound> declare(CLI::App& app, const Command& command) {
  std::vector<Bound> bound;
  for_each_option(command, [&](const Option& o) {
    std::string names(o.name);
    if (o.letter) names += std::string(",-") + o.letter;
    CLI::Option* parser = o.takes == Takes::nothing ? app.add_flag(names) : app.add_option(names);
    // Each occurrence takes exactly one word, and none is dropped: repetition is judged below.
    parser->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (o.takes != Takes::nothing) parser->type_size(1)->expected(1)->allow_extra_args(false);
    bound.push_back({&o, parser});
  });
  return bound;
}

Status check_choice(const Option& option, const std::string& value) {
  if (option.choices.empty()) return {};
  std::vector<std::string_view> words;
  std::string_view rest = option.choices;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (std::find(words.begin(), words.end(), value) != words.end()) return {};
  const std::string_view close = nearest(value, words);
  return fail(code::usage_value, std::string(option.name) + " is one of: " + std::string(option.choices) + "; not " + printable(value, 64),
              close.empty() ? std::string() : "did you mean " + std::string(close) + "?");
}

}  // namespace

Result<Arguments> parse_arguments(const Command& command, const Words& words) {
  CLI::App app;
  app.set_help_flag("");
  app.allow_extras();  // positionals are taken as they stand: a CLI11 positional would split a file named "[a]"
  const std::vector<Bound> bound = declare(app, command);
  try {
    std::vector<std::string> reversed(words.options.rbegin(), words.options.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::Error& e) {
    // check_words has refused everything that people can get wrong, so its text is only a last resort.
    return fail(code::usage_value, "the command line cannot be read: " + printable(e.what(), 200));
  }
  Arguments out;
  for (const Bound& b : bound) {
    if (b.option->takes == Takes::one && b.parser->count() > 1)
      return fail(code::usage_repeated, std::string(b.option->name) + " is given " + std::to_string(b.parser->count()) + " times");
    for (const std::string& value : b.parser->results()) {
      TEE_CHECK(b.option->takes == Takes::nothing ? Status{} : check_choice(*b.option, value));
      out.add(b.option->name, b.option->takes == Takes::nothing ? std::string() : value);
    }
  }
  for (const std::string& word : app.remaining()) out.add_positional(word);
  for (const std::string& word : words.remaining) out.add_positional(word);
  return out;
}

}  // namespace tee::cli
