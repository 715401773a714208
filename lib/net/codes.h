// Codes that only the HTTP client gives. Floor F1.
#pragma once
#include "base/codes.h"
namespace tee::net::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "net/codes.def"
#undef TEE_CODE
}  // namespace tee::net::code
