// Codes of the NVIDIA room. Floor F3.
#pragma once
#include "base/codes.h"
namespace tee::nvidia::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/nvidia/codes.def"
#undef TEE_CODE
}  // namespace tee::nvidia::code
