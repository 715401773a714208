// Variants of what runs: attributes of the TD and of the enclave, service TDs, the TDX module, and relaunch
// advice.
#include "base/encoding.h"
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

Row& add(std::vector<Row>& rows, std::string name, std::string what, int exit = 0, std::string code = {}) {
  return rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = exit, .code = std::move(code)});
}

void ask_also(Row& row, std::vector<std::string> flags) {
  row.ask = [flags = std::move(flags)](const Made&, Case& c) {
    c.flags.insert(c.flags.end(), flags.begin(), flags.end());
    return Status();
  };
}

Row& add_body(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
              std::size_t offset, Bytes bytes) {
  Row& row = add(rows, std::move(name), std::move(what), exit, std::move(code));
  row.world = [offset, bytes = std::move(bytes)](World& w) { put(w.quote.body, offset, bytes); };
  return row;
}

// Attribute bytes with one bit of the 64 set beside SEPT_VE_DISABLE.
Bytes attributes_with(unsigned bit) {
  Bytes out{0, 0, 0, 0x10, 0, 0, 0, 0};
  out[bit / 8] = static_cast<std::uint8_t>(out[bit / 8] | 1u << (bit % 8));
  return out;
}

void add_attributes(std::vector<Row>& rows) {
  add_body(rows, "bad-debug_S13", "the TD runs in debug mode", 1, "debug.enabled", td::kAttributes,
           attributes_with(0));
  ask_also(add_body(rows, "good-debug-accepted", "the TD runs in debug mode, accepted", 0, {},
                    td::kAttributes, attributes_with(0)),
           {"--allow-debug"});
  for (const unsigned bit : {1u, 4u, 5u, 6u, 7u, 8u, 15u, 16u, 26u, 27u, 32u, 48u, 62u})
    add_body(rows, "bad-attribute-bit-" + std::to_string(bit), "reserved TD attribute " + std::to_string(bit),
             1, "tdx.attributes", td::kAttributes, attributes_with(bit));
  add_body(rows, "bad-migratable_S13", "the TD can be migrated", 1, "tdx.migratable", td::kAttributes,
           attributes_with(29));
  add_body(rows, "bad-perfmon", "performance counters are open", 1, "tdx.perfmon", td::kAttributes,
           attributes_with(63));
  ask_also(add_body(rows, "good-perfmon-expected", "performance counters are open, td_attributes is pinned",
                    0, {}, td::kAttributes, attributes_with(63)),
           {"--expect", "td_attributes=" + hex(attributes_with(63))});
  ask_also(add_body(rows, "bad-migratable-expected_S13",
                    "the TD can be migrated, although td_attributes is pinned", 1, "tdx.migratable",
                    td::kAttributes, attributes_with(29)),
           {"--expect", "td_attributes=" + hex(attributes_with(29))});
}

void add_xfam(std::vector<Row>& rows) {
  add_body(rows, "bad-xfam-x87", "x87 is off", 1, "tdx.xfam", td::kXfam, Bytes{0xe6});
  add_body(rows, "bad-xfam-sse", "SSE is off", 1, "tdx.xfam", td::kXfam, Bytes{0xe5});
  for (const unsigned bit : {3u, 4u, 10u, 13u, 16u, 19u, 32u, 63u}) {
    Bytes value{0xe7, 0x02, 0x06, 0, 0, 0, 0, 0};
    value[bit / 8] = static_cast<std::uint8_t>(value[bit / 8] | 1u << (bit % 8));
    add_body(rows, "bad-xfam-bit-" + std::to_string(bit),
             "feature " + std::to_string(bit) + " outside the mask", 1, "tdx.xfam", td::kXfam, value);
  }
}

void add_seam(std::vector<Row>& rows) {
  add_body(rows, "bad-seam-signer", "the TDX module is signed by somebody else", 1, "tdx.module",
           td::kMrSignerSeam, Bytes{1});
  add_body(rows, "bad-seam-attributes", "the TDX module has attributes", 1, "tdx.module", td::kSeamAttributes,
           Bytes{1});
  Row& both =
      add_body(rows, "bad-seam-attributes-published", "attributes of the module that the TCB info names too",
               1, "tdx.module", td::kSeamAttributes, Bytes{1});
  both.tcb_info = [](Json& j) {
    for (Json& module : j["tdxModuleIdentities"]) module["attributes"] = "0100000000000000";
  };
}

Row& td15(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
          std::size_t offset, Bytes bytes, Body body = Body::td15) {
  Row& row =
      add_body(rows, std::move(name), std::move(what), exit, std::move(code), offset, std::move(bytes));
  row.start = [body] { return usual_world(For::tdx, 5, body); };
  return row;
}

void add_service_td(std::vector<Row>& rows) {
  const Bytes hash(48, 0x57);
  td15(rows, "bad-servicetd_S13", "a service TD is bound", 1, "tdx.servicetd", td::kMrServiceTd, hash);
  ask_also(td15(rows, "good-servicetd-expected_S13", "a service TD is bound and expected", 0, {},
                td::kMrServiceTd, hash),
           {"--expect", "mr_servicetd=" + hex(hash)});
  ask_also(td15(rows, "bad-servicetd-other_S13", "another service TD is expected", 1, "tdx.servicetd",
                td::kMrServiceTd, hash),
           {"--expect", "mr_servicetd=" + hex(Bytes(48, 0x58))});
  ask_also(add(rows, "bad-servicetd-in-td10", "a service TD is expected of a report that has none", 1,
               "claim.absent"),
           {"--expect", "mr_servicetd=" + hex(hash)});
  td15(rows, "bad-servicetd-of-launch", "the extended body names a service TD of the launch", 1,
       "tdx.servicetd", td::kInitServiceTdHash, hash, Body::td15_extended);
  td15(rows, "bad-servicetd-of-now", "the extended body names a service TD", 1, "tdx.servicetd",
       td::kServiceTdHash, hash, Body::td15_extended);
}

// TD 1.5: the module that launched the TD and the one that runs now.
Row& relaunch(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
              Bytes launch, Bytes current) {
  Row& row = add(rows, std::move(name), std::move(what), exit, std::move(code));
  row.start = [] { return usual_world(For::tdx, 5, Body::td15); };
  row.world = [launch = std::move(launch), current = std::move(current)](World& w) {
    put(w.quote.body, td::kTeeTcbSvn, launch);
    put(w.quote.body, td::kTeeTcbSvn2, current);
  };
  return row;
}

}  // namespace

void add_td_rows(std::vector<Row>& rows) {
  add_attributes(rows);
  add_xfam(rows);
  add_seam(rows);
  add_service_td(rows);
}

void add_relaunch_rows(std::vector<Row>& rows) {
  const Bytes good{6, 1, 3}, old_module{4, 1, 3}, old_component{6, 1, 2};
  relaunch(rows, "bad-relaunch-advised", "launched under an older module", 1, "tcb.relaunch_advised",
           old_module, good);
  relaunch(rows, "bad-relaunch-advised-component", "launched under an older SEAM component", 1,
           "tcb.relaunch_advised", old_component, good);
  ask_also(relaunch(rows, "good-relaunch-advised-accepted", "launched under an older module, accepted", 0, {},
                    old_module, good),
           {"--accept-tcb", "TDRelaunchAdvised"});
  ask_also(relaunch(rows, "bad-relaunch-is-not-out-of-date",
                    "launched under an older module, only OutOfDate is accepted", 1, "tcb.relaunch_advised",
                    old_module, good),
           {"--accept-tcb", "OutOfDate"});
  relaunch(rows, "bad-both-out-of-date", "launched under an older module that still runs", 1,
           "tcb.out_of_date", old_module, old_module);
  relaunch(rows, "bad-launch-revoked", "launched under a revoked module", 1, "tcb.revoked", {2, 1, 3}, good);
  relaunch(rows, "bad-launch-not-supported", "launched under a module below every level", 1,
           "tcb.not_supported", {1, 1, 3}, good);
  relaunch(rows, "bad-current-not-supported", "a module below every level runs now", 1, "tcb.not_supported",
           good, {1, 1, 3});
  relaunch(rows, "bad-current-revoked", "a revoked module runs now", 1, "tcb.revoked", good, {2, 1, 3});
  relaunch(rows, "bad-current-version", "a module of a version that Intel does not list runs now", 1,
           "tcb.not_supported", good, {6, 9, 3});
  const auto configure = [](Row& row) {
    const auto step = row.world;
    row.world = [step](World& w) {
      step(w);
      w.published.levels.front().status = "ConfigurationNeeded";
    };
  };
  Row& configuration =
      relaunch(rows, "good-relaunch-advised-configuration-accepted",
               "launched under an older module, on a platform that needs configuration; accepted", 0, {},
               old_module, good);
  configure(configuration);
  ask_also(configuration, {"--accept-tcb", "TDRelaunchAdvisedConfigurationNeeded"});
  configure(relaunch(rows, "bad-relaunch-advised-configuration",
                     "launched under an older module, on a platform that needs configuration", 1,
                     "tcb.relaunch_advised", old_module, good));
}

void add_enclave_rows(std::vector<Row>& rows) {
  add_body(rows, "bad-debug_S13", "the enclave runs in debug mode", 1, "debug.enabled", enclave::kAttributes,
           Bytes{0x07});
  ask_also(add_body(rows, "good-debug-accepted", "the enclave runs in debug mode, accepted", 0, {},
                    enclave::kAttributes, Bytes{0x07}),
           {"--allow-debug"});
}

}  // namespace tee::mint::intel
