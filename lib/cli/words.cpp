// The look at a command line before CLI11 sees it.
#include "base/encoding.h"
#include "cli/arguments.h"

namespace tee::cli {

namespace {

bool is_about(const Option& o) { return o.group == "About"; }

class Scanner {
 public:
  Scanner(const Tool& tool, const Command& command, const std::vector<std::string>& words)
      : tool_(tool), command_(command), words_(words) {}

  Result<Words> run() {
    for (; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      if (word.empty())
        return fail(code::usage_empty_value, "an argument is empty", "an unset shell variable? Leave it out, or give a value");
      if (word == "--") {
        out_.remaining.assign(words_.begin() + static_cast<std::ptrdiff_t>(at_) + 1, words_.end());
        break;
      }
      if (word.size() > 1 && word[0] == '-') {
        TEE_CHECK(word[1] == '-' ? take_long(word) : take_short(word));
        if (out_.about) return out_;
      } else {
        out_.options.push_back(word);
      }
    }
    for (const std::string& word : out_.remaining)
      if (word.empty()) return fail(code::usage_empty_value, "an argument is empty", "an unset shell variable?");
    return out_;
  }

 private:
  Status take_long(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const Option* option = option_named(command_, name);
    if (!option) return unknown(name);
    if (option->takes == Takes::nothing && equals != std::string::npos)
      return fail(code::usage_surplus_value, name + " takes no value", "leave it out to switch it off");
    out_.options.push_back(word);
    if (option->takes == Takes::nothing) return switched(*option);
    if (equals == std::string::npos) return take_value(*option, name);
    if (equals + 1 == word.size()) return empty(name);
    return valued(*option, word.substr(equals + 1));
  }

  // One dash: letters of switches, the last of which may take a value (-qf json, -ofile).
  Status take_short(const std::string& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const std::string name{'-', word[i]};
      const Option* option = option_named(command_, name);
      if (!option) return unknown(word.size() > 2 && i == 1 ? word : name);
      if (option->takes == Takes::nothing) {
        TEE_CHECK(switched(*option));
        continue;
      }
      out_.options.push_back(word);
      if (i + 1 < word.size()) return valued(*option, word.substr(i + 1));
      return take_value(*option, name);
    }
    out_.options.push_back(word);
    return {};
  }

  Status take_value(const Option& option, const std::string& name) {
    if (at_ + 1 >= words_.size())
      return fail(code::usage_missing_value, name + " needs a value: " + std::string(option.value));
    const std::string& value = words_[at_ + 1];
    if (value.empty()) return empty(name);
    if (value.size() > 1 && value[0] == '-' && option_named(command_, value.substr(0, value.find('='))))
      return fail(code::usage_missing_value, name + " needs a value, but " + printable(value) + " follows",
                  "for a value that begins with a dash write " + name + "=VALUE");
    out_.options.push_back(value);
    ++at_;
    return valued(option, value);
  }

  Status switched(const Option& option) {
    if (!is_about(option)) return {};
    out_.about = &option;
    if (option.name == "--schema" && at_ + 1 < words_.size()) out_.about_value = words_[at_ + 1];
    return {};
  }
  Status valued(const Option& option, const std::string& value) {
    if (is_about(option)) {
      out_.about = &option;
      out_.about_value = value;
    }
    return {};
  }

  static Status empty(const std::string& name) {
    return fail(code::usage_empty_value, name + " has an empty value", "an unset shell variable? Leave the option out, or give a value");
  }

  Status unknown(const std::string& name) const {
    std::vector<std::string_view> names;
    for_each_option(command_, [&](const Option& o) { names.push_back(o.name); });
    std::string hint;
    if (const std::string_view close = nearest(name, names); !close.empty()) {
      hint = "did you mean " + std::string(close) + "?";
    } else {
      for (const Command& other : tool_.commands)
        if (&other != &command_ && hint.empty() && option_named(other, name))
          hint = name + " is an option of `" + std::string(tool_.name) + " " + std::string(other.name) + "`";
    }
    if (hint.empty()) hint = "see " + std::string(tool_.name) + " --help";
    return fail(code::usage_unknown_option, "there is no option " + printable(name, 64), std::move(hint));
  }

  const Tool& tool_;
  const Command& command_;
  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  Words out_;
};

}  // namespace

Result<Words> check_words(const Tool& tool, const Command& command, const std::vector<std::string>& words) {
  return Scanner(tool, command, words).run();
}

}  // namespace tee::cli
