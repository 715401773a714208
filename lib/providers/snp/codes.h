// Codes that only the SNP room gives; shared ones are reachable under the same name space. Floor F3.
#pragma once
#include "evidence/codes.h"
namespace tee::snp::code {
using namespace ::tee::code;
#define TEE_CODE(id, name, category, title, explain) \
  inline constexpr Code id{name, Category::category, title, explain};
#include "providers/snp/codes.def"
#undef TEE_CODE
}  // namespace tee::snp::code
