// Exit statuses, the same in every tool (design section 6, tee-codes(7)). Floor F0.
#pragma once

#include "base/codes.h"

namespace tee {

enum class Exit : int {
  pass = 0,            // pass, or done
  negative = 1,        // the subject is bad, or the answer is no
  usage = 2,           // bad flags
  operator_input = 3,  // the operator's own file is unusable
  inconclusive = 4,    // a retry or more input may settle it
  platform = 5,        // device absent, denied, unsupported; provider not built
  internal = 70,       // our bug
};

Exit exit_for(Category category);

// The status of a run over several subjects: 70, then 2, 1, 3, 4, 5, 0 in order of precedence.
Exit worse(Exit a, Exit b);

}  // namespace tee
