// A TCB status that a cloud's verifier found and repeats in its token, judged like the hardware vendor's own
// word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evidence/findings.h"

namespace tee::token {

struct TcbWord {
  std::optional<std::string> status;        // "UpToDate"; absent: the token does not say (S12)
  std::optional<std::string> date;          // RFC 3339, as written
  std::optional<std::uint64_t> evaluation;  // TCB evaluation data number
};

// Adds PREFIX"tcb", and "tcb.date" / "tcb.evaluation" where a floor was given; fills Findings::tcb.
void judge_tcb(const TcbWord& word, const AppraisalOptions& options, const std::string& prefix,
               Findings& out);

}  // namespace tee::token
