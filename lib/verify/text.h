// A verdict for people: one line, the chain of trust as a tree, what failed and what is open. Floor F4.
//
// Foreign text is escaped (rule S26). What would settle an open question is named as flags that add input, never as
// flags that loosen.
#pragma once

#include <string>

#include "base/text_style.h"
#include "verify/appraise.h"

namespace tee::verify {

enum class Detail { brief, every_check };

std::string summary_text(const Subject& subject, const Outcome& outcome, const TextStyle& style, Detail detail);
// For one of many subjects.
std::string verdict_line(const Subject& subject, const Outcome& outcome, const TextStyle& style);

// Marks and lines in the chosen style; shared with other texts for people.
struct Marks {
  explicit Marks(const TextStyle& style);
  std::string good, bad, open;         // with colour
  std::string branch, last, gap;       // of a tree
  std::string strong(std::string_view text) const;
  std::string of(CheckStatus status) const;
  std::string of(std::optional<bool> state) const;

 private:
  Colour colour_;
};

}  // namespace tee::verify
