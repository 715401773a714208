// Statuses, convergence, relaunch advice, level matching and its explanation: the tables of Intel's own
// library.
#include <doctest/doctest.h>

#include "mint/intel/platform.h"
#include "providers/shared/intel_dcap/codes.h"
#include "providers/shared/intel_dcap/tcb_explain.h"

using namespace tee;
using intel::TcbStatus;
using enum intel::TcbStatus;
using mint::intel::For;

namespace {

constexpr TcbStatus kPlatform[] = {up_to_date,
                                   sw_hardening_needed,
                                   configuration_needed,
                                   configuration_and_sw_hardening_needed,
                                   out_of_date,
                                   out_of_date_configuration_needed,
                                   revoked};

intel::TcbInfo info_of(const mint::intel::Published& p) {
  const std::string text = json::dump(mint::intel::tcb_info(p));
  return intel::parse_tcb_info(as_bytes(text)).value();
}
intel::QeIdentity identity_of(const mint::intel::Published& p) {
  const std::string text = json::dump(mint::intel::qe_identity(p));
  return intel::parse_qe_identity(as_bytes(text)).value();
}
mint::intel::Published usual() { return mint::intel::usual_publication(For::tdx, unix_time(1772366400)); }
intel::PlatformSvns platform(intel::Svn16 tee = {6, 1, 3}) {
  return {mint::intel::Platform().components, 13, tee};
}

const Json* row_named(const Json& rows, std::string_view component) {
  for (const Json& row : rows)
    if (row["component"] == component) return &row;
  return nullptr;
}

}  // namespace

TEST_CASE("tcb status: Intel's words in both directions") {
  for (const TcbStatus s : kPlatform) CHECK(intel::tcb_status_from(intel::to_string(s)) == s);
  for (const char* word : {"TDRelaunchAdvised", "NotSupported", "Unrecognised", "uptodate", ""})
    CHECK(intel::tcb_status_from(word) == unrecognised);
}

TEST_CASE("tcb status: convergence with module and quoting enclave") {
  using V = std::vector<TcbStatus>;
  for (const TcbStatus p : kPlatform) {
    CHECK(intel::converge(p, V{}) == p);
    CHECK(intel::converge(p, V{up_to_date, up_to_date}) == p);
    CHECK(intel::converge(p, V{up_to_date, revoked}) == revoked);
    CHECK(intel::converge(p, V{revoked, out_of_date}) == revoked);
    CHECK(intel::converge(p, V{not_supported, up_to_date}) == not_supported);
  }
  const V old{out_of_date, up_to_date};
  CHECK(intel::converge(up_to_date, old) == out_of_date);
  CHECK(intel::converge(sw_hardening_needed, old) == out_of_date);
  CHECK(intel::converge(configuration_needed, old) == out_of_date_configuration_needed);
  CHECK(intel::converge(configuration_and_sw_hardening_needed, old) == out_of_date_configuration_needed);
  CHECK(intel::converge(out_of_date, old) == out_of_date);
  CHECK(intel::converge(out_of_date_configuration_needed, old) == out_of_date_configuration_needed);
  CHECK(intel::converge(revoked, old) == revoked);
  CHECK(intel::converge(not_supported, V{revoked}) == not_supported);
}

TEST_CASE("tcb status: relaunch advice") {
  for (const TcbStatus current : {up_to_date, sw_hardening_needed}) {
    CHECK(intel::advise_relaunch(out_of_date, current) == relaunch_advised);
    CHECK(intel::advise_relaunch(out_of_date_configuration_needed, current) ==
          relaunch_advised_configuration_needed);
  }
  for (const TcbStatus current : {configuration_needed, configuration_and_sw_hardening_needed})
    CHECK(intel::advise_relaunch(out_of_date, current) == relaunch_advised_configuration_needed);
  CHECK(intel::advise_relaunch(out_of_date, out_of_date) == out_of_date);
  CHECK(intel::advise_relaunch(out_of_date, out_of_date_configuration_needed) == out_of_date);
  for (const TcbStatus launch :
       {up_to_date, sw_hardening_needed, configuration_needed, configuration_and_sw_hardening_needed})
    CHECK(intel::advise_relaunch(launch, up_to_date) == launch);
  CHECK(intel::advise_relaunch(not_supported, up_to_date) == not_supported);
  CHECK(intel::advise_relaunch(up_to_date, not_supported) == not_supported);
  CHECK(intel::advise_relaunch(up_to_date, revoked) == revoked);
}

TEST_CASE("tcb levels: TDX components count from the third on once the module has a major version") {
  CHECK(intel::first_tdx_component({6, 0, 3}) == 0);
  CHECK(intel::first_tdx_component({6, 1, 3}) == 2);
  const intel::TcbInfo info = info_of(usual());
  CHECK(intel::match_platform(info.levels, platform({0, 1, 3})) == &info.levels[0]);
  CHECK(intel::match_platform(info.levels, platform({5, 0, 3})) == &info.levels[1]);
  CHECK(intel::match_platform(info.levels, platform({6, 1, 2})) == &info.levels[1]);
  CHECK(intel::match_platform(info.levels, platform({6, 1, 0})) == nullptr);
}

TEST_CASE("tcb levels: each component, and the PCESVN, can keep the platform from a level") {
  const intel::TcbInfo info = info_of(usual());
  for (std::size_t i = 0; i < 16; ++i) {
    intel::PlatformSvns have = platform();
    if (have.sgx[i] == 0) continue;
    --have.sgx[i];
    CAPTURE(i);
    CHECK(intel::match_platform(info.levels, have) != &info.levels[0]);
  }
  intel::PlatformSvns have = platform();
  have.pce_svn = 12;
  CHECK(intel::match_platform(info.levels, have) == &info.levels[1]);
}

TEST_CASE("tcb levels: their order in the document is not relied on") {
  mint::intel::Published p = usual();
  std::swap(p.levels[0], p.levels[2]);
  std::swap(p.module_1[0], p.module_1[2]);
  const intel::TcbInfo info = info_of(p);
  CHECK(info.levels[0].word == "UpToDate");
  CHECK(info.levels[2].word == "Revoked");
  CHECK(info.module_for(1)->levels[0].isv_svn == 6);
}

TEST_CASE("tcb evaluation: the earliest date and all advisories of the matched levels") {
  mint::intel::Published p = usual();
  p.qe.front().advisories = {"INTEL-SA-00002", "INTEL-SA-00001"};
  p.module_1[1].advisories = {"INTEL-SA-00002"};
  const intel::TcbInfo info = info_of(p);
  const intel::QeIdentity identity = identity_of(p);
  const intel::Evaluation e = intel::evaluate_tcb(info, &identity, platform({4, 1, 3}), 7);
  CHECK(e.status == out_of_date);
  CHECK(e.platform_status == up_to_date);
  CHECK(rfc3339(*e.date) == "2024-03-13T00:00:00Z");
  CHECK(e.advisories == std::vector<std::string>{"INTEL-SA-00001", "INTEL-SA-00002"});
  CHECK(e.module->id == "TDX_01");
  CHECK(e.qe_level->isv_svn == 7);
}

TEST_CASE("tcb evaluation: module identities by major version, in either case") {
  mint::intel::Published p = usual();
  const intel::TcbInfo info = info_of(p);
  CHECK(info.module_for(0) == &*info.module);
  CHECK(info.module_for(1)->id == "TDX_01");
  CHECK(info.module_for(3)->id == "TDX_03");
  CHECK(info.module_for(2) == nullptr);
  CHECK(info.module_for(0x10) == nullptr);
}

TEST_CASE("tcb explanation: component, have, need and who updates it") {
  const intel::TcbInfo info = info_of(usual());
  const intel::QeIdentity identity = identity_of(usual());
  intel::PlatformSvns have = platform({5, 1, 2});
  have.sgx[0] = 2;
  have.sgx[1] = 1;
  have.pce_svn = 11;
  const Json rows = intel::explain_shortfalls(info, &identity, have, 6);
  REQUIRE(rows.size() == 6);
  const Json* bios = row_named(rows, "sgx component 1");
  REQUIRE(bios != nullptr);
  CHECK((*bios)["have"] == 2);
  CHECK((*bios)["need"] == 3);
  CHECK((*bios)["update"] == "bios");
  CHECK((*bios)["level_date"] == "2024-11-13T00:00:00Z");
  CHECK((*bios)["type"] == "Early Microcode Update");
  CHECK((*row_named(rows, "sgx component 2"))["update"] == "microcode");
  CHECK((*row_named(rows, "pcesvn"))["need"] == 13);
  CHECK((*row_named(rows, "tdx component 3"))["update"] == "microcode");
  CHECK((*row_named(rows, "tdx module TDX_01"))["need"] == 6);
  CHECK((*row_named(rows, "tdx module TDX_01"))["update"] == "tdx module");
  CHECK((*row_named(rows, "quoting enclave"))["have"] == 6);
  CHECK((*row_named(rows, "quoting enclave"))["update"] == "qe");
}

TEST_CASE(
    "tcb explanation: nothing to say where everything is current; the nearest level where there are two") {
  mint::intel::Published p = usual();
  const intel::TcbInfo info = info_of(p);
  const intel::QeIdentity identity = identity_of(p);
  CHECK(intel::explain_shortfalls(info, &identity, platform(), 7).empty());
  p.levels[1].status = "UpToDate";
  intel::PlatformSvns have = platform();
  have.sgx[0] = 1;
  const intel::TcbInfo two = info_of(p);
  const Json rows = intel::explain_shortfalls(two, nullptr, have, 7);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["need"] == 2);
}

TEST_CASE("qe identity: masks; bytes stand in the order of the report") {
  mint::intel::Published p = usual();
  Json j = mint::intel::qe_identity(p);
  j["miscselect"] = "00010000";
  j["miscselectMask"] = "00FF0000";
  const std::string text = json::dump(j);
  const intel::QeIdentity identity = intel::parse_qe_identity(as_bytes(text)).value();
  CHECK(identity.misc_select == std::array<std::uint8_t, 4>{0, 1, 0, 0});
  intel::EnclaveReport report;
  report.misc_select = {0xff, 0x01, 0xff, 0xff};
  report.attributes = {0x15, 0, 0, 0, 0, 0, 0, 0, 0xe7};  // bit 2 and all of XFRM are masked
  report.mr_signer = identity.mr_signer;
  report.isv_prod_id = 2;
  CHECK(intel::compare(identity, report).empty());
  report.misc_select[1] = 0;
  report.isv_prod_id = 3;
  const auto differences = intel::compare(identity, report);
  REQUIRE(differences.size() == 2);
  CHECK(differences[0].field == "miscselect");
  CHECK(differences[1].actual == "3");
}
