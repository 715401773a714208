// verify: the default command of tee-verify.
#include <algorithm>
#include <thread>

#include "base/encoding.h"
#include "cli/appraisal.h"
#include "cli/commands.h"
#include "cli/deployment.h"
#include "cli/sources.h"
#include "verify/asked.h"
#include "verify/batch.h"
#include "verify/ear.h"
#include "verify/explain.h"
#include "verify/seed_formats.h"
#include "verify/codes.h"
#include "verify/text.h"

namespace tee::cli {

namespace {

constexpr std::string_view kChain = "Chains and deployments";

constexpr Option kBatchOptions[] = {
    {.name = "--count", .takes = Takes::one, .type = Type::number, .value = "N", .group = "Many subjects",
     .help = "fail unless there are exactly N subjects"},
    {.name = "--distinct", .group = "Many subjects", .help = "fail a subject whose signed bytes came before"},
    {.name = "--jobs", .takes = Takes::one, .type = Type::number, .value = "N", .group = "Many subjects",
     .help = "threads", .fallback = "one per core"},
    {.name = "--onchain-hash", .takes = Takes::one, .type = Type::text, .value = "0xHASH", .group = kChain,
     .help = "the input must be, byte for byte, what this Keccak-256 was registered for"},
    {.name = "--blueprint-env", .group = kChain,
     .help = "be the verify command of a blueprint manager: its variables say which cloud the evidence must be of"},
    {.name = "--sign-key", .takes = Takes::one, .type = Type::path, .value = "FILE", .group = "Results for other tools",
     .help = "with -f ear: sign the result as a JWT with this private key (PEM)"},
    {.name = "--ear-audience", .takes = Takes::one, .type = Type::text, .value = "NAME", .group = "Results for other tools",
     .help = "with -f ear: the relying party that the result is made for"},
};

// The key for -f ear; read once, before any evidence is looked at.
Result<std::optional<crypto::PrivateKey>> read_sign_key(const Run& run) {
  if (run.args.has("--ear-audience") && run.show.format != "ear")
    return fail(code::usage_conflict, "--ear-audience belongs to results of the form ear", "add -f ear");
  if (!run.args.has("--sign-key")) return std::optional<crypto::PrivateKey>();
  if (run.show.format != "ear") return fail(code::usage_conflict, "--sign-key signs results of the form ear", "add -f ear");
  TEE_TRY(const Bytes pem, read_file(*run.args.value("--sign-key")));
  auto key = crypto::PrivateKey::from_pem(pem);
  if (!key) return fail(code::ear_key, "--sign-key: " + key.error().message);
  // A trial signature, so that a key that cannot sign is refused before anything is judged.
  TEE_CHECK(verify::sign_ear(Json::object(), *key));
  return std::optional<crypto::PrivateKey>(*std::move(key));
}

Result<verify::BatchOptions> read_batch(const Run& run) {
  verify::BatchOptions o;
  TEE_TRY(o.sources, read_sources(run));
  TEE_TRY(o.questions, read_questions(run.args, run.env));
  TEE_CHECK(read_deployment(run.args, run.env, o.questions));
  TEE_TRY(o.collateral, read_collateral(run.args));
  o.questions.asked = std::make_shared<const verify::Asked>(verify::what_was_asked(o.questions, o.collateral));
  o.lines = run.show.format == "ndjson" ? verify::Lines::declared : verify::Lines::automatic;
  o.distinct = run.args.has("--distinct");
  if (run.args.has("--count")) {
    TEE_TRY(o.count, read_number(run.args, "--count", 1, 1u << 31));
  }
  o.jobs = std::max(1u, std::thread::hardware_concurrency());
  if (run.args.has("--jobs")) {
    TEE_TRY(const std::uint64_t jobs, read_number(run.args, "--jobs", 1, 256));
    o.jobs = static_cast<unsigned>(jobs);
  }
  return o;
}

class VerifyOutput {
 public:
  VerifyOutput(Run& run, const verify::Questions& questions, std::optional<crypto::PrivateKey> sign_key)
      : run_(run), questions_(questions), sign_key_(std::move(sign_key)) {}

  void several() {
    several_ = true;
    run_.out.expect_many();
  }

  std::string render(const verify::Judged& j) {
    if (run_.show.format == "text" && j.subject.error_object) return "an error came instead of evidence: " + passed_on(*j.subject.error_object) + "\n";
    if (run_.show.format == "text") return j.outcome.error ? std::string() : text(j, run_.show.on_stdout);
    if (j.subject.error_object) return run_.out.render(*j.subject.error_object);
    if (j.outcome.error) return run_.out.render(error_json(error_of(j), j.outcome.exit));
    if (run_.show.format == "tangle") return run_.out.render(verify::tangle_json(j.subject, j.outcome));
    if (run_.show.format == "tenzro") return run_.out.render(verify::tenzro_json(j.subject, j.outcome));
    if (run_.show.format == "ear") return ear(j);
    if (run_.show.format == "intoto") return run_.out.render(verify::intoto_json(j.subject, j.outcome));
    Json result = verify::result_json(j.subject, j.outcome);
    put_deployment(questions_, result);
    return run_.out.render(result);
  }

  Status deliver(const std::string& rendered, const verify::Judged& j) {
    TEE_CHECK(run_.out.text(rendered));
    if (j.outcome.error) {
      if (!run_.show.quiet) write_stderr(error_text(run_.tool.name, error_of(j)));
    } else if (j.subject.error_object) {
      run_.note(j.subject.name + ": an error object came instead of evidence; passed on");
    } else if (run_.show.format != "text") {
      const bool full = !several_ || run_.show.verbose > 0;
      // A manager quotes standard error when it gives up a deployment.
      if (questions_.blueprint && !run_.show.summary && j.outcome.exit != Exit::pass) {
        std::string line = verify::verdict_line(j.subject, j.outcome, {});
        line.pop_back();
        run_.note(line);
        return {};
      }
      run_.summary(full ? text(j, run_.show.on_stderr) : verify::verdict_line(j.subject, j.outcome, run_.show.on_stderr));
    }
    return {};
  }

  void totals(const verify::BatchTotals& t) const {
    if (!several_) return;
    for (const SuppliedAnchor& a : questions_.options.anchors)  // of a lone subject its own result says so
      if (a.consulted && !a.consulted->load()) run_.note("--trust-anchor " + a.source + " was not consulted by any subject");
    std::string line = std::to_string(t.subjects) + " subjects: " + std::to_string(t.pass) + " pass, " + std::to_string(t.fail) +
                       " fail, " + std::to_string(t.inconclusive) + " inconclusive";
    if (t.no_verdict) line += ", " + std::to_string(t.no_verdict) + " without a verdict";
    run_.summary(line + "\n");
  }

 private:
  std::string text(const verify::Judged& j, const TextStyle& style) const {
    const auto detail = run_.show.verbose > 0 ? verify::Detail::every_check : verify::Detail::brief;
    std::string out = verify::summary_text(j.subject, j.outcome, style, detail);
    if (detail == verify::Detail::every_check)
      for (const std::string& reason : j.outcome.reasons)
        if (const Code* code = code_named(reason)) out += "\n" + verify::code_text(*code);
    if (const std::string flags = settle_flags(j.outcome); !flags.empty())
      out += "\n  To settle it:\n    " + command_with(run_, flags, j.subject.name) + "\n";
    return out;
  }
  // Besides the questions that were not asked: collateral that was not given.
  static std::string settle_flags(const verify::Outcome& outcome) {
    std::string flags = outcome.settle_with;
    if (outcome.verdict != verify::Verdict::inconclusive || flags.find("--collateral") != std::string::npos) return flags;
    for (const Check& c : outcome.findings.checks) {
      if (c.status != CheckStatus::inconclusive || c.enable_with != "--collateral") continue;
      return flags.empty() ? "--collateral PATH" : "--collateral PATH " + flags;
    }
    return flags;
  }
  Error error_of(const verify::Judged& j) const {
    Error error = with_command_hint(run_, *j.outcome.error, j.subject.name);
    const std::string name = printable(j.subject.name);
    return error.message.find(name) != std::string::npos ? error : std::move(error).within(name);
  }

  static std::string passed_on(const Json& error) {
    const Json* inner = json::find(error, "error");
    return printable(inner ? json::text_of(*inner, "message").value_or("(no message)") : "(no message)");
  }
  std::string ear(const verify::Judged& j) {
    const Json claims = verify::ear_json(j.subject, j.outcome, {.issued_at = run_.env.now(), .nonce = questions_.nonce, .audience = run_.args.value("--ear-audience")});
    if (!sign_key_) return run_.out.render(claims);
    const auto token = verify::sign_ear(claims, *sign_key_);
    return token ? *token + "\n" : run_.out.render(error_json(token.error(), Exit::internal));
  }

  Run& run_;
  const verify::Questions& questions_;
  const std::optional<crypto::PrivateKey> sign_key_;
  bool several_ = false;
};

Result<Exit> run_verify(Run& run) {
  TEE_TRY(std::optional<crypto::PrivateKey> sign_key, read_sign_key(run));
  TEE_TRY(const verify::BatchOptions options, read_batch(run));
  VerifyOutput output(run, options.questions, std::move(sign_key));
  const verify::BatchHooks hooks{.render = [&](const verify::Judged& j) { return output.render(j); },
                                 .deliver = [&](const std::string& text, const verify::Judged& j) { return output.deliver(text, j); },
                                 .several = [&] { output.several(); }};
  TEE_TRY(const verify::BatchTotals totals, verify::judge_all(options, run.env, hooks));
  output.totals(totals);
  return totals.exit;
}

constexpr Example kVerifyExamples[] = {
    {"is this SNP report genuine?", "tee-verify --collateral vcek.der --genuine-only report.bin"},
    {"the workload that you built, answering your nonce",
     "tee-verify --collateral vcek.der --nonce @nonce.bin --expect measurement=$M report.bin"},
    {"a TDX quote with its collateral, as of a given day",
     "tee-verify --collateral bundle.json --at 2025-06-20T10:32:00Z --genuine-only quote.bin"},
    {"an enclave, no older than ten minutes", "tee-verify --max-age 10m --expect @expected.json document.cose"},
    {"a stream, one verdict per line", "cat fleet.ndjson | tee-verify --collateral bundle.json --genuine-only -f ndjson"},
    {"only one value of the result", "tee-verify --genuine-only --get /claims/measurement document.cose"},
};

}  // namespace

Command verify_command() {
  return {.name = "verify", .summary = "judge evidence", .arguments = "[EVIDENCE...|-]",
          .formats = "json ndjson text tangle tenzro ear intoto",
          .options = {appraisal_options(), acceptance_options(), kBatchOptions}, .examples = kVerifyExamples, .run = run_verify};
}

}  // namespace tee::cli
