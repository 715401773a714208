// The one version number. Floor F0.
#pragma once
#include <string_view>
namespace tee {
inline constexpr std::string_view kVersion = TEE_VERSION;
}
