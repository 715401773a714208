// Variants of the signed documents whose content breaks a rule. Each is signed by TCB Signing as it stands:
// it counts as absent, so the verdict stays open; a document about something else than this quote likewise.
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using Step = std::function<void(Json&)>;

Row& add(std::vector<Row>& rows, std::string name, std::string what,
         std::string code = "intel.collateral.unusable", int exit = 4) {
  return rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = exit, .code = std::move(code)});
}
void add_info(std::vector<Row>& rows, std::string name, std::string what, Step step,
              std::string code = "intel.collateral.unusable", int exit = 4) {
  add(rows, "bad-tcb-info-" + std::move(name), std::move(what), std::move(code), exit).tcb_info =
      std::move(step);
}
void add_identity(std::vector<Row>& rows, std::string name, std::string what, Step step,
                  std::string code = "intel.collateral.unusable", int exit = 4) {
  add(rows, "bad-qe-identity-" + std::move(name), std::move(what), std::move(code), exit).qe_identity =
      std::move(step);
}

Json& first_tcb(Json& info) { return info["tcbLevels"][0]["tcb"]; }

void add_info_fields(std::vector<Row>& rows) {
  for (const int version : {1, 4})
    add_info(rows, "version-" + std::to_string(version), "version " + std::to_string(version),
             [version](Json& j) { j["version"] = version; });
  add_info(rows, "type-1", "tcbType 1", [](Json& j) { j["tcbType"] = 1; });
  add_info(rows, "id-unknown", "an unknown id", [](Json& j) { j["id"] = "TDX2"; });
  add_info(
      rows, "other-fmspc", "the TCB info of another FMSPC", [](Json& j) { j["fmspc"] = "B0C06F000000"; },
      "collateral.missing");
  add_info(
      rows, "other-pce-id", "the TCB info of another PCE", [](Json& j) { j["pceId"] = "0001"; },
      "collateral.missing");
  add_info(rows, "fmspc-short", "an FMSPC of five bytes", [](Json& j) { j["fmspc"] = "00806F0500"; });
  add_info(rows, "evaluation-negative", "a negative evaluation number",
           [](Json& j) { j["tcbEvaluationDataNumber"] = -1; });
  add_info(rows, "date-malformed", "a date without time", [](Json& j) { j["nextUpdate"] = "2026-03-28"; });
  for (const char* member : {"version", "id", "issueDate", "nextUpdate", "fmspc", "pceId", "tcbType",
                             "tcbEvaluationDataNumber", "tcbLevels"})
    add_info(rows, std::string("no-") + member, std::string(member) + " is missing",
             [member](Json& j) { j.erase(member); });
}

void add_levels(std::vector<Row>& rows) {
  add_info(rows, "no-levels", "no levels", [](Json& j) { j["tcbLevels"] = Json::array(); });
  add_info(rows, "levels-no-list", "levels that are no list", [](Json& j) { j["tcbLevels"] = "none"; });
  add_info(rows, "level-no-object", "a level that is no object",
           [](Json& j) { j["tcbLevels"].push_back(1); });
  add_info(rows, "equal-levels", "a level twice",
           [](Json& j) { j["tcbLevels"].push_back(Json(j["tcbLevels"][0])); });
  add_info(rows, "components-15", "15 components",
           [](Json& j) { first_tcb(j)["sgxtcbcomponents"].erase(15); });
  add_info(rows, "components-17", "17 components", [](Json& j) {
    first_tcb(j)["sgxtcbcomponents"].push_back({{"svn", 0}});
  });
  add_info(rows, "svn-256", "a component of 256",
           [](Json& j) { first_tcb(j)["sgxtcbcomponents"][4]["svn"] = 256; });
  add_info(rows, "svn-negative", "a component of -1",
           [](Json& j) { first_tcb(j)["sgxtcbcomponents"][4]["svn"] = -1; });
  add_info(rows, "svn-fraction", "a component of 1.5",
           [](Json& j) { first_tcb(j)["sgxtcbcomponents"][4]["svn"] = 1.5; });
  add_info(rows, "svn-text", "a component in quotes",
           [](Json& j) { first_tcb(j)["sgxtcbcomponents"][4]["svn"] = "4"; });
  add_info(rows, "no-pcesvn", "no PCESVN", [](Json& j) { first_tcb(j).erase("pcesvn"); });
  add_info(rows, "advisories-text", "advisories that are no list",
           [](Json& j) { j["tcbLevels"][1]["advisoryIDs"] = "INTEL-SA-00001"; });
  add_info(
      rows, "status-unknown", "a status that nobody knows",
      [](Json& j) { j["tcbLevels"][0]["tcbStatus"] = "Fine"; }, "tcb.unknown");
  add_info(
      rows, "status-relaunch", "a status that only an evaluation gives",
      [](Json& j) { j["tcbLevels"][0]["tcbStatus"] = "TDRelaunchAdvised"; }, "tcb.unknown");
}

void add_tdx(std::vector<Row>& rows) {
  add_info(
      rows, "for-sgx", "the TCB info for SGX",
      [](Json& j) {
        j["id"] = "SGX";
        j.erase("tdxModule");
        j.erase("tdxModuleIdentities");
        for (Json& level : j["tcbLevels"]) level["tcb"].erase("tdxtcbcomponents");
      },
      "collateral.missing");
  add_info(rows, "tdx-in-v2", "version 2, which is older than TDX", [](Json& j) { j["version"] = 2; });
  add_info(rows, "no-module", "tdxModule is missing", [](Json& j) { j.erase("tdxModule"); });
  add_info(rows, "tdx-components-15", "15 TDX components",
           [](Json& j) { first_tcb(j)["tdxtcbcomponents"].erase(15); });
  add_info(rows, "no-tdx-components", "no TDX components",
           [](Json& j) { first_tcb(j).erase("tdxtcbcomponents"); });
  add_info(rows, "module-twice", "an identity of a module twice",
           [](Json& j) { j["tdxModuleIdentities"][0]["id"] = "TDX_01"; });
  add_info(rows, "module-no-levels", "an identity without levels",
           [](Json& j) { j["tdxModuleIdentities"][1]["tcbLevels"] = Json::array(); });
  add_info(rows, "module-equal-levels", "an identity with a level twice", [](Json& j) {
    Json& l = j["tdxModuleIdentities"][1]["tcbLevels"];
    l.push_back(Json(l[0]));
  });
  add_info(
      rows, "module-status-unknown", "a status that modules do not have",
      [](Json& j) { j["tdxModuleIdentities"][1]["tcbLevels"][0]["tcbStatus"] = "ConfigurationNeeded"; },
      "tcb.unknown");
  add_info(
      rows, "module-id-case", "the id of a module in lower case",
      [](Json& j) { j["tdxModuleIdentities"][1]["id"] = "tdx_01"; }, {}, 0);
  rows.back().name = "good-module-id-case";
  add_info(
      rows, "module-absent", "no identity for the module's version",
      [](Json& j) { j["tdxModuleIdentities"].erase(1); }, "tdx.module", 1);
  add_info(
      rows, "modules-absent", "no identities of modules at all",
      [](Json& j) { j.erase("tdxModuleIdentities"); }, "tdx.module", 1);
  add_info(
      rows, "module-signer", "the identity names another signer",
      [](Json& j) { j["tdxModuleIdentities"][1]["mrsigner"] = std::string(96, '1'); }, "tdx.module", 1);
  add_info(
      rows, "module-attributes", "the identity names attributes",
      [](Json& j) { j["tdxModuleIdentities"][1]["attributes"] = "0000000000000001"; }, "tdx.module", 1);
  add_identity(
      rows, "for-sgx", "the identity of the quoting enclave for SGX", [](Json& j) { j["id"] = "QE"; },
      "collateral.missing");
}

void add_sgx(std::vector<Row>& rows) {
  add_info(
      rows, "for-tdx", "the TCB info for TDX",
      [](Json& j) {
        Published p = usual_publication(For::tdx, usual_time());
        j = tcb_info(p);
      },
      "collateral.missing");
  add_info(rows, "module-in-sgx", "a TDX module in a document for SGX",
           [](Json& j) { j["tdxModule"] = Json::object(); });
  add_info(rows, "tdx-components-in-sgx", "TDX components in a document for SGX",
           [](Json& j) { first_tcb(j)["tdxtcbcomponents"] = first_tcb(j)["sgxtcbcomponents"]; });
  add_identity(
      rows, "for-tdx", "the identity of the quoting enclave for TDX", [](Json& j) { j["id"] = "TD_QE"; },
      "collateral.missing");
}

void add_identity_rows(std::vector<Row>& rows) {
  add_identity(rows, "version-1", "version 1", [](Json& j) { j["version"] = 1; });
  add_identity(rows, "version-3", "version 3", [](Json& j) { j["version"] = 3; });
  add_identity(
      rows, "qve", "the identity of the verification enclave", [](Json& j) { j["id"] = "QVE"; },
      "collateral.missing");
  add_identity(rows, "no-levels", "no levels", [](Json& j) { j["tcbLevels"] = Json::array(); });
  add_identity(rows, "equal-levels", "a level twice",
               [](Json& j) { j["tcbLevels"].push_back(Json(j["tcbLevels"][0])); });
  add_identity(
      rows, "status-unknown", "a status that identities do not have",
      [](Json& j) { j["tcbLevels"][0]["tcbStatus"] = "SWHardeningNeeded"; }, "tcb.unknown");
  for (const char* member : {"miscselect", "attributesMask", "mrsigner", "isvprodid", "tcbLevels"})
    add_identity(rows, std::string("no-") + member, std::string(member) + " is missing",
                 [member](Json& j) { j.erase(member); });
  // Only this field differs from the report of the quoting enclave.
  const std::pair<const char*, Json> fields[] = {{"miscselect", "00000001"},
                                                 {"attributes", "13000000000000000000000000000000"},
                                                 {"mrsigner", std::string(64, '8')},
                                                 {"isvprodid", 7}};
  for (const auto& [member, value] : fields)
    add_identity(
        rows, std::string("other-") + member, std::string("another ") + member,
        [member = member, value = value](Json& j) { j[member] = value; }, "intel.qe.identity", 1);
  add(rows, "bad-qe-debug", "the quoting enclave runs in debug mode", "intel.qe.identity", 1).world =
      [](World& w) { put(w.quote.qe_report, enclave::kAttributes, Bytes{0x13}); };
  add(rows, "bad-qe-signer", "a quoting enclave of somebody else", "intel.qe.identity", 1).world =
      [](World& w) { put(w.quote.qe_report, enclave::kMrSigner, Bytes(32, 0x66)); };
  add(rows, "bad-qe-misc-select", "a quoting enclave with other miscellaneous bits", "intel.qe.identity", 1)
      .world = [](World& w) { put(w.quote.qe_report, enclave::kMiscSelect, Bytes{1}); };
}

}  // namespace

void add_document_content_rows(std::vector<Row>& rows, For tee) {
  add_info_fields(rows);
  add_levels(rows);
  if (tee == For::tdx)
    add_tdx(rows);
  else
    add_sgx(rows);
  add_identity_rows(rows);
}

}  // namespace tee::mint::intel
