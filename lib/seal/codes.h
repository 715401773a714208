// Codes of sealing and of the exchange. Floor F4.
#pragma once
#include "base/codes.h"
namespace tee::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "seal/codes.def"
#undef TEE_CODE
}  // namespace tee::code
