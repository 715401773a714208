#include "providers/snp/policy.h"

#include <algorithm>
#include <tuple>

#include "providers/snp/claims.h"
#include "providers/snp/codes.h"

namespace tee::snp {

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : ", ") + w;
  return out;
}

struct NamedTcb {
  std::string_view name;
  const TcbVersion& tcb;
};

// Components of one TCB that lie below the floor, or that it does not have.
std::vector<std::string> below(const NamedTcb& of, TcbLayout layout,
                               const std::map<std::string, unsigned>& floor) {
  std::vector<std::string> out;
  const auto parts = parts_of(of.tcb, layout).list();
  for (const auto& [name, least] : floor) {
    const auto part =
        std::find_if(parts.begin(), parts.end(), [&n = name](const auto& p) { return p.name == n; });
    const std::string label = std::string(of.name) + " " + name;
    if (part == parts.end())
      out.push_back(label + " does not exist on this product");
    else if (part->value < least)
      out.push_back(label + " " + std::to_string(part->value) + " < " + std::to_string(least));
  }
  return out;
}

bool reaches(const FirmwareVersion& have, const VersionFloor& floor) {
  return std::tie(have.major, have.minor, have.build) >= std::tie(floor.major, floor.minor, floor.build);
}

}  // namespace

// POLICY bit 19 (section 4.3).
void check_debug(const Report& report, const AppraisalOptions& options, Findings& out) {
  if (!report.policy_has(policy_bit::kDebug)) {
    out.pass(Area::platform, "snp.policy.debug", "the guest policy forbids debugging");
  } else if (options.allow_debug) {
    out.passed_by("--allow-debug", Area::platform, "snp.policy.debug", "the guest policy allows debugging");
  } else {
    out.fail(Area::platform, "snp.policy.debug", code::debug_enabled, "the guest policy allows debugging",
             "DEBUG 0", "DEBUG 1");
  }
}

// POLICY bit 18, and REPORT_ID_MA, which is all ones when no migration agent is associated.
void check_migration(const Report& report, Findings& out) {
  const bool agent =
      std::any_of(report.report_id_ma.begin(), report.report_id_ma.end(), [](auto b) { return b != 0xff; });
  if (report.policy_has(policy_bit::kMigrateMa))
    out.fail(Area::platform, "snp.policy.migration", code::policy_migration,
             "the guest policy allows a migration agent", "MIGRATE_MA 0", "MIGRATE_MA 1");
  else if (agent)
    out.fail(Area::platform, "snp.policy.migration", code::policy_migration,
             "REPORT_ID_MA names a migration agent");
  else
    out.pass(Area::platform, "snp.policy.migration", "no migration agent");
}

void check_vmpl(const Report& report, const AppraisalOptions& options, Findings& out) {
  const std::string actual = std::to_string(report.vmpl);
  if (report.vmpl == 0) {
    out.pass(Area::platform, "snp.vmpl", "requested at VMPL 0");
  } else if (report.vmpl <= 3 && report.vmpl <= options.allow_vmpl) {
    out.passed_by("--allow-vmpl", Area::platform, "snp.vmpl", "requested at VMPL " + actual);
  } else if (report.vmpl <= 3) {
    out.fail(Area::platform, "snp.vmpl", code::vmpl, "requested at another privilege level than accepted",
             "at most " + std::to_string(options.allow_vmpl), actual);
  } else {
    out.fail(Area::platform, "snp.vmpl", code::vmpl, "not requested by the guest", "0 to 3", actual);
  }
}

// COMMITTED may lag behind CURRENT: clouds run provisional firmware.
void check_tcb_order(const Report& report, TcbLayout layout, Findings& out) {
  const TcbParts reported = parts_of(report.reported_tcb, layout),
                 committed = parts_of(report.committed_tcb, layout),
                 current = parts_of(report.current_tcb, layout);
  std::string problem;
  if (const auto above = parts_above(reported, committed); !above.empty())
    problem = "the reported TCB is above the committed one in " + join(above);
  if (const auto above = parts_above(committed, current); !above.empty())
    problem += (problem.empty() ? "" : "; ") + std::string("the committed TCB is above the current one in ") +
               join(above);
  if (problem.empty())
    out.pass(Area::platform, "snp.tcb.order", "reported TCB ≤ committed TCB ≤ current TCB");
  else
    out.fail(Area::platform, "snp.tcb.order", code::tcb_order, problem);
}

// AMD gives no verdict on a TCB (S12), so only the operator can say what is too old. The host may
// return to the committed TCB at any time and the guest was measured under the launch TCB: all three
// must reach the floor.
void check_tcb_floor(const Report& report, TcbLayout layout, const AppraisalOptions& options, Findings& out) {
  if (options.min_tcb.empty()) {
    out.skip(Area::platform, "snp.tcb.floor", code::tcb_floor_unset, "no floor for the TCB was given",
             "--min-tcb");
    return;
  }
  std::vector<std::string> low;
  for (const NamedTcb& tcb :
       {NamedTcb{"reported", report.reported_tcb}, NamedTcb{"committed", report.committed_tcb},
        NamedTcb{"launch", report.launch_tcb}}) {
    const auto more = below(tcb, layout, options.min_tcb);
    low.insert(low.end(), more.begin(), more.end());
  }
  std::string floor;
  for (const auto& [name, least] : options.min_tcb)
    floor += (floor.empty() ? "" : ", ") + name + " " + std::to_string(least);
  if (low.empty())
    out.pass(Area::platform, "snp.tcb.floor", "reported, committed and launch TCB reach the floor").expected =
        floor;
  else
    out.fail(Area::platform, "snp.tcb.floor", code::tcb_floor, "a TCB is below the floor", floor, join(low));
}

void check_firmware_floor(const Report& report, const AppraisalOptions& options, Findings& out) {
  if (!options.min_firmware) {
    out.skip(Area::platform, "snp.firmware.floor", code::firmware_floor_unset,
             "no floor for the firmware was given", "--min-firmware");
    return;
  }
  const VersionFloor& floor = *options.min_firmware;
  const std::string wanted = FirmwareVersion{floor.major, floor.minor, floor.build}.text();
  const std::string actual = "current " + report.current.text() + ", committed " + report.committed.text();
  if (reaches(report.current, floor) && reaches(report.committed, floor)) {
    out.pass(Area::platform, "snp.firmware.floor", "current and committed firmware reach the floor")
        .expected = wanted;
  } else {
    out.fail(Area::platform, "snp.firmware.floor", code::firmware_floor, "the firmware is below the floor",
             wanted, actual);
  }
}

// Newer firmware sets bits that had no meaning before; they decide nothing.
void check_platform_info(const Report& report, Findings& out) {
  const std::vector<std::string> names = platform_info_names(report.platform_info);
  out.pass(Area::platform, "snp.platform_info",
           names.empty() ? "no platform feature is reported" : "platform: " + join(names));
  const std::vector<unsigned> unknown = platform_info_unknown_bits(report.platform_info);
  if (unknown.empty()) return;
  std::vector<std::string> bits;
  for (unsigned bit : unknown) bits.push_back(std::to_string(bit));
  out.warn(code::platform_info_unknown, "PLATFORM_INFO has bits without a known meaning: " + join(bits));
}

}  // namespace tee::snp
