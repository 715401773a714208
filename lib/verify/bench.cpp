#include "verify/bench.h"

#include <algorithm>
#include <chrono>

#include "crypto/bench.h"
#include "verify/subject.h"

namespace tee::verify {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// Microseconds with one digit behind the point.
Json micro(double seconds) { return static_cast<double>(static_cast<std::int64_t>(seconds * 1e7)) / 10.0; }

}  // namespace

BenchResult bench(const Bytes& input, const Questions& questions, const CollateralSet& collateral, double seconds) {
  BenchResult out;
  const Clock::time_point begin = Clock::now();
  do {
    const crypto::SignatureCounts before = crypto::signature_counts();
    const Clock::time_point round = Clock::now();
    const Outcome outcome = appraise(recognise(input, "bench"), questions, collateral);
    const double took = seconds_since(round);
    const crypto::SignatureCounts after = crypto::signature_counts();
    if (out.rounds++ == 0 || took < out.cold_seconds) out.cold_seconds = took;
    out.p256 = after.p256 - before.p256;
    out.p384 = after.p384 - before.p384;
    out.rsa4096 = after.rsa4096 - before.rsa4096;
    out.other = after.other - before.other;
    if (outcome.error) break;
  } while (seconds_since(begin) < seconds);

  const auto cost = [](std::uint64_t count, crypto::MeasuredKey key) {
    return count == 0 ? 0.0 : static_cast<double>(count) * crypto::seconds_per_verify(key);
  };
  out.signature_seconds = cost(out.p256, crypto::MeasuredKey::p256) + cost(out.p384, crypto::MeasuredKey::p384) +
                          cost(out.rsa4096, crypto::MeasuredKey::rsa4096_pss);
  return out;
}

Json bench_json(const BenchResult& r) {
  return Json{{"schema", "tee.bench/1"},
              {"exit", 0},
              {"rounds", r.rounds},
              {"signatures", {{"p256", r.p256}, {"p384", r.p384}, {"rsa4096", r.rsa4096}, {"other", r.other}}},
              {"cold_us", micro(r.cold_seconds)},
              {"signature_floor_us", micro(r.signature_seconds)},
              {"ratio", static_cast<double>(static_cast<std::int64_t>(r.ratio() * 1000)) / 1000.0}};
}

}  // namespace tee::verify
