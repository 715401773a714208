#include "verify/text.h"

#include <algorithm>

#include "base/encoding.h"
#include "verify/asked.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

constexpr std::size_t kShown = 160;  // bytes of a foreign value

std::string painted(Colour colour, const char* code, std::string_view text) {
  if (colour == Colour::off) return std::string(text);
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

// The common name when there is one, else the whole name.
std::string short_name(const std::string& name) {
  const std::size_t at = name.find("CN=");
  if (at == std::string::npos) return printable(name, kShown);
  return printable(name.substr(at + 3, name.find(", ", at) - at - 3), kShown);
}

std::string day(Time t) { return rfc3339(t).substr(0, 10); }

bool in_time(const ChainLink& link, Time at) {
  return (!link.not_before || *link.not_before <= at) && (!link.not_after || *link.not_after >= at);
}

// The rooms say of the chain as a whole whether it holds. Where dates are the reason, they say which link it is.
std::optional<bool> link_state(const ChainLink& link, const Outcome& out) {
  if (!in_time(link, out.verified_at)) return false;
  if (out.chain_verified != false) return out.chain_verified;
  for (const ChainLink& other : out.findings.chain)
    if (!in_time(other, out.verified_at)) return std::nullopt;
  return false;
}

std::string link_line(const ChainLink& link) {
  std::string line = short_name(link.subject);
  if (!link.role.empty()) line += "  " + printable(link.role, kShown);
  if (link.not_after) line += ", until " + day(*link.not_after);
  return line;
}

std::string kind_of(const Subject& s) {
  const Verifier* room = s.type ? verifier_for(*s.type) : nullptr;
  if (!room) return "not recognised";
  const auto provider = provider_of(*room);
  return (provider ? std::string(to_string(*provider)) + " " : std::string()) + std::string(to_string(*s.type));
}

std::string signature_words(const Outcome& out) {
  if (!out.signature_verified) return "signature not judged";
  return *out.signature_verified ? "signature holds" : "signature does not hold";
}

// What the evidence carries and what was asked of it: the leaves of the tree.
std::vector<std::pair<std::optional<bool>, std::string>> answers(const Outcome& out) {
  std::vector<std::pair<std::optional<bool>, std::string>> rows;
  std::string platform = "platform";
  if (out.findings.tcb) platform += "  TCB " + printable(out.findings.tcb->status, 64);
  rows.emplace_back(out.platform_verified, platform);
  bool failed = false;
  for (const Check& c : out.findings.checks) failed |= c.area == Area::workload && c.status == CheckStatus::fail;
  const bool pinned = out.scope == "workload";
  rows.emplace_back(failed ? std::optional(false) : pinned ? std::optional(true) : std::nullopt,
                    failed ? "workload  differs" : pinned ? "workload  pinned" : "workload  not pinned");
  const std::string fresh = out.freshness_verified == false ? "does not hold" : out.freshness == "none" ? "not shown" : "by " + out.freshness;
  rows.emplace_back(out.freshness_verified, "freshness  " + fresh);
  if (out.peer_bound) rows.emplace_back(true, "peer  its public key is covered");
  return rows;
}

// Root first, each below its issuer, then the evidence, then what was asked of it.
void put_tree(std::string& text, const Subject& subject, const Outcome& out, const Marks& marks) {
  std::vector<std::string> stem;
  const auto& chain = out.findings.chain;
  for (auto link = chain.rbegin(); link != chain.rend(); ++link)
    stem.push_back(marks.of(link_state(*link, out)) + " " + link_line(*link));
  stem.push_back(marks.of(out.signature_verified) + " " + kind_of(subject) + "  " + signature_words(out));
  std::string indent = "  ";
  for (std::size_t i = 0; i < stem.size(); ++i) {
    text += indent + (i == 0 ? std::string() : marks.last) + stem[i] + "\n";
    if (i > 0) indent += marks.gap;
  }
  const auto rows = answers(out);
  for (std::size_t i = 0; i < rows.size(); ++i)
    text += indent + (i + 1 == rows.size() ? marks.last : marks.branch) + marks.of(rows[i].first) + " " + rows[i].second + "\n";
}

void put_values(std::string& text, const Check& c) {
  if (!c.expected.empty()) text += "      expected  " + printable(c.expected, kShown) + "\n";
  if (!c.actual.empty()) text += "      found     " + printable(c.actual, kShown) + "\n";
}

void put_check(std::string& text, const Check& c, const Marks& marks, Detail detail) {
  text += "  " + marks.of(c.status) + " " + c.id;
  if (c.code && (c.status == CheckStatus::fail || c.status == CheckStatus::inconclusive)) text += " (" + std::string(c.code->name) + ")";
  if (!c.message.empty()) text += ": " + printable(c.message, 512);
  if (!c.loosened.empty()) text += " (allowed by " + c.loosened + ")";
  if (!c.enable_with.empty()) text += "; " + std::string(c.status == CheckStatus::skipped ? "enable" : "settle") + " with " + c.enable_with;
  text += "\n";
  if (c.status == CheckStatus::fail || detail == Detail::every_check) put_values(text, c);
}

void put_checks(std::string& text, const Outcome& out, const Marks& marks, Detail detail) {
  std::string body;
  for (const CheckStatus status : {CheckStatus::fail, CheckStatus::inconclusive, CheckStatus::skipped, CheckStatus::pass}) {
    if (status == CheckStatus::pass && detail == Detail::brief) continue;
    for (const Check& c : out.findings.checks)
      if (c.status == status) put_check(body, c, marks, detail);
  }
  for (const Warning& w : out.findings.warnings) body += "    note: " + printable(w.message, 512) + "\n";
  if (!body.empty()) text += "\n" + body;
}

// What keeps the platform from being up to date.
void put_components(std::string& text, const Outcome& out) {
  if (!out.findings.tcb) return;
  const TcbReport& tcb = *out.findings.tcb;
  std::string body;
  for (const Json& c : tcb.components) {
    std::string row;
    for (const auto& [key, value] : c.items()) row += (row.empty() ? "" : ", ") + key + " " + (value.is_string() ? value.get<std::string>() : json::dump(value));
    body += "    " + printable(row, 512) + "\n";
  }
  if (!tcb.advisories.empty()) {
    std::string list;
    for (const std::string& a : tcb.advisories) list += (list.empty() ? "" : ", ") + a;
    body += "    advisories " + printable(list, 1024) + "\n";
  }
  if (!body.empty()) text += "\n  TCB " + printable(tcb.status, 64) + "\n" + body;
}

const char* verdict_word(const Outcome& out) {
  if (out.error) return "NO VERDICT";
  switch (out.verdict) {
    case Verdict::pass: return "PASS";
    case Verdict::fail: return "FAIL";
    case Verdict::inconclusive: return "INCONCLUSIVE";
  }
  return "?";
}

std::string verdict_mark(const Outcome& out, const Marks& marks) {
  if (out.error || out.verdict == Verdict::inconclusive) return marks.open;
  return out.verdict == Verdict::pass ? marks.good : marks.bad;
}

}  // namespace

Marks::Marks(const TextStyle& style) : colour_(style.colour) {
  const bool unicode = style.glyphs == Glyphs::unicode;
  good = painted(colour_, "32", unicode ? "✓" : "+");
  bad = painted(colour_, "31", unicode ? "✗" : "x");
  open = painted(colour_, "33", unicode ? "–" : "-");
  branch = unicode ? "├─ " : "|- ";
  last = unicode ? "└─ " : "`- ";
  gap = "   ";
}

std::string Marks::strong(std::string_view text) const { return painted(colour_, "1", text); }

std::string Marks::of(CheckStatus status) const {
  return status == CheckStatus::pass ? good : status == CheckStatus::fail ? bad : open;
}

std::string Marks::of(std::optional<bool> state) const { return !state ? open : *state ? good : bad; }

std::string verdict_line(const Subject& subject, const Outcome& out, const TextStyle& style) {
  const Marks marks(style);
  std::string line = verdict_mark(out, marks) + " " + marks.strong(verdict_word(out)) + "  " + printable(subject.name) + ": ";
  if (out.error) return line + printable(out.error->message, 512) + "\n";
  line += kind_of(subject);
  if (out.verdict == Verdict::pass) line += out.scope == "workload" ? ", the workload is the pinned one" : ", genuine (nothing was asked about the workload)";
  else if (!out.reasons.empty()) line += ", " + out.reasons.front();
  if (out.reasons.size() > 1) line += " and " + std::to_string(out.reasons.size() - 1) + " more";
  return line + "\n";
}

std::string summary_text(const Subject& subject, const Outcome& out, const TextStyle& style, Detail detail) {
  const Marks marks(style);
  std::string text = verdict_line(subject, out, style);
  if (out.error) return text;
  const auto code = out.reasons.empty() ? nullptr : code_named(out.reasons.front());
  if (code && out.verdict != Verdict::pass) text += "  " + std::string(code->title) + "\n";
  if (subject.type) {
    text += "\n";
    put_tree(text, subject, out, marks);
  }
  put_components(text, out);
  put_checks(text, out, marks, detail);
  if (out.findings.trust == Trust::custom) text += "\n  trust rests on an anchor that was given, not on the pinned roots\n";
  if (!out.loosened.empty()) {
    std::string list;
    for (const std::string& l : out.loosened) list += (list.empty() ? "" : ", ") + l;
    text += "\n  loosened by " + list + "\n";
  }
  if (detail == Detail::every_check && out.asked) text += "\n  questions  sha256 " + hex(out.asked->sha256) + "\n";
  if (out.findings.valid_until && out.verdict == Verdict::pass) text += "\n  holds until " + rfc3339(*out.findings.valid_until) + "\n";
  return text;
}

}  // namespace tee::verify
