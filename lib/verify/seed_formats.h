// Verdicts in the shapes that Tangle and Tenzro software reads (-f tangle, -f tenzro). Floor F4.
//
// Their `valid` has no third value and no scope, so it is true only for a pass that names the workload and shows
// freshness (rule S7); what was not judged is false there. Everything comes from signed bytes.
#pragma once

#include "verify/appraise.h"

namespace tee::verify {

Json tangle_json(const Subject& subject, const Outcome& outcome);
Json tenzro_json(const Subject& subject, const Outcome& outcome);

}  // namespace tee::verify
