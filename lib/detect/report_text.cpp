// The report for people: the machine in two lines, then a row per finding.
#include "base/encoding.h"
#include "detect/report.h"
#include "verify/text.h"

namespace tee::detect {

namespace {

std::string text_or(const Json& value, std::string fallback) { return value.is_string() ? value.get<std::string>() : std::move(fallback); }

std::string count(const Json& value, const char* unit) {
  return value.is_number() ? std::to_string(value.get<std::uint64_t>()) + " " + unit : std::string();
}

void join(std::string& to, const std::string& more, std::string_view between = ", ") {
  if (more.empty()) return;
  if (!to.empty()) to += between;
  to += more;
}

std::string gibibytes(const Json& bytes) {
  if (!bytes.is_number()) return {};
  const std::uint64_t tenths = bytes.get<std::uint64_t>() / (1024 * 1024 * 1024 / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " GiB";
}

std::string cloud_name(const std::string& cloud) {
  constexpr std::pair<std::string_view, const char*> kNames[] = {{"aws", "AWS"}, {"azure", "Azure"}, {"gcp", "Google Cloud"}};
  for (const auto& [name, shown] : kNames)
    if (cloud == name) return shown;
  return cloud;
}

std::string machine_lines(const Report& r) {
  const Json& cpu = r.host["cpu"];
  std::string first = text_or(cpu["model"], text_or(r.host["arch"], "unknown processor"));
  join(first, count(cpu["cores"], "cores"));
  join(first, count(cpu["threads"], "threads"));
  join(first, gibibytes(r.host["memory_bytes"]));
  std::string second;
  join(second, text_or(r.host["os"], ""));
  join(second, r.host["kernel"].is_string() ? "Linux " + r.host["kernel"].get<std::string>() : "");
  const std::string hypervisor = text_or(r.host["hypervisor"], "");
  if (r.host["virtual"] == true) join(second, "virtual machine" + (hypervisor.empty() ? "" : " (" + hypervisor + ")"));
  if (r.host["virtual"] == false) join(second, "no hypervisor");
  join(second, cloud_name(text_or(r.host["cloud"], "")));
  if (r.host["container"].is_string()) join(second, "in a container (" + r.host["container"].get<std::string>() + ")");
  std::string out = "Machine   " + first + "\n";
  if (!second.empty()) out += "          " + second + "\n";
  for (const Json& gpu : r.host["gpus"]) {
    out += "GPU       " + text_or(gpu["vendor"], "unknown vendor") + " " + text_or(gpu["model"], text_or(gpu["device"], "")) + " at " +
           gpu["address"].get<std::string>() + "\n";
  }
  return out;
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string problem_lines(const Finding& f) {
  std::string out;
  for (const Problem& p : f.problems) {
    out += "    ! " + printable(p.what) + "\n";
    if (!p.command.empty()) out += "      " + p.command + "\n";
  }
  return out;
}

std::string finding_lines(const Finding& f, const std::string& mark, Signs signs) {
  std::string can;
  for (const std::string& c : f.capabilities) join(can, c);
  std::string name = f.provider;
  join(name, f.variant, " ");
  std::string out = mark + " " + padded(name, 28) + " " + padded(f.role, 7) + " " + padded(f.attestation_class, 23) + " " + can;
  while (out.back() == ' ') out.pop_back();
  out += "\n";
  for (const Hint& h : f.hints) {
    if (!h.strong && signs == Signs::strong) continue;
    out += "    " + printable(h.source) + ": " + printable(h.value) + (h.strong ? "" : " (weak)") + "\n";
  }
  return out + problem_lines(f);
}

}  // namespace

std::string report_text(const Report& r, const TextStyle& style, Signs signs) {
  const verify::Marks marks(style);
  std::string out = machine_lines(r) + "\n";
  if (r.findings.empty()) out += "No trusted execution environment was found.\n";
  else out += marks.strong("  " + padded("Found", 28) + " " + padded("role", 7) + " " + padded("class", 23) + " can") + "\n";
  for (const Finding& f : r.findings) out += finding_lines(f, f.attestation_class == "simulated" ? marks.open : marks.good, signs);
  std::string silent;
  for (const Finding& f : r.ruled_out) {
    if (f.problems.empty() && (f.hints.empty() || signs == Signs::strong)) join(silent, f.provider + " " + (f.variant.empty() ? f.role : f.variant));
    else out += finding_lines(f, marks.open, signs);
  }
  if (!silent.empty()) out += "\nNo sign of " + silent + "\n";
  for (const std::string& p : r.problems) out += "Note: " + printable(p) + "\n";
  for (const Json& v : r.simulation) out += "Simulation: " + v["name"].get<std::string>() + "=" + v["value"].get<std::string>() + "\n";
  return out + "\nThis is a guess from signs that a host can fake. Only evidence that tee-verify passes is proof.\n";
}

}  // namespace tee::detect
