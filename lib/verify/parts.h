// Parts: further evidence beside the primary one (envelope `also`, rule S16). Floor F4.
#pragma once

#include <string_view>

#include "verify/appraise.h"

namespace tee::verify {

// "gpu", "snp", … : what --require-part and check ids call a part of this type.
std::string_view part_kind(EvidenceType type);

// Judges every part with its own room and adds its checks under "<kind>[i].". Counts come from the operator; parts that
// nobody asked for fail; parts that the primary evidence does not cover (`bound`) stay undecided.
enum class Bound { yes, no };
void appraise_parts(const Subject& subject, const Questions& q, const CollateralSet& collateral, Bound bound, Findings& into);

}  // namespace tee::verify
