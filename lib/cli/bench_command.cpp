// bench: the cost of an appraisal, as a ratio to its own signatures.
#include "base/encoding.h"
#include "cli/appraisal.h"
#include "cli/commands.h"
#include "cli/sources.h"
#include "verify/bench.h"

namespace tee::cli {

namespace {

constexpr Option kBenchOptions[] = {
    {.name = "--duration", .takes = Takes::one, .type = Type::duration, .value = "D", .group = "Bench",
     .help = "how long to repeat the appraisal", .fallback = "2s"},
};

std::string bench_text(const verify::BenchResult& r) {
  const auto micro = [](double s) { return std::to_string(static_cast<std::int64_t>(s * 1e6)); };
  const std::int64_t hundredths = static_cast<std::int64_t>(r.ratio() * 100 + 0.5);
  std::string ratio = std::to_string(hundredths / 100) + "." + std::to_string(hundredths % 100 / 10) + std::to_string(hundredths % 10);
  return "appraisal " + micro(r.cold_seconds) + " us, its signatures alone " + micro(r.signature_seconds) + " us, ratio " + ratio + "\n" +
         "signature checks: " + std::to_string(r.p256) + " P-256, " + std::to_string(r.p384) + " P-384, " + std::to_string(r.rsa4096) +
         " RSA-4096, " + std::to_string(r.other) + " other; best of " + std::to_string(r.rounds) + " rounds\n";
}

Result<Exit> run_bench(Run& run) {
  TEE_TRY(const auto sources, read_sources(run));
  if (sources.size() != 1) return fail(code::usage_surplus_value, "bench takes one evidence file");
  TEE_TRY(const auto duration, read_duration(run.args, "--duration"));
  const double seconds = static_cast<double>(duration.value_or(Seconds(2)).count());
  TEE_TRY(const verify::Questions questions, read_questions(run.args, run.env));
  TEE_TRY(const CollateralSet collateral, read_collateral(run.args));
  auto input = sources.front() == "-" ? read_stdin() : read_file(sources.front());
  if (!input) return tl::unexpected(with_command_hint(run, std::move(input).error(), sources.front()));
  const verify::BenchResult result = verify::bench(*input, questions, collateral, seconds);
  if (result.p256 + result.p384 + result.rsa4096 + result.other == 0)
    return fail(code::usage_conflict, "no signature was checked, so there is nothing to compare with",
                "give evidence with its certificates and --collateral");
  TEE_CHECK(run.answer(verify::bench_json(result), bench_text(result)));
  return Exit::pass;
}

constexpr Example kBenchExamples[] = {
    {"how close a verification is to its signatures", "tee-verify bench --at 2025-06-20T12:00:00Z --collateral bundle.json quote.bin"},
};

}  // namespace

Command bench_command() {
  return {.name = "bench", .summary = "measure an appraisal against its own signatures", .arguments = "[EVIDENCE|-]", .formats = "text json",
          .options = {appraisal_options(), acceptance_options(), kBenchOptions}, .examples = kBenchExamples, .run = run_bench};
}

}  // namespace tee::cli
