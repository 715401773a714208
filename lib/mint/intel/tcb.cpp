// Variants of the TCB: every status, what the platform lacks, and what the operator accepts.
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using WorldStep = std::function<void(World&)>;

Row& add(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
         WorldStep step) {
  Row& row = rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = exit, .code = std::move(code)});
  row.world = std::move(step);
  return row;
}

void ask_also(Row& row, std::vector<std::string> flags) {
  row.ask = [flags = std::move(flags)](const Made&, Case& c) {
    c.flags.insert(c.flags.end(), flags.begin(), flags.end());
    return Status();
  };
}

struct StatusCase {
  const char *status, *name, *code;
};
constexpr StatusCase kStatuses[] = {
    {"SWHardeningNeeded", "sw-hardening-needed", "tcb.sw_hardening_needed"},
    {"ConfigurationNeeded", "configuration-needed", "tcb.configuration_needed"},
    {"ConfigurationAndSWHardeningNeeded", "configuration-and-sw-hardening-needed",
     "tcb.configuration_and_sw_hardening_needed"},
    {"OutOfDate", "out-of-date", "tcb.out_of_date"},
    {"OutOfDateConfigurationNeeded", "out-of-date-configuration-needed",
     "tcb.out_of_date_configuration_needed"},
};

void add_statuses(std::vector<Row>& rows) {
  for (const StatusCase& s : kStatuses) {
    const WorldStep step = [s](World& w) { w.published.levels.front().status = s.status; };
    add(rows, std::string("bad-tcb-") + s.name, std::string("status ") + s.status, 1, s.code, step);
    ask_also(add(rows, std::string("good-tcb-") + s.name + "-accepted",
                 std::string("status ") + s.status + ", named by the caller", 0, {}, step),
             {"--accept-tcb", s.status});
  }
  const WorldStep revoked = [](World& w) { w.published.levels.front().status = "Revoked"; };
  add(rows, "bad-tcb-revoked", "status Revoked", 1, "tcb.revoked", revoked);
  ask_also(add(rows, "bad-tcb-revoked-not-acceptable", "status Revoked, although all others are accepted", 1,
               "tcb.revoked", revoked),
           {"--accept-tcb", "OutOfDate,SWHardeningNeeded,ConfigurationNeeded"});
  ask_also(add(rows, "bad-tcb-other-accepted", "status OutOfDate where another is accepted", 1,
               "tcb.out_of_date", [](World& w) { w.published.levels.front().status = "OutOfDate"; }),
           {"--accept-tcb", "SWHardeningNeeded"});
}

void set_components(World& w) { w.extension = sgx_extension(w.platform); }

void add_platform(std::vector<Row>& rows) {
  add(rows, "bad-platform-older-microcode", "two components match the second level only", 1,
      "tcb.out_of_date", [](World& w) {
        w.platform.components[0] = w.platform.components[1] = 2;
        set_components(w);
      });
  add(rows, "bad-platform-one-component", "one component is lower than in any level but the last", 1,
      "tcb.revoked", [](World& w) {
        w.platform.components[0] = 1;
        set_components(w);
      });
  add(rows, "bad-platform-pcesvn", "the PCESVN is lower", 1, "tcb.out_of_date", [](World& w) {
    w.platform.pce_svn = 12;
    set_components(w);
  });
  const WorldStep below = [](World& w) {
    w.platform.components[7] = 0;
    set_components(w);
  };
  add(rows, "bad-platform-below-all", "a component below every level", 1, "tcb.not_supported", below);
  ask_also(
      add(rows, "bad-platform-below-all-not-acceptable",
          "a component below every level, although OutOfDate is accepted", 1, "tcb.not_supported", below),
      {"--accept-tcb", "OutOfDate"});
  add(rows, "bad-platform-pcesvn-below-all", "a PCESVN below every level", 1, "tcb.not_supported",
      [](World& w) {
        w.platform.pce_svn = 4;
        set_components(w);
      });
}

void add_quoting_enclave(std::vector<Row>& rows) {
  const auto svn = [](std::uint8_t value) {
    return [value](World& w) { put(w.quote.qe_report, enclave::kIsvSvn, Bytes{value}); };
  };
  add(rows, "bad-qe-out-of-date", "an older quoting enclave", 1, "tcb.out_of_date", svn(6));
  add(rows, "bad-qe-revoked", "a revoked quoting enclave", 1, "tcb.revoked", svn(3));
  add(rows, "bad-qe-not-supported", "a quoting enclave below every level", 1, "tcb.not_supported", svn(0));
  add(rows, "good-qe-newer", "a newer quoting enclave", 0, {}, svn(8));
  ask_also(add(rows, "good-qe-out-of-date-accepted", "an older quoting enclave, OutOfDate accepted", 0, {},
               svn(6)),
           {"--accept-tcb", "OutOfDate"});
  add(rows, "bad-qe-and-configuration", "an older quoting enclave on a platform that needs configuration", 1,
      "tcb.out_of_date_configuration_needed", [](World& w) {
        put(w.quote.qe_report, enclave::kIsvSvn, Bytes{6});
        w.published.levels.front().status = "ConfigurationAndSWHardeningNeeded";
      });
  ask_also(add(rows, "bad-qe-and-hardening",
               "an older quoting enclave where only SWHardeningNeeded is accepted", 1, "tcb.out_of_date",
               [](World& w) {
                 put(w.quote.qe_report, enclave::kIsvSvn, Bytes{6});
                 w.published.levels.front().status = "SWHardeningNeeded";
               }),
           {"--accept-tcb", "SWHardeningNeeded"});
}

void add_module(std::vector<Row>& rows) {
  const auto svn = [](Bytes value) {
    return [value](World& w) { put(w.quote.body, td::kTeeTcbSvn, value); };
  };
  add(rows, "bad-module-out-of-date", "an older TDX module", 1, "tcb.out_of_date", svn({5, 1, 3}));
  add(rows, "bad-module-revoked", "a revoked TDX module", 1, "tcb.revoked", svn({2, 1, 3}));
  add(rows, "bad-module-not-supported", "a TDX module below every level", 1, "tcb.not_supported",
      svn({1, 1, 3}));
  add(rows, "bad-module-version", "a TDX module of a version that Intel does not list", 1,
      "tcb.not_supported", svn({6, 2, 3}));
  add(rows, "bad-module-and-configuration", "an older TDX module on a platform that needs configuration", 1,
      "tcb.out_of_date_configuration_needed", [](World& w) {
        put(w.quote.body, td::kTeeTcbSvn, Bytes{5, 1, 3});
        w.published.levels.front().status = "ConfigurationNeeded";
      });
  add(rows, "bad-tdx-component", "an older SEAM component matches the second level", 1, "tcb.out_of_date",
      svn({6, 1, 2}));
  add(rows, "bad-tdx-component-below-all", "a SEAM component below every level", 1, "tcb.not_supported",
      svn({6, 1, 0}));
  add(rows, "bad-module-0-component", "a module of major version 0 is judged by the first TDX component", 1,
      "tcb.out_of_date", svn({5, 0, 3}));
  add(rows, "good-module-below-component",
      "from major version 1 on the first two TDX components do not count", 0, {}, [](World& w) {
        w.published.levels.front().tdx = {200, 7, 3};
      });
}

void add_floors(std::vector<Row>& rows) {
  ask_also(add(rows, "bad-evaluation-floor", "the lower evaluation number is below the floor", 1,
               "tcb.evaluation", {}),
           {"--min-tcb-evaluation", "19"});
  ask_also(add(rows, "bad-evaluation-floor-of-identity", "the number of the QE identity is below the floor",
               1, "tcb.evaluation", [](World& w) { w.published.qe_evaluation = 16; }),
           {"--min-tcb-evaluation", "17"});
  ask_also(add(rows, "bad-tcb-date", "the matched level is older than demanded", 1, "tcb.date", {}),
           {"--min-tcb-date", "2024-11-14"});
  ask_also(add(rows, "bad-tcb-date-of-qe", "the level of the quoting enclave is older than demanded", 1,
               "tcb.date", [](World& w) { w.published.qe.front().date = "2023-01-01T00:00:00Z"; }),
           {"--min-tcb-date", "2024-01-01"});
}

// Half of the collateral is enough to say no.
void add_partial(std::vector<Row>& rows) {
  Row& info =
      add(rows, "bad-out-of-date-without-identity", "the platform is out of date, the QE identity is missing",
          1, "tcb.out_of_date", [](World& w) { w.published.levels.front().status = "OutOfDate"; });
  info.ask = [](const Made&, Case& c) {
    drop(c, "qe_identity.json");
    return Status();
  };
  Row& qe =
      add(rows, "bad-qe-revoked-without-tcb-info", "the quoting enclave is revoked, the TCB info is missing",
          1, "tcb.revoked", [](World& w) { put(w.quote.qe_report, enclave::kIsvSvn, Bytes{1}); });
  qe.ask = [](const Made&, Case& c) {
    drop(c, "tcb_info.json");
    return Status();
  };
}

}  // namespace

void add_tcb_rows(std::vector<Row>& rows, For tee) {
  add_statuses(rows);
  add_platform(rows);
  add_quoting_enclave(rows);
  if (tee == For::tdx) add_module(rows);
  add_floors(rows);
  add_partial(rows);
}

}  // namespace tee::mint::intel
