// Codes that more than one room gives. Rooms use these before inventing their own. Floor F2.
#pragma once
#include "base/codes.h"
namespace tee::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "evidence/codes.def"
#undef TEE_CODE
}  // namespace tee::code
