// Event logs: parsing, replay, facts and description never leave their input; replay is deterministic.
#include "providers/shared/eventlog/facts.h"
#include "providers/shared/vtpm/tpm.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tee::eventlog;
  const auto log = parse_log({data, size});
  if (!log) return 0;
  FUZZ_REQUIRE(log->used <= size);
  for (const Registers r : {Registers::pcr, Registers::rtmr}) {
    const auto once = replay(*log, tee::vtpm::alg::kSha384, r);
    FUZZ_REQUIRE(once == replay(*log, tee::vtpm::alg::kSha384, r));
    (void)check_order(*log, tee::vtpm::alg::kSha384, r);
    (void)secure_boot(*log, tee::vtpm::alg::kSha384, r);
    (void)event_digests(*log, tee::vtpm::alg::kSha256, r);
  }
  (void)workload_claims(*log, tee::vtpm::alg::kSha384);
  (void)describe(*log);
  return 0;
}
