// Parts: further evidence beside the primary one (envelope `also`, rule S16). Floor F4.
#pragma once

#include <string_view>

#include "verify/appraise.h"

namespace tee::verify {

// "gpu", "snp", … : what --require-part and check ids call a part of this type.
std::string_view part_kind(EvidenceType type);

// Judges every part with its own room and adds its checks under "<kind>[i].", its claims under "gpu." or "switch." where all
// parts of the kind agree. Counts come from the operator; parts that nobody asked for fail.
void judge_parts(const Subject& subject, const Questions& q, const CollateralSet& collateral, Findings& into);

// Attached is a part only when its nonce derives from the verifier's, the primary evidence covers it (`bound`) and the primary
// workload is pinned; anything less stays undecided.
struct Attachment {
  bool bound = false;
  bool workload_pinned = false;
};
void check_attached(const Subject& subject, const Questions& q, const Attachment& how, Findings& into);

// The nonce that a GPU or a switch must answer: SHA-256(nonce ‖ "NVIDIA-GPU-EAT-v1"), for switches "NVIDIA-SWITCH-EAT-v1".
Bytes derived_nonce(ByteView nonce, std::string_view kind);

}  // namespace tee::verify
