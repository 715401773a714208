// Judging a token of Microsoft Azure Attestation. Floor F3.
#pragma once

#include <string_view>

#include "evidence/provider.h"

namespace tee::azure {

// Runs every check and records it.
void verify_maa_token(const VerifyInput& input, Findings& out);

// https://sharedR.R.attest.azure.net, the same region R twice: the instances that Microsoft itself runs, with
// its default policy. Anybody can create other instances.
bool shared_instance(std::string_view issuer);

}  // namespace tee::azure
