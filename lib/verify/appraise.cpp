#include "verify/appraise.h"

#include <algorithm>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "verify/codes.h"
#include "verify/event_log.h"
#include "verify/onchain.h"
#include "verify/parts.h"
#include "verify/questions.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

// One boolean of the result: false on any failure, null while something is undecided or nothing was judged.
std::optional<bool> area_state(const Findings& found, Area area) {
  bool passed = false, undecided = false;
  for (const Check& c : found.checks) {
    if (c.area != area) continue;
    if (c.status == CheckStatus::fail) return false;
    undecided |= c.status == CheckStatus::inconclusive;
    passed |= c.status == CheckStatus::pass;
  }
  if (undecided || !passed) return std::nullopt;
  return true;
}

std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
  if (a == false || b == false) return false;
  if (!a || !b) return std::nullopt;
  return true;
}

void check_simulated(const AppraisalOptions& options, Findings& found) {
  if (found.trust != Trust::simulated) return;
  if (options.allow_simulated)
    found.passed_by("--allow-simulated", Area::policy, "simulated", "the evidence comes from a simulator");
  else
    found.fail(Area::policy, "simulated", code::simulated_refused, "the evidence comes from a simulator");
}

void check_peer(const Questions& q, bool peer_bound, Findings& found) {
  if (peer_bound) return;
  if (q.require_peer_binding)
    found.undecided(Area::binding, "peer", code::peer_unbound, "no key of the peer is covered by the evidence", "--public-key");
  else
    found.warn(code::peer_unbound_note, "a pass proves that such a workload exists, not that your peer is it");
}

void check_trailing(const Subject& subject, Findings& found) {
  if (found.judged_bytes == 0 || found.judged_bytes >= subject.evidence.size()) return;
  const ByteView rest = ByteView(subject.evidence).subspan(found.judged_bytes);
  found.warn(code::evidence_trailing, std::to_string(rest.size()) + (all_zero(rest) ? " zero" : "") +
                                          " bytes follow the evidence; they are not signed and were not interpreted");
}

// An anchor that nothing asked for was meant for something: a slip of the role or the provider would go unnoticed.
void check_anchors(const Questions& q, const Verifier& room, Findings& found) {
  for (const SuppliedAnchor& a : q.options.anchors) {
    if (!a.consulted || a.consulted->load(std::memory_order_relaxed)) continue;
    const bool for_others = a.provider && a.provider != provider_of(room);
    if (!for_others || q.only_subject)
      found.warn(code::anchor_unused, "--trust-anchor " + printable(a.source) + " was not consulted: nothing in the evidence has such a root");
  }
}

// A floor that was set is a question, and one that the subject cannot answer fails. Rooms name the checks that answer it.
void check_floors(const AppraisalOptions& o, Findings& found) {
  const auto demand = [&](bool set, const char* option, auto answers) {
    if (set && std::none_of(found.checks.begin(), found.checks.end(), answers))
      found.fail(Area::platform, "floor", code::floor_unanswered, std::string(option) + ": the evidence has nothing that could reach this floor");
  };
  const auto id_ends = [](const char* end) { return [end](const Check& c) { return c.id.ends_with(end); }; };
  demand(!o.min_tcb.empty(), "--min-tcb", id_ends(".tcb.floor"));
  demand(o.min_firmware.has_value(), "--min-firmware", id_ends("snp.firmware.floor"));
  demand(o.min_tcb_date.has_value(), "--min-tcb-date", id_ends(".tcb.date"));
  demand(o.min_tcb_evaluation.has_value(), "--min-tcb-evaluation", id_ends(".tcb.evaluation"));
  // Floors for GPUs do not concern a switch, nor the other way round: one list of floors serves a fleet of both.
  demand(o.min_gpu_driver || o.min_gpu_vbios || o.min_switch_bios, "--min-gpu-driver, --min-gpu-vbios, --min-switch-bios",
         [](const Check& c) { return c.id.ends_with("firmware.floor") && !c.id.ends_with("snp.firmware.floor"); });
}

void collect_reasons(Outcome& out) {
  const auto add = [&](CheckStatus status) {
    for (const Check& c : out.findings.checks) {
      if (c.status != status || !c.code) continue;
      const std::string name(c.code->name);
      if (std::find(out.reasons.begin(), out.reasons.end(), name) == out.reasons.end()) out.reasons.push_back(name);
    }
  };
  add(CheckStatus::fail);
  add(CheckStatus::inconclusive);
}

// A pass rests on a signature and, where there is one, a chain that were judged to the end: a room that returns early must
// not become a pass by saying nothing.
void require_genuine(Findings& f) {
  const bool signed_to_the_end = area_state(f, Area::signature) == true;
  const bool chained = f.chain_applies == false || area_state(f, Area::chain) == true;
  const bool nothing_said = std::none_of(f.checks.begin(), f.checks.end(), [](const Check& c) {
    return c.status == CheckStatus::fail || c.status == CheckStatus::inconclusive;
  });
  if (nothing_said && !(signed_to_the_end && chained))
    f.undecided(Area::policy, "genuine", code::appraisal_incomplete, "signature or chain were not judged to the end");
}

void conclude(Outcome& out) {
  require_genuine(out.findings);
  const auto any = [&](CheckStatus s) {
    return std::any_of(out.findings.checks.begin(), out.findings.checks.end(), [&](const Check& c) { return c.status == s; });
  };
  // No check at all is never a pass.
  if (any(CheckStatus::fail)) out.verdict = Verdict::fail;
  else if (any(CheckStatus::inconclusive) || !any(CheckStatus::pass)) out.verdict = Verdict::inconclusive;
  else out.verdict = Verdict::pass;
  out.exit = out.verdict == Verdict::pass ? Exit::pass : out.verdict == Verdict::fail ? Exit::negative : Exit::inconclusive;

  Findings& f = out.findings;
  out.signature_verified = area_state(f, Area::signature);
  out.chain_verified = f.chain_applies == false ? std::nullopt : area_state(f, Area::chain);
  out.platform_verified = area_state(f, Area::platform);
  out.freshness_verified = area_state(f, Area::freshness);
  out.genuine = f.chain_applies == false ? out.signature_verified : both(out.signature_verified, out.chain_verified);
  if (f.trust == Trust::simulated) out.genuine = false;
  if (f.second_hand) out.genuine = std::nullopt;  // no hardware was judged here (S18)
  for (const Check& c : f.checks)
    if (!c.loosened.empty() && std::find(out.loosened.begin(), out.loosened.end(), c.loosened) == out.loosened.end())
      out.loosened.push_back(c.loosened);
  collect_reasons(out);
}

// What would settle the verdict, as flags with placeholders: values come from the operator's own records, never from
// the evidence (S26).
std::string settle_flags(const WorkloadResult& workload, const FreshnessResult& freshness, const Questions& q) {
  if (q.options.genuine_only) return {};
  std::string flags;
  if (freshness.by == "none" && !q.nonce) flags += " --nonce @NONCE_FILE";
  if (!workload.answered && !workload.missing.empty()) flags += " " + workload.missing;
  return flags.empty() ? flags : flags.substr(1);
}

}  // namespace

std::string_view to_string(Verdict v) {
  switch (v) {
    case Verdict::pass: return "pass";
    case Verdict::fail: return "fail";
    case Verdict::inconclusive: return "inconclusive";
  }
  return "?";
}

Outcome appraise(const Subject& subject, const Questions& q, const CollateralSet& collateral) {
  Outcome out;
  out.verified_at = q.options.at;
  out.time_from_caller = q.options.time_from_caller;
  out.asked = q.asked;
  Findings& found = out.findings;
  found.inputs.push_back({"evidence", subject.name, crypto::sha256(subject.input)});

  if (subject.absent_provider && !subject.type) {
    out.error = Error(code::provider_not_built,
                      "the evidence is of provider " + std::string(to_string(*subject.absent_provider)) +
                          ", which this build cannot judge",
                      "use a build with that provider (TEE_PROVIDERS)");
    out.exit = Exit::platform;
    return out;
  }
  const Verifier* room = subject.type ? verifier_for(*subject.type) : nullptr;
  if (subject.malformed || !room) {
    if (subject.malformed) found.fail(Area::form, "evidence.form", *subject.malformed);
    else found.fail(Area::form, "evidence.form", code::evidence_unrecognised, "the input is no evidence of any known kind");
    check_onchain(subject, q, found);
    conclude(out);
    return out;
  }

  CollateralSet all = collateral;
  all.merge(subject.embedded);
  room->verify({subject.evidence, all, q.options, verifier_for}, found);
  check_trailing(subject, found);
  if (!subject.also.empty() || !q.require_parts.empty()) judge_parts(subject, q, collateral, found);
  check_simulated(q.options, found);
  if (const auto& log = q.event_log ? q.event_log : subject.event_log) check_event_log(*log, *room, q.options, found);
  const WorkloadResult workload = ask_workload(*room, q, found);
  const FreshnessResult freshness = ask_freshness(subject, q, found);
  check_peer(q, freshness.peer_bound, found);
  check_attached(subject, q, {.bound = freshness.parts_bound, .workload_pinned = workload.answered}, found);

  check_onchain(subject, q, found);
  check_floors(q.options, found);
  check_anchors(q, *room, found);

  out.freshness = freshness.by;
  out.peer_bound = freshness.peer_bound;
  out.binding_claims = freshness.claims;
  out.scope = workload.answered && !q.options.genuine_only ? "workload" : "authenticity";
  conclude(out);
  if (out.verdict == Verdict::inconclusive) out.settle_with = settle_flags(workload, freshness, q);
  return out;
}

}  // namespace tee::verify
