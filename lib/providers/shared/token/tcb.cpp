#include "providers/shared/token/tcb.h"

#include <algorithm>
#include <string_view>

#include "base/encoding.h"
#include "evidence/codes.h"

namespace tee::token {

namespace {

// Intel's status words (Intel PCS API, tcbStatus); nullptr for a word that is not known.
const Code* code_for(std::string_view status) {
  struct Row {
    std::string_view status;
    const Code* code;
  };
  static const Row kTable[] = {
      {"SWHardeningNeeded", &tee::code::tcb_sw_hardening_needed},
      {"ConfigurationNeeded", &tee::code::tcb_configuration_needed},
      {"ConfigurationAndSWHardeningNeeded", &tee::code::tcb_configuration_needed},
      {"OutOfDate", &tee::code::tcb_out_of_date},
      {"OutOfDateConfigurationNeeded", &tee::code::tcb_out_of_date_configuration_needed},
      {"TDRelaunchAdvised", &tee::code::tcb_relaunch_advised},
      {"TDRelaunchAdvisedConfigurationNeeded", &tee::code::tcb_relaunch_advised},
      {"Revoked", &tee::code::tcb_revoked},
      {"NotSupported", &tee::code::tcb_not_supported},
  };
  for (const Row& row : kTable)
    if (row.status == status) return row.code;
  return nullptr;
}

void judge_status(const std::string& status, const AppraisalOptions& options, const std::string& prefix,
                  Findings& out) {
  const std::string id = prefix + "tcb";
  const auto& accepted = options.accept_tcb;
  if (status == "UpToDate") {
    out.pass(Area::platform, id, "the platform's TCB is UpToDate");
    return;
  }
  const Code* why = code_for(status);
  if (!why) {
    out.undecided(Area::platform, id, tee::code::tcb_unknown,
                  "the TCB status is an unknown word: " + printable(status, 60));
    return;
  }
  const bool never = why == &tee::code::tcb_revoked || why == &tee::code::tcb_not_supported;
  if (!never && std::find(accepted.begin(), accepted.end(), status) != accepted.end())
    out.passed_by("--accept-tcb " + status, Area::platform, id, "TCB status " + status + " is accepted");
  else
    out.fail(Area::platform, id, *why, "the platform's TCB status differs", "UpToDate", status);
}

// A floor that the token cannot answer is not met.
void judge_date(const std::optional<Time>& date, const AppraisalOptions& options, const std::string& prefix,
                Findings& out) {
  if (!options.min_tcb_date) return;
  const std::string id = prefix + "tcb.date", least = "at least " + rfc3339(*options.min_tcb_date);
  if (date && *date >= *options.min_tcb_date)
    out.pass(Area::platform, id, "the TCB date is recent enough");
  else
    out.fail(Area::platform, id, tee::code::tcb_date, "the TCB is older than demanded", least,
             date ? rfc3339(*date) : "(not stated)");
}

void judge_evaluation(const TcbWord& word, const AppraisalOptions& options, const std::string& prefix,
                      Findings& out) {
  if (!options.min_tcb_evaluation) return;
  const std::string id = prefix + "tcb.evaluation",
                    least = "at least " + std::to_string(*options.min_tcb_evaluation);
  if (word.evaluation && *word.evaluation >= *options.min_tcb_evaluation)
    out.pass(Area::platform, id, "the TCB evaluation is recent enough");
  else
    out.fail(Area::platform, id, tee::code::tcb_evaluation, "the TCB evaluation is older than demanded",
             least, word.evaluation ? std::to_string(*word.evaluation) : "(not stated)");
}

}  // namespace

void judge_tcb(const TcbWord& word, const AppraisalOptions& options, const std::string& prefix,
               Findings& out) {
  TcbReport report;
  if (word.status) {
    report.status =
        code_for(*word.status) || *word.status == "UpToDate" ? *word.status : printable(*word.status, 60);
    judge_status(*word.status, options, prefix, out);
  }
  if (word.date) {
    if (const Result<Time> date = parse_rfc3339(*word.date)) report.date = *date;
  }
  report.evaluation = word.evaluation;
  judge_date(report.date, options, prefix, out);
  judge_evaluation(word, options, prefix, out);
  out.tcb = std::move(report);
}

}  // namespace tee::token
