// What can only be judged by looking at all subjects in order: --count and --distinct (rules S23, S25). Floor F4.
#pragma once

#include <unordered_set>

#include "verify/batch.h"

namespace tee::verify {

class Gate {
 public:
  Gate(const BatchOptions& options, const BatchHooks& hooks) : options_(options), hooks_(hooks) {}

  Status pass_on(Judged judged, std::string text);
  Status finish();  // the last subject is held back until the number is known
  const BatchTotals& totals() const { return totals_; }

 private:
  Status deliver(const Judged& judged, const std::string& text);
  void tally(const Judged& judged);
  bool repeated(const Findings& found);

  const BatchOptions& options_;
  const BatchHooks& hooks_;
  BatchTotals totals_;
  std::unordered_set<std::string> seen_;  // 32 bytes for each signed report, only with --distinct
  std::optional<std::pair<Judged, std::string>> held_;
};

}  // namespace tee::verify
