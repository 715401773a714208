// Completions for bash, zsh and fish, made from the tables.
#include "cli/run.h"

namespace tee::cli {

namespace {

bool takes_path(const Option& o) { return o.type == Type::path || o.type == Type::bytes; }

std::string_view choices_of(const Option& o, const Command& c) { return o.name == "--format" ? c.formats : o.choices; }

// "tee-verify" as a part of a shell function's name.
std::string identifier(std::string_view name) {
  std::string out(name);
  for (char& c : out)
    if (c == '-') c = '_';
  return out;
}

// Inside single quotes, for all three shells.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else out += c;
  }
  return out + "'";
}

std::string option_words(const Command& c) {
  std::string words;
  for_each_option(c, [&](const Option& o) {
    words += (words.empty() ? "" : " ") + std::string(o.name);
    if (o.letter) words += std::string(" -") + o.letter;
  });
  return words;
}

std::string command_words(const Tool& tool) {
  std::string words;
  for (const Command& c : tool.commands) words += (words.empty() ? "" : " ") + std::string(c.name);
  return words;
}

std::string bash_values(const Command& c) {
  std::string out, paths;
  for_each_option(c, [&](const Option& o) {
    const std::string pattern = std::string(o.name) + (o.letter ? std::string("|-") + o.letter : std::string());
    if (const auto choices = choices_of(o, c); !choices.empty())
      out += "        " + pattern + ") COMPREPLY=($(compgen -W " + in_quotes(choices) + " -- \"$word\")); return ;;\n";
    else if (takes_path(o))
      paths += (paths.empty() ? "" : "|") + pattern;
  });
  if (!paths.empty()) out += "        " + paths + ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n";
  return out;
}

std::string bash(const Tool& tool) {
  const std::string id = "_" + identifier(tool.name);
  std::string out = "# bash completion for " + std::string(tool.name) + "\n" + id + "() {\n"
                    "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"${COMP_WORDS[1]}\"\n"
                    "  COMPREPLY=()\n  case \"$command\" in\n";
  for (std::size_t i = tool.commands.size(); i-- > 0;) {
    const Command& c = tool.commands[i];
    out += "    " + (i == 0 ? std::string("*") : std::string(c.name)) + ")\n      case \"$before\" in\n" + bash_values(c) +
           "      esac\n      if [[ \"$word\" == -* ]]; then COMPREPLY=($(compgen -W " + in_quotes(option_words(c)) +
           " -- \"$word\")); return; fi ;;\n";
  }
  out += "  esac\n  if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W " + in_quotes(command_words(tool)) +
         " -- \"$word\")); fi\n  COMPREPLY+=($(compgen -f -- \"$word\"))\n}\n";
  return out + "complete -o filenames -F " + id + " " + std::string(tool.name) + "\n";
}

// Brackets and colons mean something in zsh's option specifications.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_option(const Option& o, const Command& c) {
  std::string value;
  if (o.takes != Takes::nothing) {
    value = ":" + zsh_text(o.value) + ":";
    if (const auto choices = choices_of(o, c); !choices.empty()) value += "(" + std::string(choices) + ")";
    else if (takes_path(o)) value += "_files";
    else value += " ";
  }
  const std::string star = o.takes == Takes::many ? "*" : "";
  const auto row = [&](const std::string& name) {
    return "        " + in_quotes(star + name + "[" + zsh_text(o.help) + "]" + value) + " \\\n";
  };
  return row(std::string(o.name)) + (o.letter ? row(std::string{'-', o.letter}) : std::string());
}

std::string zsh(const Tool& tool) {
  const std::string id = "_" + identifier(tool.name);
  std::string out = "#compdef " + std::string(tool.name) + "\n" + id + "() {\n  local -a commands\n  commands=(\n";
  for (const Command& c : tool.commands) out += "    " + in_quotes(std::string(c.name) + ":" + zsh_text(c.summary)) + "\n";
  out += "  )\n  if ((CURRENT == 2)); then _describe command commands; fi\n  case \"$words[2]\" in\n";
  for (std::size_t i = tool.commands.size(); i-- > 0;) {
    const Command& c = tool.commands[i];
    out += "    " + (i == 0 ? std::string("*") : std::string(c.name)) + ")\n      _arguments \\\n";
    for_each_option(c, [&](const Option& o) { out += zsh_option(o, c); });
    out += "        '*:file:_files' ;;\n";
  }
  return out + "  esac\n}\n" + id + " \"$@\"\n";
}

std::string fish(const Tool& tool) {
  const std::string name(tool.name);
  std::string named;  // the commands that must be named
  for (const Command& c : tool.commands.subspan(1)) named += " " + std::string(c.name);
  std::string out = "# fish completion for " + name + "\n";
  for (const Command& c : tool.commands)
    out += "complete -c " + name + " -n __fish_is_first_arg -a " + std::string(c.name) + " -d " + in_quotes(c.summary) + "\n";
  for (std::size_t i = 0; i < tool.commands.size(); ++i) {
    const Command& c = tool.commands[i];
    const std::string when = i == 0 ? "not __fish_seen_subcommand_from" + named : "__fish_seen_subcommand_from " + std::string(c.name);
    for_each_option(c, [&](const Option& o) {
      out += "complete -c " + name + " -n " + in_quotes(when) + " -l " + std::string(o.name.substr(2));
      if (o.letter) out += std::string(" -s ") + o.letter;
      if (const auto choices = choices_of(o, c); !choices.empty()) out += " -x -a " + in_quotes(choices);
      else if (takes_path(o)) out += " -r -F";
      else if (o.takes != Takes::nothing) out += " -x";
      out += " -d " + in_quotes(o.help) + "\n";
    });
  }
  return out;
}

}  // namespace

std::string completion(const Tool& tool, std::string_view shell) {
  if (shell == "bash") return bash(tool);
  if (shell == "zsh") return zsh(tool);
  if (shell == "fish") return fish(tool);
  return {};
}

}  // namespace tee::cli
