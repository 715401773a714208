// Codes of event logs. Floor F3 (shared).
#pragma once
#include "base/codes.h"
namespace tee::eventlog::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/shared/eventlog/codes.def"
#undef TEE_CODE
}  // namespace tee::eventlog::code
