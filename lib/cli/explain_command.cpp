// explain: the meaning of codes, and the table of claims.
#include "base/encoding.h"
#include "cli/commands.h"
#include "verify/explain.h"

namespace tee::cli {

namespace {

constexpr Option kExplainOptions[] = {
    {.name = "--all", .group = "What", .help = "every code"},
    {.name = "--claims", .group = "What", .help = "every claim that --expect knows, instead of codes"},
};

Result<Exit> run_explain(Run& run) {
  const auto& names = run.args.positionals();
  const bool all = run.args.has("--all"), claims = run.args.has("--claims");
  if (names.empty() == !(all || claims) || (all && claims))
    return fail(code::usage_conflict, "explain takes codes, or --all, or --claims", "for example tee-verify explain tcb.out_of_date");
  std::vector<const Code*> codes;
  if (all) codes = all_codes();
  for (const std::string& name : names) {
    const Code* code = code_named(name);
    if (!code) {
      std::vector<std::string_view> known;
      for (const Code* c : all_codes()) known.push_back(c->name);
      const std::string_view close = nearest(name, known);
      return fail(code::usage_code_unknown, "there is no code " + printable(name, 64),
                  close.empty() ? "tee-verify explain --all lists them" : "did you mean " + std::string(close) + "?");
    }
    codes.push_back(code);
  }
  if (codes.size() != 1) run.out.expect_many();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    TEE_CHECK(run.answer(verify::code_json(*codes[i]), (i ? "\n" : "") + verify::code_text(*codes[i])));
  }
  if (!claims) return Exit::pass;
  for (const ClaimRow& row : claim_table()) {
    TEE_CHECK(run.answer(verify::claim_json(row), verify::claim_text(row)));
  }
  return Exit::pass;
}

constexpr Example kExplainExamples[] = {
    {"what does this reason mean?", "tee-verify explain tcb.out_of_date"},
    {"all codes, for a program", "tee-verify explain --all -f ndjson"},
};

}  // namespace

Command explain_command() {
  return {.name = "explain", .summary = "say what a reason or error code means", .arguments = "[CODE...]",
          .formats = "text json ndjson", .options = {kExplainOptions}, .examples = kExplainExamples, .run = run_explain};
}

}  // namespace tee::cli
