// --root and what belongs to it, for seal and unseal. Floor F5.
#pragma once

#include "cli/run.h"
#include "seal/root.h"

namespace tee::cli {

enum class RootUse { seal, unseal };
std::span<const Option> root_options(RootUse use);
Result<seal::Root> read_root(const Run& run, RootUse use);
Result<std::string> read_key_id(const Run& run);

}  // namespace tee::cli
