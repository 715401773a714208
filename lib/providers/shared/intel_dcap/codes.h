// Codes that the TDX and SGX rooms share; those of the floor below are reachable under the same name space.
// Floor F3.
#pragma once
#include "evidence/codes.h"
namespace tee::intel::code {
using namespace ::tee::code;
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/shared/intel_dcap/codes.def"
#undef TEE_CODE
}  // namespace tee::intel::code
