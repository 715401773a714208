// Codes that only the gcp room gives.
#pragma once
#include "base/codes.h"
namespace tee::gcp::code {
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/gcp/codes.def"
#undef TEE_CODE
}  // namespace tee::gcp::code
