// The hardware below: reports that are no guest's of AMD, or of another level, and forms that say two things.
#include "base/encoding.h"
#include "mint/vtpm/scene.h"

namespace tee::mint::vtpm {

namespace {

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code, int exit = 1) {
  return rows.emplace_back(Row{std::move(name), std::move(what), exit, std::move(code)});
}

void add_report(std::vector<Row>& rows) {
  bad(rows, "bad-vmpl-2_S13", "the report was asked for by the guest below the paravisor", "snp.vmpl").scene =
      [](Scene& s) { s.host.signed_part = [](Bytes& report) { snp::set_u32(report, 0x30, 2); }; };
  Row& allowed = bad(rows, "bad-vmpl-2-allowed_S10", "such a report, where levels up to 3 are accepted of SNP guests", "snp.vmpl");
  allowed.scene = [](Scene& s) { s.host.signed_part = [](Bytes& report) { snp::set_u32(report, 0x30, 2); }; };
  allowed.ask = [](const Made&, Case& c) {
    c.flags.insert(c.flags.end(), {"--allow-vmpl", "3"});
    return Status();
  };
  bad(rows, "bad-debug-bit-set", "the debug bit was set after signing", "signature.invalid").scene =
      [](Scene& s) { s.host.bytes = [](Bytes& report) { report[0x0a] |= 0x08; }; };
  Row& own = bad(rows, "bad-debug-own-chain", "a debug guest, signed under roots of the attacker's",
                 "chain.untrusted");
  own.scene = [](Scene& s) { s.host.signed_part = [](Bytes& report) { report[0x0a] |= 0x08; }; };
  // AMD's own roots are in force: the minted ones are the attacker's.
  own.ask = [](const Made&, Case& c) {
    c.anchors.clear();
    return Status();
  };
  Row& ark = bad(rows, "bad-own-ark", "an ARK that the attacker made comes along", "chain.untrusted");
  ark.ask = [](const Made& made, Case& c) {
    c.anchors.clear();
    c.collateral.push_back({"ark.der", made.host.ark});
    return Status();
  };
  bad(rows, "bad-debug_S13", "the guest policy allows debugging", "debug.enabled").scene = [](Scene& s) {
    s.host.signed_part = [](Bytes& report) { report[0x0a] |= 0x08; };
  };
}

void add_vcek(std::vector<Row>& rows) {
  bad(rows, "bad-other-chips-vcek", "the VCEK beside the report is another chip's", "chain.missing", 4)
      .scene = [](Scene& s) {
    s.evidence = [](Json& e) {
      snp::Row host;
      const auto made = snp::make_scene(host);
      if (!made) return;
      snp::ReportSpec report = made->scene.report;
      report.chip_id[5] ^= 1;
      if (const auto vcek = snp::other_vek(*made, report, "another chip"))
        e["vcek"] = base64(*vcek, Base64::url);
    };
  };
  bad(rows, "bad-no-vcek", "no VCEK at all", "chain.missing", 4).scene = [](Scene& s) {
    s.evidence = [](Json& e) { e.erase("vcek"); };
  };
  bad(rows, "bad-vcek-malformed", "the VCEK is no certificate", "chain.malformed").scene = [](Scene& s) {
    s.evidence = [](Json& e) { e["vcek"] = "AAAA"; };
  };
}

void add_forms(std::vector<Row>& rows) {
  const auto form = [&](std::string name, std::string what, std::function<void(Json&)> change) -> Row& {
    Row& row = bad(rows, std::move(name), std::move(what), "input.malformed");
    row.scene = [change = std::move(change)](Scene& s) { s.evidence = change; };
    return row;
  };
  form("bad-two-quotes_S20", "two quotes under two names", [](Json& e) { e["quote"] = e["tpm_quote"]; });
  form("bad-two-reports_S20", "two HCL reports under two names",
       [](Json& e) { e["report"] = e["hcl_report"]; });
  form("bad-vcek-and-td-quote", "an SNP certificate and a TD quote", [](Json& e) { e["td_quote"] = "AAAA"; });
  form("bad-plain-texts_S20", "texts that are called quote and report", [](Json& e) {
    e = Json{{"quote", "AAAA"}, {"report", "AAAA"}};
  }).code = "evidence.ambiguous";
  form("bad-byte-list", "a list holds a number above 255", [](Json& e) {
    e["tpm_quote"]["message"] = Json::array({255, 256});
  });
  form("bad-pcr-no-hex", "a PCR value is no hex", [](Json& e) { e["tpm_quote"]["pcrs"][3] = "zz"; });
  form("bad-no-pcrs", "no PCR values", [](Json& e) { e["tpm_quote"].erase("pcrs"); });
  Row& platform = form("bad-platform-tdx", "attestation-rs names TDX around an SNP report", [](Json&) {});
  platform.ask = [](const Made& made, Case& c) -> Status {
    TEE_TRY(Json inner, json::parse(as_text(encode_evidence(made))));
    c.evidence.bytes =
        to_bytes(as_bytes(json::dump(Json{{"platform", "az-tdx"}, {"evidence", std::move(inner)}})));
    return {};
  };
}

}  // namespace

void add_hardware_rows(std::vector<Row>& rows) {
  add_report(rows);
  add_vcek(rows);
  add_forms(rows);
}

}  // namespace tee::mint::vtpm
