// Codes that only the azure room gives.
#pragma once
#include "base/codes.h"
namespace tee::azure::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/azure/codes.def"
#undef TEE_CODE
}  // namespace tee::azure::code
