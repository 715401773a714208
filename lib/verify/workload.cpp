// Which workload? Expectations against claims (rule S5).
#include "base/encoding.h"
#include "evidence/codes.h"
#include "verify/questions.h"

namespace tee::verify {

namespace {

std::string shown(const ClaimValue& value) {
  const Json j = to_json(value);
  return printable(j.is_string() ? j.get<std::string>() : json::dump(j), 256);
}

bool check_expectation(const Expectation& e, Findings& found) {
  const std::string id = "expect." + e.name;
  const auto claim = found.claims.find(e.name);
  if (claim == found.claims.end()) {
    found.fail(Area::workload, id, code::claim_absent, "expected " + e.name + ", but this evidence does not state it",
               shown(e.value), "(absent)");
    return false;
  }
  const std::string wanted = (e.op == Expectation::Op::at_least ? ">=" : "") + shown(e.value);
  if (!meets(claim->second, e)) {
    found.fail(Area::workload, id, code::workload_mismatch, e.name + " differs", wanted, shown(claim->second));
    return false;
  }
  Check& c = found.pass(Area::workload, id, e.name + " is as expected");
  c.expected = wanted;
  c.actual = shown(claim->second);
  return true;
}

}  // namespace

WorkloadResult ask_workload(const Verifier& room, const Questions& q, Findings& found) {
  std::set<std::string> pinned;
  bool any_failed = false;
  for (const Expectation& e : q.options.expectations) {
    if (check_expectation(e, found)) pinned.insert(e.name);
    else any_failed = true;
  }
  const WorkloadAnswer answer = room.workload(pinned, found, q.options);
  WorkloadResult out;
  out.missing = answer.missing;
  // The option that would pin it: --expect, but of an EAR the questions that it answered.
  const std::string option = answer.missing.empty() ? "--expect" : answer.missing.substr(0, answer.missing.find(' '));
  if (answer.answered) {
    if (answer.remark) found.warn(*answer.remark, std::string(answer.remark->title));
    out.answered = !any_failed;
    if (!any_failed) found.pass(Area::workload, "workload", "the pinned claims identify the workload");
  } else if (q.options.genuine_only) {
    found.skip(Area::workload, "workload", code::workload_unasked, "not asked which workload runs", option);
  } else if (!any_failed) {
    found.undecided(Area::workload, "workload", code::workload_unasked,
                    pinned.empty() ? "nothing was asked about the workload" : "the pinned claims do not identify a workload",
                    option);
  }
  return out;
}

}  // namespace tee::verify
