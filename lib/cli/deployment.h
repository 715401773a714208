// --onchain-hash and --blueprint-env: what a chain and its deployment manager ask beside the appraisal. Floor F5.
#pragma once

#include <span>

#include "cli/run.h"
#include "verify/appraise.h"

namespace tee::cli {

// The variables that --blueprint-env reads. Without that option none of them is looked at (rule S27).
inline constexpr std::string_view kBlueprintEnvironment[] = {"BLUEPRINT_TEE_PROVIDER", "BLUEPRINT_TEE_BACKEND",
                                                            "BLUEPRINT_TEE_DEPLOYMENT_ID", "BLUEPRINT_TEE_INSTANCE_ID"};

Status read_deployment(const Arguments& args, const Env& env, verify::Questions& into);

// The deployment beside its verdict: what is stored as proof must say what it is a proof of.
void put_deployment(const verify::Questions& q, Json& result);

}  // namespace tee::cli
