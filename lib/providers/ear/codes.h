// Codes that only the ear room gives.
#pragma once
#include "base/codes.h"
namespace tee::ear::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/ear/codes.def"
#undef TEE_CODE
}  // namespace tee::ear::code
