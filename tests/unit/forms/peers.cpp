// JSON forms of other tools.
#include "samples.h"

using namespace tee;
using namespace tee::test;

namespace {

Json tangle(std::string_view provider, std::string_view format, ByteView evidence) {
  return {{"provider", provider},          {"format", format},
          {"issued_at_unix", 1},           {"measurement", {{"algorithm", "sha384"}, {"digest", "ee"}}},
          {"public_key_binding", nullptr}, {"claims", {{"debug_mode", false}}},
          {"evidence", ints(evidence)}};
}
Json tenzro(std::string_view vendor, ByteView data, ByteView quote) {
  return {{"id", "0"},
          {"vendor", vendor},
          {"user_data", Json::array()},
          {"attestation_data", ints(data)},
          {"certificates", Json::array()},
          {"timestamp", 4102444800000},
          {"metadata", Json::object()},
          {"quote", ints(quote)},
          {"measurement", Json::array()},
          {"signature", Json::array()},
          {"vendor_data", Json::array()}};
}
Json sandbox(std::string_view tee_type, ByteView evidence) {
  return {{"tee_type", tee_type},
          {"evidence", ints(evidence)},
          {"measurement", ints(Bytes(48, 1))},
          {"timestamp", 1}};
}
std::string form_of(const Json& j) { return recognise(j).form; }

}  // namespace

TEST_CASE("forms: Tangle attestation report") {
  const verify::Subject s = recognise(tangle("amd_sev_snp", "sev_snp_report", snp_report()));
  CHECK(taken_for(s) == "amd_sev_snp");
  CHECK(s.form == "tangle-report");
  CHECK(s.evidence == snp_report());
  CHECK(taken_for(tangle("intel_tdx", "tdx_quote", tdx_quote())) == "intel_tdx");
}

TEST_CASE("bad-tangle-report: mock format, no evidence, another type") {
  CHECK(taken_for(tangle("aws_nitro", "mock", Bytes{1, 2, 3})) == "evidence.type_mismatch");
  CHECK(taken_for(tangle("aws_nitro", "mock", nitro_document())) == "evidence.type_mismatch");
  CHECK(taken_for(tangle("intel_tdx", "tdx_quote", Bytes())) == "evidence.unrecognised");
  CHECK(taken_for(tangle("intel_tdx", "tdx_quote", snp_report())) == "evidence.type_mismatch");
  CHECK(taken_for(tangle("intel_tdx", "sev_snp_report", snp_report())) == "evidence.type_mismatch");
  CHECK(taken_for(tangle("nobody", "sev_snp_report", snp_report())) == "evidence.type_mismatch");
}

TEST_CASE("forms: Tangle sandbox report, bare and wrapped") {
  const Bytes inner =
      to_bytes(as_bytes(Json{{"report", hex(snp_report())}, {"amd_generation", "milan"}}.dump()));
  for (const Json& j :
       {sandbox("Sev", snp_report()), sandbox("Sev", inner), Json{{"attestation", sandbox("Sev", inner)}}}) {
    const verify::Subject s = recognise(j);
    CHECK(taken_for(s) == "amd_sev_snp");
    CHECK(s.form == "sandbox-report");
    CHECK(s.evidence == snp_report());
  }
  const Bytes quote =
      to_bytes(as_bytes(Json{{"quote", hex(tdx_quote())}, {"collateral", {{"tcb_info", "{}"}}}}.dump()));
  const verify::Subject tdx = recognise(sandbox("Tdx", quote));
  CHECK(taken_for(tdx) == "intel_tdx");
  CHECK(tdx.embedded.documents.size() == 1);
}

TEST_CASE("bad-sandbox-report: placeholder, None, another type, nested") {
  CHECK(taken_for(Json{{"tee_type", "Tdx"}, {"status", "pending"}}) == "evidence.unrecognised");
  CHECK(taken_for(sandbox("None", snp_report())) == "evidence.type_mismatch");
  CHECK(taken_for(sandbox("Tdx", snp_report())) == "evidence.type_mismatch");
  CHECK(taken_for(sandbox("Sev", as_bytes(sandbox("Sev", snp_report()).dump()))) == "input.malformed");
  CHECK(taken_for(Json{{"attestation", {{"attestation", sandbox("Sev", snp_report())}}}}) ==
        "evidence.ambiguous");
}

TEST_CASE("forms: Tenzro report and request") {
  const verify::Subject a = recognise(tenzro("AmdSevSnp", snp_report(), Bytes()));
  CHECK(taken_for(a) == "amd_sev_snp");
  CHECK(a.form == "tenzro-report");
  CHECK(taken_for(tenzro("IntelTdx", Bytes(), tdx_quote())) == "intel_tdx");
  const verify::Subject r =
      recognise(Json{{"vendor", "amd_sev_snp"}, {"report_data", "0x" + hex(snp_report())}});
  CHECK(taken_for(r) == "amd_sev_snp");
  CHECK(r.form == "tenzro-request");
  CHECK(taken_for(Json{{"provider", "sev-snp"}, {"attestation", hex(snp_report())}}) == "amd_sev_snp");
}

TEST_CASE("bad-tenzro-report: two evidence fields, simulated text, one byte") {
  CHECK(taken_for(tenzro("AmdSevSnp", snp_report(), snp_report())) == "evidence.ambiguous");
  CHECK(taken_for(tenzro("AmdSevSnp", snp_report(), tdx_quote())) == "evidence.ambiguous");
  CHECK(taken_for(tenzro("IntelTdx", as_bytes("{\"simulated\": true}"), Bytes())) == "evidence.unrecognised");
  CHECK(taken_for(tenzro("NvidiaGpu", Bytes{1}, Bytes())) == "evidence.unrecognised");
  CHECK(taken_for(Json{{"vendor", "nvidia_gpu"}, {"report_data", "0x01"}}) == "evidence.unrecognised");
  CHECK(taken_for(tenzro("IntelTdx", Bytes(), Bytes())) == "evidence.unrecognised");
  CHECK(taken_for(tenzro("Nobody", snp_report(), Bytes())) == "evidence.type_mismatch");
  Json with_junk = tenzro("AmdSevSnp", snp_report(), Bytes());
  with_junk["certificates"] = Json::array({ints(Bytes{1, 2, 3})});
  CHECK(taken_for(with_junk) == "input.malformed");
}

TEST_CASE("forms: quotes with DCAP collateral, attestation-rs, Confidential Containers") {
  const std::string quote = hex(tdx_quote());
  CHECK(form_of({{"quote", quote}}) == "quote-json");
  CHECK(form_of({{"quote", quote}, {"collateral", {{"tcb_info", "{}"}}}}) == "dcap-json");
  CHECK(form_of({{"quote", quote}, {"tcb_info", "{}"}, {"tcb_info_signature", ""}}) == "dcap-json");
  const verify::Subject coco = recognise(
      Json{{"quote", base64(tdx_quote())}, {"cc_eventlog", base64(Bytes{9})}, {"aa_eventlog", nullptr}});
  CHECK(coco.form == "coco-evidence");
  CHECK(coco.event_log == Bytes{9});
  CHECK(taken_for(coco) == "intel_tdx");
  const verify::Subject ars =
      recognise(Json{{"platform", "tdx"}, {"evidence", {{"quote", base64(tdx_quote(), Base64::url)}}}});
  CHECK(ars.form == "attestation-rs");
  CHECK(taken_for(ars) == "intel_tdx");
  const verify::Subject snp =
      recognise(Json{{"attestation_report", base64(snp_report())}, {"cert_chain", {{"vcek", nullptr}}}});
  CHECK(snp.form == "snp-json");
  CHECK(taken_for(snp) == "amd_sev_snp");
  CHECK(taken_for(Json{{"platform", "gcp-snp"},
                       {"evidence", {{"attestation_report", base64(snp_report())}}}}) == "amd_sev_snp");
  CHECK(taken_for(Json{{"evidence", ints(snp_report())}}) == "amd_sev_snp");
  CHECK(form_of({{"evidence", ints(snp_report())}}) == "evidence-json");
}

TEST_CASE("bad-peer-forms: lies, decoded structures, two kinds of evidence") {
  CHECK(taken_for(Json{{"platform", "tdx"}, {"evidence", {{"attestation_report", base64(snp_report())}}}}) ==
        "evidence.type_mismatch");
  CHECK(taken_for(Json{{"platform", "toaster"}, {"evidence", {{"quote", base64(tdx_quote())}}}}) ==
        "evidence.type_mismatch");
  CHECK(taken_for(Json{{"platform", "tdx"}, {"evidence", {{"nothing", 1}}}}) == "input.malformed");
  CHECK(taken_for(Json{
            {"platform", "tdx"},
            {"evidence", {{"quote", base64(tdx_quote())}, {"attestation_report", base64(snp_report())}}}}) ==
        "evidence.ambiguous");
  CHECK(taken_for(Json{{"attestation_report", {{"version", 3}}}, {"cert_chain", Json::array()}}) ==
        "evidence.unsupported");
  CHECK(taken_for(Json{{"quote", hex(tdx_quote())}, {"attestation_report", hex(snp_report())}}) ==
        "evidence.ambiguous");
  CHECK(taken_for(Json{{"quote", hex(tdx_quote())}, {"evidence", ints(snp_report())}}) ==
        "evidence.ambiguous");
  CHECK(taken_for(Json{{"quote", "not bytes!"}}) == "input.malformed");
  CHECK(taken_for(Json{{"quote", "0xzz"}}) == "input.malformed");
  CHECK(taken_for(Json{{"quote", 5}}) == "input.malformed");
  CHECK(taken_for(Json{{"evidence", Json::array({1, 2, 256})}}) == "input.malformed");
  CHECK(taken_for(Json{{"quote", hex(tdx_quote())}, {"collateral", {{"x", 1}}}}) == "input.malformed");
  CHECK(taken_for(Json{{"attestation_report", base64(snp_report())}, {"cert_chain", 5}}) ==
        "input.malformed");
  CHECK(taken_for(Json{{"attestation_report", base64(snp_report())}, {"cert_chain", Json::array({5})}}) ==
        "input.malformed");
}
