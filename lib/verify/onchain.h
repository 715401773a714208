// What a chain and its deployment manager ask beside the appraisal. Floor F4.
//
// A contract stores the Keccak-256 of the exact bytes that were sent to it; there is no canonical form. An equal hash shows
// that these bytes are the ones that were registered, and nothing about a workload or its freshness (rule S5). The manager
// of a blueprint names the cloud that it deployed to; evidence of another provider is not about that deployment.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/types.h"
#include "verify/appraise.h"

namespace tee::verify {

// "0x" and 64 hex digits, or the digits alone. usage.value for anything else, and for zero, which is what a contract
// answers when nothing is stored.
Result<std::array<std::uint8_t, 32>> parse_onchain_hash(std::string_view text);

// From the manager's words for the cloud ("AWS", "Google Cloud", "Azure") and the backend ("aws-nitro", "gcp-confidential",
// "azure-skr", or nullopt): which providers' evidence may speak for the deployment. usage.value for unknown words, and for
// a backend of another cloud.
Result<std::vector<Provider>> providers_of_deployment(std::string_view cloud, std::optional<std::string_view> backend);

// Adds the checks "onchain.hash" and "blueprint.provider" where they were asked for.
void check_onchain(const Subject& subject, const Questions& q, Findings& found);

}  // namespace tee::verify
