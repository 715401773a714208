// The SGX extension of PCK certificates.
#include "require.h"

#if TEE_WITH_TDX && TEE_WITH_SGX
#include "providers/shared/intel_dcap/codes.h"
#include "providers/shared/intel_dcap/describe.h"

using namespace tee;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<intel::PckFields> fields = intel::parse_pck_extension({data, size});
  if (!fields) {
    FUZZ_REQUIRE(fields.error().code == &intel::code::pck_extension);
    return 0;
  }
  FUZZ_REQUIRE(fields->sgx_type <= 2);
  FUZZ_REQUIRE(json::parse(json::dump(intel::describe(*fields))).has_value());
  return 0;
}
#else
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) { return 0; }
#endif
