// What the result holds beside the verdict, and what it costs.
#include "base/encoding.h"
#include "helpers.h"
#include "providers/shared/intel_dcap/codes.h"

using namespace tee;
using namespace tee::test;

namespace {

std::uint64_t checks_of(const m::Made& made) {
  const Bytes quote = made.quote.encode();
  const CollateralSet collateral = collateral_for(made);
  const AppraisalOptions options = options_for(made);
  const std::uint64_t before = crypto::signature_checks_done();
  REQUIRE(passes(judge(quote, collateral, options)));
  return crypto::signature_checks_done() - before;
}

Bytes bytes_claim(const Findings& found, const char* name) { return std::get<Bytes>(found.claims.at(name)); }

}  // namespace

TEST_CASE("intel: an appraisal costs nine signature checks") {
  CHECK(checks_of(made_tdx()) == 9);
  CHECK(checks_of(made_sgx()) == 9);
  CHECK(checks_of(made(m::usual_world(m::For::tdx, 5, m::Body::td15))) == 9);
}

TEST_CASE("intel: collateral given twice is not verified twice") {
  const m::Made w = made_tdx();
  CollateralSet twice = collateral_for(w);
  twice.merge(collateral_for(w));
  const std::uint64_t before = crypto::signature_checks_done();
  CHECK(passes(judge(w.quote.encode(), twice, options_for(w))));
  CHECK(crypto::signature_checks_done() - before == 9);
}

TEST_CASE("intel: chain, trust, inputs and expiry of the result") {
  const m::Made w = made_tdx();
  const Findings found = judge(w);
  CAPTURE(show(found));
  REQUIRE(passes(found));
  REQUIRE(found.chain.size() == 3);
  CHECK(found.chain[0].role == "pck leaf");
  CHECK(found.chain[1].role == "pck ca");
  CHECK(found.chain[2].role == "root (custom)");
  CHECK(found.trust == Trust::custom);
  CHECK(found.valid_until == w.world.published.next_update);
  std::set<std::string> roles;
  for (const auto& input : found.inputs) roles.insert(input.role);
  CHECK(roles == std::set<std::string>{"crl", "tcb_info", "qe_identity", "tcb signing"});
  CHECK(found.judged_bytes == w.quote.encode().size());
  CHECK(found.signed_bytes_sha256 ==
        crypto::digest(crypto::Hash::sha256, ByteView(w.quote.encode()).first(632)));
  REQUIRE(found.tcb.has_value());
  CHECK(found.tcb->status == "UpToDate");
  CHECK(found.tcb->evaluation == 18);
  CHECK(found.tcb->components.empty());
  CHECK(found.tcb->detail["launch"]["module"]["id"] == "TDX_01");
  CHECK(found.tcb->detail["launch"]["qe"]["isv_svn"] == 7);
}

TEST_CASE("intel: the replay identity does not change with what is not signed") {
  m::Row row;
  row.made = [](m::Made& w) {
    w.quote.tail = Bytes(70);
    w.quote.certification_type = 4;
    w.quote.certification = m::pem_of({w.issued.leaf});
  };
  CHECK(judge(made_tdx()).signed_bytes_sha256 == judge(made_tdx(row)).signed_bytes_sha256);
}

TEST_CASE("tdx: claims come from the report and the PCK certificate") {
  const Findings found = judge(made(m::usual_world(m::For::tdx, 5, m::Body::td15)));
  CHECK(bytes_claim(found, "mr_td") == Bytes(48, 0x7d));
  CHECK(bytes_claim(found, "measurement") == Bytes(48, 0x7d));
  CHECK(bytes_claim(found, "rtmr2") == Bytes(48, 0xa2));
  CHECK(bytes_claim(found, "rtmr3") == Bytes(48));
  CHECK(bytes_claim(found, "mr_servicetd") == Bytes(48));
  CHECK(hex(bytes_claim(found, "td_attributes")) == "0000001000000000");
  CHECK(hex(bytes_claim(found, "fmspc")) == "00806f050000");
  CHECK(bytes_claim(found, "platform_instance_id") == Bytes(16, 0x61));
  CHECK(std::get<bool>(found.claims.at("debug")) == false);
  CHECK(std::get<std::string>(found.claims.at("firmware_version")) == "TDX module 01, SVN 6");
  CHECK(found.binding.report_data->size() == 64);
  CHECK(found.vendor["pck"]["sgx_type"] == "Scalable");
  CHECK(found.vendor["body"]["tee_tcb_svn2"] == "06010300000000000000000000000000");
}

TEST_CASE("intel: every claim has a row in the table of claims, with its kind and length") {
  for (const auto& [type, w] :
       {std::pair(EvidenceType::tdx_quote, made(m::usual_world(m::For::tdx, 5, m::Body::td15))),
        std::pair(EvidenceType::sgx_quote, made_sgx())}) {
    const auto stated = [t = type](const std::string& name) {
      const auto table = claim_table();
      const auto is = [&](const ClaimRow& r) { return r.type == t && r.name == name; };
      return std::find_if(table.begin(), table.end(), is);
    };
    const Findings found = judge(w);
    for (const auto& entry : found.claims) {
      const std::string name = entry.first;
      CAPTURE(name);
      const auto row = stated(name);
      REQUIRE(row != claim_table().end());
      if (const Bytes* bytes = std::get_if<Bytes>(&entry.second)) CHECK(bytes->size() == row->size);
    }
  }
}

TEST_CASE("tdx: relaunch advice names the parts of the TD that launched on older ones") {
  m::World w = m::usual_world(m::For::tdx, 5, m::Body::td15);
  m::put(w.quote.body, m::td::kTeeTcbSvn, Bytes{4, 1, 2});
  const Findings found = judge(made(w));
  REQUIRE(found.tcb.has_value());
  CHECK(found.tcb->status == "TDRelaunchAdvised");
  CHECK(found.tcb->detail["launch"]["status"] == "OutOfDate");
  CHECK(found.tcb->detail["current"]["status"] == "UpToDate");
  REQUIRE(found.tcb->components.size() == 2);
  for (const Json& row : found.tcb->components) CHECK(row["update"] == "relaunch");
}

TEST_CASE("intel: all faults of one quote are reported, not the first") {
  m::Row row;
  row.world = [](m::World& w) {
    w.published.levels.front().status = "OutOfDate";
    m::put(w.quote.body, m::td::kAttributes, Bytes{1});
    w.pck_crl.revoked.push_back(w.pki.leaf.spec.serial);
  };
  row.made = [](m::Made& w) { w.quote.signature = m::flip_bit(w.quote.signature, 5); };
  const Findings found = judge(made_tdx(row));
  for (const char* id : {"intel.quote.signature", "intel.tcb", "tdx.debug", "intel.crl.pck"}) {
    CAPTURE(id);
    CHECK(found.failed(id));
  }
  CHECK_FALSE(found.failed("intel.qe.binding"));
  CHECK_FALSE(found.failed("intel.pck.chain"));
}

TEST_CASE("intel: what is not at hand is named, and nothing of it fails") {
  const m::Made w = made_tdx();
  const Findings found = judge(w.quote.encode(), {}, options_for(w));
  CHECK_FALSE(failed(found));
  for (const char* id : {"intel.crl.root", "intel.crl.pck", "intel.tcb_info.signature",
                         "intel.qe_identity.signature", "intel.qe.identity", "intel.tcb", "tdx.seam"}) {
    CAPTURE(id);
    const Check* c = found.find(id);
    REQUIRE(c != nullptr);
    CHECK(c->status == CheckStatus::inconclusive);
    CHECK(c->enable_with == "--collateral");
  }
  REQUIRE(found.tcb.has_value());
  CHECK(found.tcb->status == "NotStated");
}

TEST_CASE("intel: certification data of type 1 with the same platform id makes the certificate answerable") {
  m::Row row;
  row.made = [](m::Made& w) {
    w.quote.certification_type = 1;
    Bytes data = w.world.platform.ppid;
    append(data, w.world.platform.components);
    append(data, Bytes{13, 0, 0, 0});
    w.quote.certification = data;
    w.quote.qe_report_signature = m::flip_bit(w.quote.qe_report_signature, 40);
  };
  const m::Made w = made_tdx(row);
  CollateralSet collateral = collateral_for(w);
  collateral.merge(
      read_collateral(m::pem_of({w.issued.leaf, w.issued.ca}), "pck.pem", Origin::supplied).value());
  CHECK(judge(w.quote.encode(), collateral, options_for(w)).failed("intel.qe.report.signature"));
}

TEST_CASE("intel: a quote that is cut still shows its claims") {
  const m::Made w = made_tdx();
  const Bytes quote = w.quote.encode();
  const Findings found = judge(ByteView(quote).first(700), {}, options_for(w));
  CHECK(found.failed("intel.quote.format"));
  CHECK(bytes_claim(found, "mr_td") == Bytes(48, 0x7d));
}

TEST_CASE("tdx: evidence of other forms is refused by name") {
  Bytes report(1024);
  report[0] = 0x81;
  const auto hash = crypto::sha384(ByteView(report).subspan(512));
  m::put(report, 80, hash);
  REQUIRE(tdx::verifier().recognise(report));
  CHECK(judge(report, {}, {}).checks.at(0).code->name == "tdx.local_report");
  CHECK_FALSE(tdx::verifier().inspect(report).has_value());
  Bytes cwt(9000, 0x5a);
  cwt[0] = 0xd8;
  cwt[1] = 0x3d;
  REQUIRE(tdx::verifier().recognise(cwt));
  CHECK(judge(cwt, {}, {}).checks.at(0).code->name == "tdx.quote_cwt");
  // The vendor's id where a quote has it: one room claims it, whatever the first bytes are (S20).
  m::put(cwt, 12, *from_hex("939a7233f79c4ca9940a0db3957f0607"));
  CHECK(tdx::verifier().recognise(cwt) != sgx::verifier().recognise(cwt));
}

TEST_CASE("tdx and sgx: which pins answer the question of the workload (S5)") {
  const Findings found = judge(made_tdx());
  const auto ask = [&](const Verifier& v, std::set<std::string> pinned) {
    return v.workload(pinned, found, {});
  };
  CHECK(ask(tdx::verifier(), {"mr_td", "rtmr1", "rtmr2"}).answered);
  CHECK(ask(tdx::verifier(), {"mr_td", "rtmr1", "rtmr2"}).remark == nullptr);
  CHECK(ask(tdx::verifier(), {"measurement"}).remark == &code::workload_firmware_only);
  CHECK(ask(tdx::verifier(), {"mr_td", "rtmr1"}).remark == &code::workload_firmware_only);
  CHECK_FALSE(ask(tdx::verifier(), {"rtmr1", "rtmr2"}).answered);
  CHECK(ask(sgx::verifier(), {"mr_enclave"}).answered);
  CHECK(ask(sgx::verifier(), {"mr_signer", "isv_prod_id", "isv_svn"}).answered);
  CHECK_FALSE(ask(sgx::verifier(), {"mr_signer", "isv_prod_id"}).answered);
  CHECK_FALSE(ask(sgx::verifier(), {"mr_signer", "isv_svn"}).answered);
}
