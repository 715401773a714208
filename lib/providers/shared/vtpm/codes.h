// Codes of the shared vTPM room. Floor F3 (shared).
#pragma once
#include "base/codes.h"
namespace tee::vtpm::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/shared/vtpm/codes.def"
#undef TEE_CODE
}  // namespace tee::vtpm::code
