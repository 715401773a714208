// The operator's questions as options, defined once for every tool that needs a verdict. Floor F5.
//
// Nothing here is read from the environment or a configuration file (rule S27).
#pragma once

#include "cli/run.h"
#include "verify/appraise.h"

namespace tee::cli {

std::span<const Option> appraisal_options();
std::span<const Option> acceptance_options();

Result<verify::Questions> read_questions(const Arguments& args, const Env& env);
// --collateral: files, folders, bundles.
Result<CollateralSet> read_collateral(const Arguments& args);

// Readers shared with other commands.
Result<std::uint64_t> read_number(const Arguments& args, std::string_view option, std::uint64_t smallest, std::uint64_t largest);
Result<std::optional<Seconds>> read_duration(const Arguments& args, std::string_view option);
// --nonce-key needs --audience. The other way round too, unless something else uses the audience.
Result<std::optional<verify::StatelessNonce>> read_nonce_key(const Arguments& args, bool audience_used = false);
// Comma-separated words of all occurrences.
std::vector<std::string> read_list(const Arguments& args, std::string_view option);

}  // namespace tee::cli
