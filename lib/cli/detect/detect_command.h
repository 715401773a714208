// The commands of tee-detect. Floor F5.
#pragma once

#include "cli/tool.h"

namespace tee::cli {

Command detect_command();
std::span<const std::string_view> detect_environment();

}  // namespace tee::cli
