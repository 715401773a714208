// From sources to delivered verdicts: one subject or a stream of them, judged by several threads, in order. Floor F4.
//
// Subjects share nothing but the operator's questions and collateral and the memory of valid signatures (rule S25). The
// clock is read for each subject.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/env.h"
#include "verify/appraise.h"
#include "verify/source.h"

namespace tee::verify {

struct BatchOptions {
  Questions questions;                  // `at` is taken from the clock for each subject unless it came from the caller
  CollateralSet collateral;
  std::vector<std::string> sources;     // file names, "-"
  Lines lines = Lines::automatic;
  unsigned jobs = 1;
  std::optional<std::size_t> count;     // --count
  bool distinct = false;                // --distinct
};

// A subject with its verdict. Without one, outcome.error or subject.error_object says why; outcome.exit holds always.
struct Judged {
  Subject subject;
  Outcome outcome;
};

struct BatchHooks {
  std::function<std::string(const Judged&)> render;                  // called by several threads
  std::function<Status(const std::string& text, const Judged&)> deliver;  // called in order, one at a time
  std::function<void()> several;                                     // before anything, when more than one may come
};

struct BatchTotals {
  std::size_t subjects = 0, pass = 0, fail = 0, inconclusive = 0, no_verdict = 0;
  Exit exit = Exit::pass;
};

// Error only when delivering failed or there was no subject at all.
Result<BatchTotals> judge_all(const BatchOptions& options, const Env& env, const BatchHooks& hooks);

// only_subject: no other one follows.
Judged judge(RawSubject raw, const BatchOptions& options, const Env& env, bool only_subject = false);

}  // namespace tee::verify
