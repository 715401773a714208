// Judging a Confidential Space token. Floor F3.
#pragma once

#include "evidence/provider.h"

namespace tee::gcp {

// Runs every check and records it.
void verify_token(const VerifyInput& input, Findings& out);

// True when one of the pinned or expected claims names a container image.
bool names_image(std::string_view claim);

}  // namespace tee::gcp
