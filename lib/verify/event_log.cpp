#include "verify/event_log.h"

#include "base/encoding.h"
#include "evidence/codes.h"
#include "providers/shared/eventlog/codes.h"
#include "providers/shared/eventlog/facts.h"
#include "providers/shared/vtpm/tpm.h"

namespace tee::verify {

namespace {

namespace ecode = eventlog::code;

struct Target {
  eventlog::Registers registers;
  std::string stem;  // claim names: "rtmr", "pcr"
};

std::optional<Target> target_of(EvidenceType type) {
  switch (type) {
    case EvidenceType::tdx_quote: return Target{eventlog::Registers::rtmr, "rtmr"};
    case EvidenceType::azure_vtpm:
    case EvidenceType::gce_vtpm:
    case EvidenceType::tpm_quote: return Target{eventlog::Registers::pcr, "pcr"};
    default: return std::nullopt;
  }
}

const Bytes* register_claim(const Findings& found, const std::string& name) {
  const auto it = found.claims.find(name);
  return it == found.claims.end() ? nullptr : std::get_if<Bytes>(&it->second);
}

// The bank is told by the length of the register values that the evidence states.
std::optional<std::uint16_t> bank_of(const Findings& found, const Target& t) {
  if (t.registers == eventlog::Registers::rtmr) return vtpm::alg::kSha384;
  for (unsigned i = 0; i < vtpm::kPcrCount; ++i) {
    const Bytes* value = register_claim(found, t.stem + std::to_string(i));
    if (!value) continue;
    return value->size() == 32 ? vtpm::alg::kSha256 : value->size() == 48 ? vtpm::alg::kSha384 : vtpm::alg::kSha1;
  }
  return std::nullopt;
}

// True when every register that the log writes replays to the signed value.
bool check_replay(const eventlog::Log& log, std::uint16_t alg, const Target& t, Findings& found) {
  bool all = true;
  const auto replayed = eventlog::replay(log, alg, t.registers);
  if (replayed.empty()) {
    found.fail(Area::platform, "eventlog.replay", ecode::empty, "the log extends no register of this bank");
    return false;
  }
  for (const auto& [index, value] : replayed) {
    const std::string name = t.stem + std::to_string(index);
    const Bytes* claimed = register_claim(found, name);
    if (!claimed) {
      all = false;
      found.undecided(Area::platform, "eventlog.replay." + name, ecode::uncovered, "the evidence does not state " + name);
    } else if (!equal_constant_time(*claimed, value)) {
      all = false;
      found.fail(Area::platform, "eventlog.replay." + name, ecode::replay, "the log does not replay to " + name, hex(*claimed), hex(value));
    }
  }
  if (all) found.pass(Area::platform, "eventlog.replay", std::to_string(replayed.size()) + " registers replay to their signed values");
  return all;
}

bool check_order(const eventlog::Log& log, std::uint16_t alg, const Target& t, Findings& found) {
  const auto problems = eventlog::check_order(log, alg, t.registers);
  for (const auto& p : problems) found.fail(Area::platform, "eventlog.order", *p.code, p.message);
  if (problems.empty()) found.pass(Area::platform, "eventlog.order", "events stand where they belong");
  return problems.empty();
}

// A log that software writes at run time is worth what the earlier stages are worth (S17).
bool earlier_stages_pinned(const Target& t, const AppraisalOptions& options, const Findings& found) {
  const auto held = [&](const std::string& name) {
    const Expectation* e = options.expectation(name);
    const auto claim = found.claims.find(name);
    return e && claim != found.claims.end() && meets(claim->second, *e);
  };
  if (t.registers == eventlog::Registers::rtmr) return held("mr_td") && held("rtmr1") && held("rtmr2");
  return held("pcr4") && held("pcr8") && held("pcr9");
}

void state_facts(const eventlog::Log& log, std::uint16_t alg, const Target& t, const AppraisalOptions& options, Findings& found) {
  if (const auto state = eventlog::secure_boot(log, alg, t.registers)) found.claims["secure_boot"] = *state;
  found.claims["event_digests"] = eventlog::event_digests(log, alg, t.registers);
  Json shown{{"events", log.events.size()}, {"unauthenticated", eventlog::unauthenticated(log, alg)}};
  if (Claims workload = eventlog::workload_claims(log, alg); !workload.empty()) {
    if (earlier_stages_pinned(t, options, found)) {
      for (auto& [name, value] : workload) found.claims.emplace(name, std::move(value));
    } else {
      shown["workload_unauthenticated"] = to_json(workload);
      found.warn(ecode::runtime_unpinned, "the workload's own log is not claimed: the software that wrote it is not pinned");
    }
  }
  found.vendor["event_log"] = std::move(shown);
}

}  // namespace

void check_event_log(ByteView bytes, const Verifier& room, const AppraisalOptions& options, Findings& found) {
  const auto target = target_of(room.type);
  const auto bank = target ? bank_of(found, *target) : std::nullopt;
  if (!target || !bank) {
    found.fail(Area::platform, "eventlog.form", ecode::no_registers, "this evidence states no registers that a log could replay to");
    return;
  }
  const auto log = eventlog::parse_log(bytes);
  if (!log) return found.fail(Area::form, "eventlog.form", log.error());
  if (log->events.empty()) {
    found.fail(Area::form, "eventlog.form", ecode::empty, "the event log holds no event");
    return;
  }
  found.pass(Area::form, "eventlog.form", std::to_string(log->events.size()) + " events");
  const bool ordered = check_order(*log, *bank, *target, found);
  if (check_replay(*log, *bank, *target, found) && ordered) state_facts(*log, *bank, *target, options, found);
}

Result<Json> inspect_event_log(ByteView bytes) {
  TEE_TRY(const eventlog::Log log, eventlog::parse_log(bytes));
  Json out = eventlog::describe(log);
  out["schema"] = "tee.event-log/1";
  out["verified"] = false;
  out["exit"] = 0;
  return out;
}

}  // namespace tee::verify
