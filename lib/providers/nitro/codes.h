// Codes of the Nitro room. Floor F3.
#pragma once
#include "base/codes.h"
namespace tee::nitro::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/nitro/codes.def"
#undef TEE_CODE
}  // namespace tee::nitro::code
