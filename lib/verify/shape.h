// What bytes look like that no built-in room claims. Floor F4.
//
// Two uses: naming the provider that a smaller build lacks, and saying what an input is instead of evidence.
// Nothing here decides about evidence that a room can judge.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "evidence/types.h"

namespace tee::verify {

// The provider whose evidence this looks like, when this build has no room for it.
std::optional<Provider> absent_provider(ByteView bytes);

// Why these bytes are no evidence, as precisely as their form allows. Always an Error about the subject.
Error why_no_evidence(ByteView bytes);

}  // namespace tee::verify
