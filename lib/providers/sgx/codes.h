// Codes that only the SGX room gives; those below are reachable under the same name space. Floor F3.
#pragma once
#include "providers/shared/intel_dcap/codes.h"
namespace tee::sgx::code {
using namespace ::tee::intel::code;
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/sgx/codes.def"
#undef TEE_CODE
}  // namespace tee::sgx::code
