#include "detect/report.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/version.h"
#include "detect/codes.h"
#include "detect/host.h"
#include "detect/registry.h"
#include "detect/simulation.h"
#include "providers/shared/machine/cpuid.h"

namespace tee::detect {

namespace {

constexpr std::size_t kShown = 256;  // bytes of a foreign text

// What can prove most stands first; a simulation never stands before hardware.
int rank(const Finding& f) {
  constexpr std::string_view kClasses[] = {"hardware", "hardware-via-paravisor", "token-service", "tpm", "vtpm", "simulated", "none"};
  constexpr std::string_view kRoles[] = {"guest", "device", "host"};
  const auto place = [](const auto& names, std::string_view name) {
    return static_cast<int>(std::find(std::begin(names), std::end(names), name) - std::begin(names));
  };
  return place(kClasses, f.attestation_class) * 8 + place(kRoles, f.role);
}

Json finding_json(const Finding& f) {
  Json hints = Json::array(), problems = Json::array();
  for (const Hint& h : f.hints) hints.push_back({{"source", printable(h.source, kShown)}, {"value", printable(h.value, kShown)}, {"strong", h.strong}});
  for (const Problem& p : f.problems)
    problems.push_back({{"what", printable(p.what, kShown)}, {"command", p.command.empty() ? Json(nullptr) : Json(p.command)}});
  return {{"provider", f.provider},
          {"role", f.role},
          {"variant", f.variant.empty() ? Json(nullptr) : Json(f.variant)},
          {"present", f.present},
          {"attestation_class", f.attestation_class},
          {"simulated", f.attestation_class == "simulated"},
          {"capabilities", f.capabilities},
          {"hints", std::move(hints)},
          {"problems", std::move(problems)},
          {"details", f.details}};
}

Json all_json(const std::vector<Finding>& findings) {
  Json out = Json::array();
  for (const Finding& f : findings) out.push_back(finding_json(f));
  return out;
}

Json requirement_json(const Report& r) {
  if (!r.answer) return nullptr;
  Json chosen = Json::array();
  for (std::size_t i = 0; i < r.answer->chosen.size(); ++i) chosen.push_back(r.findings[i].provider);
  const auto why = unmet(r);
  return {{"required", r.required}, {"met", r.answer->met()}, {"chosen", std::move(chosen)}, {"missing", r.answer->missing},
          {"reason", why ? Json(why->code->name) : Json(nullptr)}};
}

std::string joined(const AnyOf& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : " or ") + n;
  return out;
}

}  // namespace

Result<Report> report(const Question& question, const System& system) {
  Report out;
  out.root = system.root;
  out.required = question.required;
  TEE_TRY(std::vector<Finding> all, simulated_findings(system));
  for (const Detector& detector : detectors()) {
    for (Finding& f : detector.detect(system)) all.push_back(std::move(f));
  }
  for (Finding& f : all) (f.present ? out.findings : out.ruled_out).push_back(std::move(f));
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
  out.host = host_facts(system);
  out.simulation = Json::array();
  for (const SimulationVariable& v : simulation_variables(system)) out.simulation.push_back({{"name", v.name}, {"value", v.value}});
  const auto cpuid = machine::Cpuid::of(system);
  if (!cpuid.problem().empty()) out.problems.push_back(cpuid.problem());
  else if (cpuid.origin() == machine::CpuidOrigin::none)
    out.problems.push_back("no CPUID facts" + (system.root.empty() ? std::string() : ": the root has no " + std::string(machine::kRecordedCpuid.substr(1))));
  if (question.required.empty()) return out;

  out.answer = judge(question.required, out.findings, question.simulated);
  std::vector<Finding> ordered;
  for (const std::size_t i : out.answer->chosen) ordered.push_back(out.findings[i]);
  for (std::size_t i = 0; i < out.findings.size(); ++i)
    if (std::find(out.answer->chosen.begin(), out.answer->chosen.end(), i) == out.answer->chosen.end()) ordered.push_back(std::move(out.findings[i]));
  out.findings = std::move(ordered);
  for (std::size_t i = 0; i < out.answer->chosen.size(); ++i) out.answer->chosen[i] = i;
  return out;
}

std::optional<Error> unmet(const Report& r) {
  if (!r.answer || r.answer->met()) return std::nullopt;
  std::string what;
  for (const AnyOf& names : r.answer->missing) what += (what.empty() ? "" : ", and ") + joined(names);
  if (r.answer->simulated_only)
    return Error(code::detect_required_simulated, "only a simulation meets the requirement: " + what, "unset the simulation variable, or run on the hardware");
  std::string hint;
  for (const AnyOf& names : r.answer->missing)
    for (const std::string& name : names)
      for (const Finding& f : r.ruled_out) {
        Finding as_if = f;
        as_if.present = true;
        as_if.attestation_class = "hardware";
        if (f.problems.empty() || !meets(as_if, name)) continue;
        const std::string line = name + ": " + f.problems.front().what;
        if (hint.find(line) == std::string::npos) hint += (hint.empty() ? "" : "\n") + line;
      }
  return Error(code::detect_required_absent, "this machine has no " + what,
               hint.empty() ? "tee-detect without --require shows what there is and what was looked at" : hint);
}

Json report_json(const Report& r) {
  return {{"schema", "tee.detection/1"},
          {"proof", false},
          {"root", r.root.empty() ? Json(nullptr) : Json(printable(r.root))},
          {"host", r.host},
          {"findings", all_json(r.findings)},
          {"ruled_out", all_json(r.ruled_out)},
          {"requirement", requirement_json(r)},
          {"simulation", {{"variables", r.simulation}}},
          {"problems", r.problems},
          {"tool", {{"name", "tee-detect"}, {"version", kVersion}}}};
}

}  // namespace tee::detect
