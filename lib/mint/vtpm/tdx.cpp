// The same VM on TDX: a TDREPORT inside the HCL report, and beside it the quote that the host's service made of it. Microsoft,
// "Virtual TPMs in Azure confidential VMs"; Intel TDX module ABI, TDREPORT_STRUCT.
#include <algorithm>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "mint/intel/world.h"
#include "mint/vtpm/scene.h"

namespace tee::mint::vtpm {

namespace {

constexpr std::size_t kTdReport = 1024, kReportDataAt = 128, kTdInfoAt = 512, kMrTdInInfo = 16;
constexpr std::uint32_t kTdxReportType = 4;

HclSpec tdx_frame() {
  HclSpec spec;
  spec.report_type = kTdxReportType;
  return spec;
}

// Everything of one TDX case, and what a variant changes. What is signed is signed over the changed fields.
struct Td {
  Form form = Form::coco_v1;
  Json runtime = usual_runtime(usual_user_data());
  Key quote_key = Key::attestation;
  HclSpec hcl = tdx_frame();
  intel::World world = intel::usual_world(intel::For::tdx, 4, intel::Body::td10);
  std::function<void(Bytes&)> report_data = {};   // of TDREPORT and quote
  std::function<void(Bytes&)> quoted_data = {};   // of the quote alone
  std::function<void(Bytes&)> td_report = {};     // its MAC means nothing outside the machine
  std::function<void(Bytes&)> bound_text = {};    // the runtime data, after its digest was taken
  std::function<void(Json&)> evidence = {};
  std::string platform = "az-tdx";                // of attestation-rs
  bool own_root = false;                          // Intel's pinned root is in force
  bool paravisor_pinned = true;
  std::vector<std::string> flags = {};            // instead of the whole question
};

void put(Bytes& into, std::size_t at, ByteView b) { std::copy(b.begin(), b.end(), into.begin() + static_cast<std::ptrdiff_t>(at)); }

Bytes td_report(const Td& td, ByteView report_data) {
  Bytes out(kTdReport);
  out[0] = 0x81;  // REPORTTYPE: TDX
  put(out, kReportDataAt, report_data);
  put(out, kTdInfoAt + kMrTdInInfo, ByteView(td.world.quote.body).subspan(intel::td::kMrTd, 48));
  return out;
}

Json written(const Td& td, ByteView attest, ByteView signature, ByteView hcl, ByteView quote) {
  const bool numbers = td.form == Form::coco_v0;
  const auto number_list = [](ByteView b) { return Json(to_bytes(b)); };
  Json pcrs = Json::array();
  for (const Bytes& value : usual_pcrs()) pcrs.push_back(numbers ? number_list(value) : Json(hex(value)));
  if (numbers)
    return {{"quote", {{"message", number_list(attest)}, {"signature", number_list(signature)}, {"pcrs", pcrs}}},
            {"report", number_list(hcl)},
            {"td_quote", number_list(quote)}};
  return {{"version", 1},
          {"tpm_quote", {{"message", hex(attest)}, {"signature", hex(signature)}, {"pcrs", pcrs}}},
          {"hcl_report", base64(hcl, Base64::url)},
          {"td_quote", base64(quote, Base64::url)}};
}

std::vector<std::string> question(const Td& td) {
  std::vector<std::string> flags = full_question();
  const ByteView mr_td = ByteView(td.world.quote.body).subspan(intel::td::kMrTd, 48);
  if (td.paravisor_pinned) flags.insert(flags.end(), {"--expect", "mr_td=" + hex(mr_td)});
  return flags;
}

Result<Case> make_td(const Row& row, const std::function<void(Td&)>& change) {
  Td td;
  if (change) change(td);
  Bytes runtime = to_bytes(as_bytes(json::dump(td.runtime)));
  Bytes report_data = to_bytes(crypto::sha256(runtime));
  report_data.resize(64, 0);
  if (td.report_data) td.report_data(report_data);
  Bytes quoted = report_data;
  if (td.quoted_data) td.quoted_data(quoted);
  intel::put(td.world.quote.body, intel::td::kReportData, quoted);
  TEE_TRY(const intel::Made made, intel::make(td.world, intel::Row{}));

  Bytes report = td_report(td, report_data);
  if (td.td_report) td.td_report(report);
  if (td.bound_text) td.bound_text(runtime);
  QuoteSpec quote;
  quote.extra_data = usual_nonce();
  const Bytes attest = encode_attest(quote);
  TEE_TRY(const Bytes signature, sign_attest(attest, {.key = td.quote_key}));
  Json inner = written(td, attest, signature, encode_hcl(td.hcl, report, runtime), made.quote.encode());
  if (td.evidence) td.evidence(inner);
  if (td.form == Form::attestation_rs) inner = Json{{"platform", td.platform}, {"evidence", std::move(inner)}};

  Case out;
  out.name = row.name;
  out.evidence = {"evidence.json", to_bytes(as_bytes(json::dump(inner)))};
  out.collateral = made.collateral();
  if (!td.own_root)
    for (const char* role : {"tdx/device", "tdx/collateral"}) out.anchors.push_back({role, {"root.der", made.issued.root}});
  out.at = made.world.at;
  out.exit = row.exit;
  out.code = row.code;
  out.flags = td.flags.empty() ? question(td) : td.flags;
  return out;
}

void add(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code, std::function<void(Td&)> change = {}) {
  Row row{std::move(name), std::move(what), exit, std::move(code)};
  row.other = [change = std::move(change)](const Row& r) { return make_td(r, change); };
  rows.push_back(std::move(row));
}

void add_good(std::vector<Row>& rows) {
  add(rows, "good-tdx", "the VM on TDX, its paravisor pinned by MRTD", 0, "");
  add(rows, "good-tdx-coco-v0", "lists of numbers", 0, "", [](Td& t) { t.form = Form::coco_v0; });
  add(rows, "good-tdx-attestation-rs", "a platform around", 0, "", [](Td& t) { t.form = Form::attestation_rs; });
  add(rows, "good-tdx-quote-v5", "a quote of version 5, where report data stands elsewhere", 0, "",
      [](Td& t) { t.world = intel::usual_world(intel::For::tdx, 5, intel::Body::td15); });
  add(rows, "good-tdx-genuine-only_S10", "an unknown paravisor, asked only whether it is genuine", 0, "",
      [](Td& t) { t.flags = {"--genuine-only"}; });
}

void add_bad(std::vector<Row>& rows) {
  add(rows, "bad-tdx-paravisor-unpinned_S10", "nobody said which paravisor is expected", 4, "azure.paravisor.unpinned",
      [](Td& t) { t.paravisor_pinned = false; });
  add(rows, "bad-tdx-other-paravisor_S10", "another MRTD is expected", 1, "workload.mismatch", [](Td& t) {
    t.flags = full_question();
    t.flags.insert(t.flags.end(), {"--expect", "mr_td=" + std::string(96, '7')});
  });
  add(rows, "bad-tdx-no-quote", "only the TDREPORT, whose MAC nobody else can check", 4, "chain.missing",
      [](Td& t) {
        t.evidence = [](Json& e) { e.erase("td_quote"); };
        t.flags = {"--genuine-only", "--nonce", hex(usual_nonce())};
      });
  add(rows, "bad-tdx-quote-of-other-vm", "the quote is another VM's", 1, "azure.td_quote_mismatch",
      [](Td& t) { t.quoted_data = [](Bytes& b) { b[0] ^= 1; }; });
  add(rows, "bad-tdx-quote-differs-in-last-byte", "the quote differs in the last of the 64 bytes", 1, "azure.td_quote_mismatch",
      [](Td& t) { t.quoted_data = [](Bytes& b) { b[63] ^= 1; }; });
  add(rows, "bad-tdx-report-data-second-half", "report data has a byte after the digest", 1, "azure.report_data",
      [](Td& t) { t.report_data = [](Bytes& b) { b[40] = 1; }; });
  add(rows, "bad-tdx-report-changed", "the TDREPORT was written anew for other runtime data", 1, "azure.td_quote_mismatch",
      [](Td& t) {
        t.bound_text = [](Bytes& b) { b.insert(b.begin() + 1, ' '); };
        Bytes changed = to_bytes(as_bytes(json::dump(t.runtime)));
        changed.insert(changed.begin() + 1, ' ');
        Bytes forged = to_bytes(crypto::sha256(changed));
        forged.resize(64, 0);
        t.td_report = [forged](Bytes& b) { put(b, kReportDataAt, forged); };
      });
  add(rows, "bad-tdx-own-key", "the attestation key was replaced by the attacker's", 1, "azure.report_data", [](Td& t) {
    t.quote_key = Key::encryption;
    t.bound_text = [](Bytes& b) {
      Json runtime = usual_runtime(usual_user_data());
      runtime["keys"][0] = jwk("HCLAkPub", tpm_key(Key::encryption).public_key());
      b = to_bytes(as_bytes(json::dump(runtime)));
    };
  });
  add(rows, "bad-tdx-said-to-be-snp", "a TDREPORT that is said to be an SNP report", 1, "azure.report_data",
      [](Td& t) { t.hcl.report_type = 2; });
  add(rows, "bad-tdx-debug_S13", "the TD can be debugged", 1, "debug.enabled", [](Td& t) {
    intel::put(t.world.quote.body, intel::td::kAttributes, Bytes{1});
  });
  add(rows, "bad-tdx-own-root", "quote and collateral chain to a root of the attacker's", 1, "chain.untrusted",
      [](Td& t) { t.own_root = true; });
  add(rows, "bad-tdx-platform-snp", "attestation-rs names SNP around a TD quote", 1, "input.malformed", [](Td& t) {
    t.form = Form::attestation_rs;
    t.platform = "az-snp";
  });
  add(rows, "bad-tdx-quote-cut", "the TD quote is cut off in its body", 1, "input.malformed", [](Td& t) {
    t.evidence = [](Json& e) { e["td_quote"] = e["td_quote"].get<std::string>().substr(0, 800); };
  });
}

}  // namespace

void add_tdx_rows(std::vector<Row>& rows) {
  add_good(rows);
  add_bad(rows);
}

}  // namespace tee::mint::vtpm
