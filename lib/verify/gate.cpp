#include "verify/gate.h"

#include <set>

#include "evidence/codes.h"
#include "verify/codes.h"

namespace tee::verify {

namespace {

// A check that is added after the verdict: it can only make it worse.
void add_failure(Outcome& out, std::string id, const Code& why, std::string message, std::string expected, std::string actual) {
  out.findings.fail(Area::policy, std::move(id), why, std::move(message), std::move(expected), std::move(actual));
  out.reasons.insert(out.reasons.begin(), std::string(why.name));
  out.verdict = Verdict::fail;
  out.exit = Exit::negative;
  out.settle_with.clear();
}

bool has_verdict(const Judged& j) { return !j.outcome.error && !j.subject.error_object; }

}  // namespace

Status Gate::pass_on(Judged judged, std::string text) {
  ++totals_.subjects;
  bool changed = false;
  if (options_.distinct && has_verdict(judged) && repeated(judged.outcome.findings)) {
    add_failure(judged.outcome, "batch.distinct", code::batch_duplicate, "the same signed evidence came before", "each only once", "again");
    changed = true;
  }
  if (options_.count && totals_.subjects > *options_.count && has_verdict(judged)) {
    add_failure(judged.outcome, "batch.count", code::batch_count, "more subjects than demanded", std::to_string(*options_.count),
                "number " + std::to_string(totals_.subjects));
    changed = true;
  }
  if (changed) text = hooks_.render(judged);
  if (!options_.count) return deliver(judged, text);
  if (held_) {
    TEE_CHECK(deliver(held_->first, held_->second));
  }
  held_.emplace(std::move(judged), std::move(text));
  return {};
}

// Of a list of devices each report counts, whatever it stands beside.
bool Gate::repeated(const Findings& found) {
  bool again = false;
  const auto see = [&](const Bytes& identity) {
    if (!identity.empty()) again |= !seen_.emplace(as_text(identity)).second;
  };
  std::set<Bytes> own(found.signed_parts_sha256.begin(), found.signed_parts_sha256.end());
  own.insert(found.signed_bytes_sha256);
  for (const Bytes& identity : own) see(identity);
  return again;
}

Status Gate::finish() {
  if (!held_) return {};
  auto [judged, text] = std::move(*held_);
  held_.reset();
  if (totals_.subjects < *options_.count) {
    if (has_verdict(judged)) {
      add_failure(judged.outcome, "batch.count", code::batch_count, "fewer subjects than demanded", std::to_string(*options_.count),
                  std::to_string(totals_.subjects));
      text = hooks_.render(judged);
    }
    totals_.exit = worse(totals_.exit, Exit::negative);
  }
  return deliver(judged, text);
}

Status Gate::deliver(const Judged& judged, const std::string& text) {
  tally(judged);
  return hooks_.deliver(text, judged);
}

void Gate::tally(const Judged& judged) {
  totals_.exit = worse(totals_.exit, judged.outcome.exit);
  if (!has_verdict(judged)) ++totals_.no_verdict;
  else if (judged.outcome.verdict == Verdict::pass) ++totals_.pass;
  else if (judged.outcome.verdict == Verdict::fail) ++totals_.fail;
  else ++totals_.inconclusive;
}

}  // namespace tee::verify
