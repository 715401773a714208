// Genuine reports that the defaults refuse (S13), and floors that they do not reach.
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code) {
  return rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
}

std::function<Status(const Made&, Case&)> flags(std::vector<std::string> more) {
  return [more = std::move(more)](const Made&, Case& c) {
    c.flags.insert(c.flags.end(), more.begin(), more.end());
    return Status();
  };
}

void add_refused(std::vector<Row>& rows) {
  bad(rows, "bad-debug_S13", "the guest policy allows debugging", "debug.enabled").scene = [](Scene& s) {
    s.report.policy |= 1u << 19;
  };
  bad(rows, "bad-migrate-ma_S13", "the guest policy allows a migration agent", "snp.policy.migration").scene =
      [](Scene& s) { s.report.policy |= 1u << 18; };
  bad(rows, "bad-report-id-ma_S13", "a migration agent is named", "snp.policy.migration").scene =
      [](Scene& s) { s.report.report_id_ma[31] = 0xfe; };
  bad(rows, "bad-report-id-ma-zero_S13", "REPORT_ID_MA is zero instead of all ones", "snp.policy.migration")
      .scene = [](Scene& s) { s.report.report_id_ma = {}; };
  bad(rows, "bad-chip-id-masked_S13", "CHIP_ID is masked under a VCEK", "snp.chip_id.masked").scene =
      [](Scene& s) { s.report.chip_id = {}; };
  Row& simulated =
      bad(rows, "bad-simulated_S31", "the root says that it is a simulator's", "simulated.refused");
  simulated.scene = [](Scene& s) {
    s.ark.extensions.push_back({"2.25.6180339887498948482", false, {0x05, 0x00}});
  };
}

void add_levels(std::vector<Row>& rows) {
  bad(rows, "bad-vmpl-1_S13", "requested at VMPL 1", "snp.vmpl").scene = [](Scene& s) { s.report.vmpl = 1; };
  Row& above = bad(rows, "bad-vmpl-above-allowed_S13", "VMPL 2 where 1 is allowed", "snp.vmpl");
  above.scene = [](Scene& s) { s.report.vmpl = 2; };
  above.ask = flags({"--allow-vmpl", "1"});
  for (const std::uint32_t level : {4u, 0xffffffffu}) {
    Row& row =
        bad(rows, "bad-vmpl-" + std::to_string(level) + "_S13", "not requested by the guest", "snp.vmpl");
    row.scene = [level](Scene& s) { s.report.vmpl = level; };
    row.ask = flags({"--allow-vmpl", "3"});
  }
}

void add_floors(std::vector<Row>& rows) {
  struct Floor {
    const char *name, *value;
  };
  constexpr Floor kFloors[] = {
      {"bl", "bl=10"}, {"tee", "tee=3"}, {"snp", "snp=24"}, {"ucode", "ucode=85"}, {"fmc", "fmc=4"}};
  for (const Floor& floor : kFloors) {
    Row& row =
        bad(rows, std::string("bad-tcb-floor-") + floor.name, "a component below the floor", "tcb.floor");
    row.line = Line::turin;
    row.version = 5;
    row.ask = flags({"--min-tcb", floor.value});
  }
  Row& fmc = bad(rows, "bad-tcb-floor-fmc-on-genoa", "a floor for a component that the product does not have",
                 "tcb.floor");
  fmc.ask = flags({"--min-tcb", "fmc=0"});
  Row& launch = bad(rows, "bad-tcb-floor-launch", "only the launch TCB is below the floor", "tcb.floor");
  launch.scene = [](Scene& s) { s.report.launch = encode_tcb(Line::genoa, {9, 2, 22, 84, 0}); };
  launch.ask = flags({"--min-tcb", "snp=23"});
  Row& committed =
      bad(rows, "bad-tcb-floor-reported", "only the reported TCB is below the floor", "tcb.floor");
  committed.scene = [](Scene& s) {
    s.report.committed = s.report.current = s.report.launch = encode_tcb(Line::genoa, {9, 2, 24, 84, 0});
  };
  committed.ask = flags({"--min-tcb", "snp=24"});

  for (const char* version : {"1.55.41", "1.56.0", "2.0.0"}) {
    Row& row = bad(rows, std::string("bad-min-firmware-") + version, "firmware 1.55.40 is older",
                   "snp.firmware.floor");
    row.ask = flags({"--min-firmware", version});
  }
  Row& rollback = bad(rows, "bad-min-firmware-committed",
                      "the host can return to a committed firmware below the floor", "snp.firmware.floor");
  rollback.scene = [](Scene& s) { s.report.current_firmware.build = 45; };
  rollback.ask = flags({"--min-firmware", "1.55.45"});
}

}  // namespace

void add_policy_rows(std::vector<Row>& rows) {
  add_refused(rows);
  add_levels(rows);
  add_floors(rows);
  Row& floors = rows.emplace_back(Row{"good-floors-reached", "every floor is reached exactly", 0, {}});
  floors.line = Line::turin;
  floors.version = 5;
  floors.ask = flags({"--min-tcb", "fmc=3,bl=9,tee=2,snp=23,ucode=84", "--min-firmware", "1.55.40"});
}

}  // namespace tee::mint::snp
