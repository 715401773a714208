// Codes that only the TDX room gives; those below are reachable under the same name space. Floor F3.
#pragma once
#include "providers/shared/intel_dcap/codes.h"
namespace tee::tdx::code {
using namespace ::tee::intel::code;
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/tdx/codes.def"
#undef TEE_CODE
}  // namespace tee::tdx::code
