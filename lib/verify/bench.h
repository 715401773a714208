// tee-verify bench: what an appraisal costs, against its own signatures measured in the same run. Floor F4.
//
// Absolute times of a shared machine mean little; the ratio does. The floor is what the public-key operations of one
// cold appraisal cost by themselves.
#pragma once

#include "verify/appraise.h"

namespace tee::verify {

struct BenchResult {
  double cold_seconds = 0;        // fastest cold appraisal: nothing remembered
  double signature_seconds = 0;   // the floor under it
  std::uint64_t p256 = 0, p384 = 0, rsa4096 = 0, other = 0;  // signature checks of one appraisal
  unsigned rounds = 0;
  double ratio() const { return signature_seconds > 0 ? cold_seconds / signature_seconds : 0; }
};

// Recognises and appraises `input` again and again for about `seconds`; keeps the fastest round.
BenchResult bench(const Bytes& input, const Questions& questions, const CollateralSet& collateral, double seconds);
// tee.bench/1
Json bench_json(const BenchResult& result);

}  // namespace tee::verify
