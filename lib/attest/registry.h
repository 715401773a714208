// The attesters that this build has, and who of them is asked. Floor F4.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "evidence/attester.h"

namespace tee::attest {

// In the order in which they are tried: the rows of one provider stand together, the best way in first.
std::span<const Attester> attesters();

// Does this row collect what the operator calls by that name: a provider (in any accepted spelling) or an evidence type?
bool answers_to(const Attester& row, std::string_view name);

}  // namespace tee::attest
