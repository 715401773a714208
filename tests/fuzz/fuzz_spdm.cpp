// SPDM reports: whatever parses stays inside its input, and its signed part ends where the signature begins.
#include "providers/nvidia/spdm.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const tee::ByteView input(data, size);
  (void)tee::nvidia::looks_like_report(input);
  const auto report = tee::nvidia::parse_report(input);
  if (!report) return 0;
  FUZZ_REQUIRE(report->signature.size() == 96);
  FUZZ_REQUIRE(report->used <= size);
  FUZZ_REQUIRE(report->signed_bytes.size() + 96 == report->used);
  FUZZ_REQUIRE(!report->measurements.empty());
  (void)report->vbios_version();
  (void)report->driver_version();
  return 0;
}
