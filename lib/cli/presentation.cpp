#include "cli/presentation.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::cli {

namespace {

std::string variable(const Env& env, const char* name) { return env.getenv(name).value_or(std::string()); }

Glyphs glyphs_of(const Env& env) {
  if (variable(env, "TERM") == "dumb") return Glyphs::ascii;
  // The first of these that is set and not empty decides, as setlocale(3) does.
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string value = variable(env, name);
    if (value.empty()) continue;
    std::transform(value.begin(), value.end(), value.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos ? Glyphs::unicode : Glyphs::ascii;
  }
  return Glyphs::ascii;
}

enum class Stream { terminal, other };
Colour colour_of(const Env& env, const std::string& when, Stream stream) {
  if (when == "always") return Colour::on;
  if (when == "never" || stream == Stream::other) return Colour::off;
  return variable(env, "NO_COLOR").empty() && variable(env, "TERM") != "dumb" ? Colour::on : Colour::off;
}

std::string first_word(std::string_view words) { return std::string(words.substr(0, words.find(' '))); }

bool listed(std::string_view words, std::string_view word) {
  return (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

}  // namespace

Result<Presentation> read_presentation(const Command& command, const Arguments& args, const Env& env) {
  Presentation p;
  const std::string_view formats = command.formats;
  p.format_given = args.has("--format");
  p.format = args.value("--format").value_or(first_word(formats));
  if (!listed(formats, p.format))
    return fail(code::usage_value, "--format is one of: " + std::string(formats) + "; not " + printable(p.format, 64));
  p.pointer = args.value("--get");
  if (p.pointer) {
    if (p.pointer->front() != '/')
      return fail(code::usage_value, "--get takes a JSON pointer, which begins with /", "for example --get /claims/measurement");
    if (p.format_given && !p.json()) return fail(code::usage_conflict, "--get reads JSON output, not --format " + p.format);
    if (!p.json()) p.format = "json";
  }
  p.output = args.value("--output");
  p.quiet = args.has("--quiet");
  p.verbose = static_cast<unsigned>(args.count("--verbose"));
  p.summary = env.stderr_tty && !p.quiet;
  p.both_terminals = env.stdout_tty && env.stderr_tty && !p.output;
  p.layout = (env.stdout_tty || p.output) && p.format == "json" ? Layout::indented : Layout::compact;
  const std::string when = args.value("--color").value_or("auto");
  p.on_stdout = {glyphs_of(env), colour_of(env, when, env.stdout_tty && !p.output ? Stream::terminal : Stream::other)};
  p.on_stderr = {glyphs_of(env), colour_of(env, when, env.stderr_tty ? Stream::terminal : Stream::other)};
  return p;
}

Presentation plain_presentation(const Command& command, const Env& env, const std::vector<std::string>& words) {
  Presentation p;
  p.format = first_word(command.formats);
  p.both_terminals = env.stdout_tty && env.stderr_tty;
  // A guess, good enough for where an error is shown: somebody who asked for text does not want JSON, and the reverse.
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& w = words[i];
    std::string format;
    if ((w == "-f" || w == "--format") && i + 1 < words.size()) format = words[i + 1];
    else if (w.starts_with("--format=")) format = w.substr(9);
    else if (w.starts_with("-f")) format = w.substr(2);
    if (format == "text" || format == "json" || format == "ndjson") p.format = format;
  }
  return p;
}

}  // namespace tee::cli
