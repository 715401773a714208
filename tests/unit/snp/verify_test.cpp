// What the room states beyond pass and fail: every check every time, areas, claims, expiry.
#include <set>

#include "base/encoding.h"
#include "helpers.h"

using namespace tee;
using namespace tee::test;

namespace {

constexpr const char* kAlways[] = {
    "snp.report.form",
    "snp.report.version",
    "snp.report.reserved",
    "snp.policy.reserved",
    "snp.report.key_info",
    "snp.report.chip_key",
    "snp.tcb.layout",
    "snp.report.signature_algorithm",
    "snp.report.signature",
    "snp.vek.found",
    "snp.vek.profile",
    "snp.vek.validity",
    "snp.vek.tcb",
    "snp.vek.hwid",
    "snp.chain.ask",
    "snp.chain.ark",
    "snp.revocation",
    "snp.product",
    "snp.policy.debug",
    "snp.policy.migration",
    "snp.vmpl",
    "snp.tcb.order",
    "snp.tcb.floor",
    "snp.firmware.floor",
    "snp.platform_info",
};

void check_all_there(const Findings& f) {
  std::set<std::string> seen;
  for (const Check& c : f.checks) {
    CAPTURE(c.id);
    CHECK(seen.insert(c.id).second);
    CHECK((c.status == CheckStatus::pass || c.code != nullptr));
    CHECK_FALSE(c.message.empty());
    CHECK(c.message.find('\n') == std::string::npos);
  }
  for (const char* id : kAlways) {
    CAPTURE(id);
    CHECK(seen.contains(id));
  }
}

}  // namespace

TEST_CASE("every check is there once, whatever else is wrong") {
  const Made m = made();
  check_all_there(judge(m.report, collateral_for(m), options_for(m)));
  check_all_there(judge(m.report, {}, options_for(m)));
  check_all_there(judge(Bytes(1184), collateral_for(m), options_for(m)));
  check_all_there(judge(Bytes(1184, 0xff), collateral_for(m), options_for(m)));
  Bytes other = m.report;
  other[0x180] ^= 1;
  check_all_there(judge(other, collateral_for(m), options_for(m)));
  CollateralSet no_ask;
  no_ask.certificates = {item(m.vek)};
  check_all_there(judge(m.report, no_ask, options_for(m)));
  check_all_there(judge(m.report, collateral_for(m), AppraisalOptions{}));
}

TEST_CASE("several faults are all named") {
  mint::snp::Row row;
  row.scene = [](mint::snp::Scene& s) {
    s.report.policy |= 3u << 18;
    s.report.vmpl = 2;
    s.vek.not_after = mint::snp::kNow - Seconds(1);
    mint::snp::set_extension(s.vek, "3.3", mint::snp::spl(1));
  };
  row.bytes = [](Bytes& b) { b[0x2d0] = 1; };
  const Made m = *mint::snp::make_scene(row);
  const Findings f = judge(m.report, collateral_for(m), options_for(m));
  for (const char* id : {"snp.policy.debug", "snp.policy.migration", "snp.vmpl", "snp.vek.validity",
                         "snp.vek.tcb", "snp.report.signature"}) {
    CAPTURE(id);
    CHECK(f.failed(id));
  }
  CHECK(status_of(f, "snp.chain.ark") == CheckStatus::pass);
}

TEST_CASE("claims under their normalised names") {
  const Made m = made(Line::turin, 5);
  const Findings f = judge(m.report, collateral_for(m), options_for(m));
  const auto text = [&f](const char* name) { return std::get<std::string>(f.claims.at(name)); };
  const auto number = [&f](const char* name) { return std::get<std::uint64_t>(f.claims.at(name)); };
  CHECK(std::get<Bytes>(f.claims.at("measurement")) == to_bytes(m.scene.report.measurement));
  CHECK(std::get<Bytes>(f.claims.at("cpuid_fms")) == Bytes{0x1a, 0x02, 0x01});
  CHECK(text("product") == "Turin");
  CHECK(text("firmware_version") == "1.55.40");
  CHECK(text("signing_key") == "vcek");
  CHECK(number("policy") == 0x30000);
  CHECK(number("version") == 5);
  CHECK(std::get<bool>(f.claims.at("debug")) == false);
  CHECK(std::get<Json>(f.claims.at("reported_tcb")) ==
        Json{{"bl", 9}, {"tee", 2}, {"snp", 23}, {"ucode", 84}, {"fmc", 3}});
  CHECK_FALSE(f.claims.contains("csp_id"));
  CHECK(f.vendor["report"]["launch_mit_vector"] == "0x1");
  CHECK(f.binding.report_data == to_bytes(m.scene.report.report_data));
  REQUIRE(f.tcb.has_value());
  CHECK(f.tcb->status == "NotStated");
}

TEST_CASE("claims of every product are in the table, with their kind and size") {
  for (const Line line : {Line::milan, Line::genoa, Line::turin})
    for (const Kind kind : {Kind::vcek, Kind::vlek}) {
      const Made m = made(line, 5, kind);
      const Findings f = judge(m.report, collateral_for(m), options_for(m));
      for (const auto& claim : f.claims) {
        const std::string& name = claim.first;
        const ClaimValue& value = claim.second;
        CAPTURE(name);
        const ClaimRow* row = nullptr;
        for (const ClaimRow& r : claim_table())
          if (r.type == EvidenceType::sev_snp_report && r.name == name) row = &r;
        REQUIRE(row != nullptr);
        if (row->kind == ClaimKind::bytes) CHECK(std::get<Bytes>(value).size() == row->size);
        if (row->kind == ClaimKind::integer) CHECK(std::holds_alternative<std::uint64_t>(value));
        if (row->kind == ClaimKind::text) CHECK(std::holds_alternative<std::string>(value));
      }
    }
}

TEST_CASE("a version 2 report gets its product from the chain that verified, and from nothing else") {
  const Made m = made(Line::milan, 2);
  CHECK(std::get<std::string>(judge(m.report, collateral_for(m), options_for(m)).claims.at("product")) ==
        "Milan");
  CHECK_FALSE(judge(m.report, collateral_for(m), AppraisalOptions{}).claims.contains("product"));
  CHECK_FALSE(judge(m.report, {}, options_for(m)).claims.contains("product"));
}

TEST_CASE("bad-unknown-version: its fields state nothing") {
  Bytes report = made().report;
  report[0] = 6;
  const Findings f = judge(report, {}, {});
  CHECK(code_of(f, "snp.report.version") == "evidence.version");
  CHECK(f.claims.empty());
  CHECK_FALSE(f.binding.report_data.has_value());
}

TEST_CASE("valid_until is the earliest end of all that took part") {
  const Made m = made();
  CollateralSet set = collateral_for(m);
  CHECK(judge(m.report, set, options_for(m)).valid_until == m.scene.vek.not_after);
  CrlItem crl;
  const mint::CrlSpec spec = mint::snp::crl_spec(Line::genoa, mint::snp::kNow);
  crl.crl = *crypto::parse_crl(*mint::make_crl(spec, mint::snp::ca_key(mint::snp::Ca::ark)));
  set.crls.push_back(crl);
  CHECK(judge(m.report, set, options_for(m)).valid_until == spec.next_update);
}

TEST_CASE("the chain is listed from the VEK to the anchor") {
  const Made m = made();
  const Findings f = judge(m.report, collateral_for(m), options_for(m));
  REQUIRE(f.chain.size() == 3);
  CHECK(f.chain[0].role == "vcek");
  CHECK(f.chain[1].role == "intermediate");
  CHECK(f.chain[2].role == "anchor (custom)");
  CHECK(f.chain[0].issuer == f.chain[1].subject);
  CHECK(f.chain[1].issuer == f.chain[2].subject);
}

TEST_CASE("only the measurement names the workload (S5)") {
  const auto answered = [](std::set<std::string> pinned) {
    return snp::verifier().workload(pinned, {}, {}).answered;
  };
  CHECK(answered({"measurement"}));
  CHECK(answered({"measurement", "host_data"}));
  CHECK_FALSE(answered({}));
  CHECK_FALSE(answered({"host_data", "report_data", "id_key_digest", "debug"}));
}
