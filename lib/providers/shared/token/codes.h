// Codes of signed web tokens, whoever issues them.
#pragma once
#include "base/codes.h"
namespace tee::token::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/shared/token/codes.def"
#undef TEE_CODE
}  // namespace tee::token::code
