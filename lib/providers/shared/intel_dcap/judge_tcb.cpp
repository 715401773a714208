// The TCB status and what the operator accepts of it.
#include <algorithm>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "providers/shared/intel_dcap/codes.h"
#include "providers/shared/intel_dcap/judge.h"
#include "providers/shared/intel_dcap/tcb_explain.h"

namespace tee::intel {

namespace {

// What one evaluation found, for the result's tcb.detail.
Json level_json(const LevelVerdict* level) {
  if (level == nullptr) return nullptr;
  Json advisories = Json::array();
  for (const std::string& a : level->advisories) advisories.push_back(printable(a, 64));
  return {{"status", printable(level->word, 64)},
          {"date", rfc3339(level->date)},
          {"advisories", std::move(advisories)}};
}

Json evaluation_json(const Evaluation& e) {
  Json out{
      {"status", to_string(e.status)}, {"platform", level_json(e.platform)}, {"qe", level_json(e.qe_level)}};
  if (e.qe_level != nullptr) out["qe"]["isv_svn"] = e.qe_level->isv_svn;
  if (e.module != nullptr && !e.module->id.empty()) {
    out["module"] = level_json(e.module_level);
    out["module"]["id"] = printable(e.module->id, 32);
    if (e.module_level != nullptr) out["module"]["isv_svn"] = e.module_level->isv_svn;
  }
  return out;
}

template <class Content>
Json document_json(const Chosen<Content>& chosen) {
  if (!chosen.content) return nullptr;
  return {{"issued", rfc3339(chosen.content->issued)},
          {"next_update", rfc3339(chosen.content->next_update)},
          {"evaluation", chosen.content->evaluation}};
}

class TcbJudge {
 public:
  TcbJudge(const QuoteHead& head, const Judged& judged, const AppraisalOptions& options, Findings& out)
      : head_(head), judged_(judged), options_(options), out_(out) {
    if (judged.documents.tcb_info.content) info_ = &*judged.documents.tcb_info.content;
    if (judged.documents.qe_identity.content) identity_ = &*judged.documents.qe_identity.content;
    qe_svn_ = judged.data->qe_report.isv_svn;
  }

  void run() {
    report_.detail = {{"tcb_info", document_json(judged_.documents.tcb_info)},
                      {"qe_identity", document_json(judged_.documents.qe_identity)}};
    if (info_ != nullptr)
      evaluate();
    else
      judge_qe_alone();
    judge_evaluation_number();
    out_.tcb = std::move(report_);
  }

 private:
  PlatformSvns platform(const Svn16* tee_tcb_svn) const {
    PlatformSvns out;
    out.sgx = judged_.chain.fields->components;
    out.pce_svn = judged_.chain.fields->pce_svn;
    if (tee_tcb_svn != nullptr) out.tee = *tee_tcb_svn;
    return out;
  }

  // A TD of version 1.5 is evaluated under the module that launched it and under the one that runs now.
  void evaluate() {
    const bool tdx = head_.tee == Tee::tdx;
    const PlatformSvns have = platform(tdx ? &head_.td.tee_tcb_svn : nullptr);
    const Evaluation launch = evaluate_tcb(*info_, identity_, have, qe_svn_);
    TcbStatus status = launch.status;
    report_.detail["launch"] = evaluation_json(launch);
    if (tdx && head_.td.td15) {
      const Evaluation current =
          evaluate_tcb(*info_, identity_, platform(&head_.td.td15->tee_tcb_svn2), qe_svn_);
      report_.detail["current"] = evaluation_json(current);
      status = advise_relaunch(launch.status, current.status);
    }
    report_.date = launch.date;
    for (const std::string& a : launch.advisories) report_.advisories.push_back(printable(a, 64));
    if (status != TcbStatus::unrecognised) report_.status = to_string(status);
    if (status != TcbStatus::up_to_date) explain(have, status);
    judge_status(status, launch);
    judge_date();
  }

  void explain(const PlatformSvns& have, TcbStatus status) {
    report_.components = explain_shortfalls(*info_, identity_, have, qe_svn_);
    const bool relaunch =
        status == TcbStatus::relaunch_advised || status == TcbStatus::relaunch_advised_configuration_needed;
    if (!relaunch) return;
    // The platform has newer ones by now; only this TD still runs on what launched it.
    for (Json& row : report_.components)
      if (const auto name = json::text_of(row, "component"); name && name->starts_with("tdx"))
        row["update"] = "relaunch";
  }

  bool accepted(TcbStatus status) const {
    if (status == TcbStatus::revoked || status >= TcbStatus::not_supported) return false;
    return std::find(options_.accept_tcb.begin(), options_.accept_tcb.end(), to_string(status)) !=
           options_.accept_tcb.end();
  }

  void judge_status(TcbStatus status, const Evaluation& launch) {
    const std::string id = "intel.tcb", word(to_string(status));
    if (status == TcbStatus::unrecognised) {
      out_.undecided(Area::platform, id, code::tcb_unknown,
                     "the TCB status is a word that is not known: " + unknown_word(launch));
    } else if (status != TcbStatus::up_to_date && !accepted(status)) {
      out_.fail(Area::platform, id, code_for(status), "the TCB status is " + word + shortfall_text(),
                accepted_text(), word);
    } else if (identity_ == nullptr) {
      out_.undecided(
          Area::platform, id, code::collateral_missing,
          "the platform is " + word + ", but without its identity the quoting enclave cannot be judged",
          "--collateral");
    } else if (status != TcbStatus::up_to_date) {
      out_.passed_by("--accept-tcb", Area::platform, id, "the TCB status is " + word);
    } else {
      out_.pass(Area::platform, id, "the TCB status is " + word);
    }
  }

  static std::string unknown_word(const Evaluation& e) {
    for (const LevelVerdict* level :
         {static_cast<const LevelVerdict*>(e.platform), static_cast<const LevelVerdict*>(e.module_level),
          static_cast<const LevelVerdict*>(e.qe_level)})
      if (level != nullptr && level->status == TcbStatus::unrecognised) return printable(level->word, 64);
    return "(none)";
  }

  std::string accepted_text() const {
    std::string out = "UpToDate";
    for (const std::string& s : options_.accept_tcb) out += ", " + printable(s, 64);
    return out;
  }

  // "; pcesvn is 11, 13 needed; …": the first few, the result holds all.
  std::string shortfall_text() const {
    constexpr std::size_t kShown = 3;
    std::string out;
    const Json& rows = report_.components;
    for (std::size_t i = 0; i < std::min(rows.size(), kShown); ++i)
      out += "; " + json::text_of(rows[i], "component").value_or("?") + " is " +
             std::to_string(json::unsigned_of(rows[i], "have").value_or(0)) + ", " +
             std::to_string(json::unsigned_of(rows[i], "need").value_or(0)) + " needed";
    if (rows.size() > kShown) out += "; and " + std::to_string(rows.size() - kShown) + " more";
    return out;
  }

  // Without TCB information: what the quoting enclave alone already says no to.
  void judge_qe_alone() {
    const std::string id = "intel.tcb";
    if (identity_ != nullptr) {
      const SvnLevel* level = match_svn(identity_->levels, qe_svn_);
      const TcbStatus status = level == nullptr ? TcbStatus::not_supported : level->status;
      const bool final = status == TcbStatus::not_supported || status == TcbStatus::revoked;
      if (final || (status == TcbStatus::out_of_date && options_.accept_tcb.empty())) {
        out_.fail(Area::platform, id, code_for(status),
                  "the quoting enclave is " + std::string(to_string(status)) + " (ISV SVN " +
                      std::to_string(qe_svn_) + ")");
        return;
      }
    }
    out_.undecided(Area::platform, id, judged_.chain.fields ? code::collateral_missing : code::chain_missing,
                   "without TCB info the platform's TCB cannot be judged", "--collateral");
  }

  void judge_date() {
    if (!options_.min_tcb_date) return;
    const std::string id = "intel.tcb.date", floor = rfc3339(*options_.min_tcb_date);
    if (!report_.date)
      out_.skip(Area::platform, id, code::tcb_date, "not judged: no level matches");
    else if (*report_.date < *options_.min_tcb_date)
      out_.fail(Area::platform, id, code::tcb_date, "the TCB is older than demanded", "at least " + floor,
                rfc3339(*report_.date));
    else
      out_.pass(Area::platform, id, "the TCB is of " + rfc3339(*report_.date));
  }

  // The lower of the two numbers counts; they need not be equal.
  void judge_evaluation_number() {
    const std::string id = "intel.tcb.evaluation";
    if (info_ != nullptr) report_.evaluation = info_->evaluation;
    if (identity_ != nullptr)
      report_.evaluation =
          std::min(identity_->evaluation, report_.evaluation.value_or(identity_->evaluation));
    if (!options_.min_tcb_evaluation) {
      out_.skip(Area::platform, id, code::tcb_evaluation_unset,
                "no floor for the evaluation number was given", "--min-tcb-evaluation");
    } else if (report_.evaluation && *report_.evaluation < *options_.min_tcb_evaluation) {
      out_.fail(
          Area::platform, id, code::tcb_evaluation, "the collateral is of an older evaluation than demanded",
          "at least " + std::to_string(*options_.min_tcb_evaluation), std::to_string(*report_.evaluation));
    } else if (info_ == nullptr || identity_ == nullptr) {
      out_.undecided(Area::platform, id, code::collateral_missing, "not all documents are there",
                     "--collateral");
    } else {
      out_.pass(Area::platform, id, "evaluation number " + std::to_string(*report_.evaluation));
    }
  }

  const QuoteHead& head_;
  const Judged& judged_;
  const AppraisalOptions& options_;
  Findings& out_;
  const TcbInfo* info_ = nullptr;
  const QeIdentity* identity_ = nullptr;
  std::uint16_t qe_svn_ = 0;
  TcbReport report_;
};

}  // namespace

void judge_qe_identity(const EnclaveReport& qe, const Documents& documents, Findings& out) {
  const std::string id = "intel.qe.identity";
  if (!documents.qe_identity.content) {
    out.undecided(Area::platform, id, code::collateral_missing,
                  "without its identity the quoting enclave cannot be judged", "--collateral");
    return;
  }
  const std::vector<Difference> differences = compare(*documents.qe_identity.content, qe);
  if (differences.empty()) {
    out.pass(Area::platform, id,
             "the quoting enclave is Intel's " + printable(documents.qe_identity.content->id, 16));
    return;
  }
  std::string fields;
  for (const Difference& d : differences) fields += (fields.empty() ? "" : ", ") + std::string(d.field);
  out.fail(Area::platform, id, code::qe_identity,
           "the quoting enclave is not Intel's: " + fields + " differs", differences.front().expected,
           differences.front().actual);
}

void judge_tcb(const QuoteHead& head, const Judged& judged, const AppraisalOptions& options, Findings& out) {
  TcbJudge(head, judged, options, out).run();
}

}  // namespace tee::intel
