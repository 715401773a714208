// What machines and their modules say: recorded CPUID and answers of the Nitro Secure Module.
#include "base/encoding.h"
#include "providers/shared/machine/cpuid.h"
#include "require.h"

#if TEE_WITH_NITRO
#include "providers/nitro/nsm.h"
#endif

using namespace tee;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  if (const auto cpuid = machine::Cpuid::parse(as_text(input))) {
    FUZZ_REQUIRE(cpuid->origin() == machine::CpuidOrigin::file);
    FUZZ_REQUIRE(cpuid->vendor().size() <= 12 && cpuid->hypervisor().size() <= 12);
    FUZZ_REQUIRE(cpuid->virtualised().has_value() == cpuid->leaf(1).has_value());
  }
#if TEE_WITH_NITRO
  if (const auto document = nitro::nsm_document(input)) FUZZ_REQUIRE(!document->empty() && document->size() < size);
  if (const auto value = nitro::nsm_extended(input)) FUZZ_REQUIRE(value->size() == 48);
  if (const auto d = nitro::nsm_description(input)) {
    FUZZ_REQUIRE(!d->module_id.empty() && valid_utf8(d->module_id));
  }
#endif
  return 0;
}
