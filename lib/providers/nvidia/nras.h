// Answers of NVIDIA's remote attestation service (NRAS): an overall token and one per device, tied by digests. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::nvidia {

// [["JWT", TOKEN], {"GPU-0": TOKEN, …}], the detached EAT bundle. A lone overall token has no devices to judge.
bool looks_like_nras(ByteView bytes);
void verify_nras(const VerifyInput& input, Findings& out);
Result<Json> inspect_nras(ByteView evidence);

}  // namespace tee::nvidia
