// tee.evidence/1: hints must agree with the bytes, everything else is not believed.
#include "codec/pem.h"
#include "crypto/sign.h"
#include "mint/x509.h"
#include "samples.h"

using namespace tee;
using namespace tee::test;

namespace {

std::string with(const char* key, const Json& value) {
  Json e = snp_envelope();
  e[key] = value;
  return taken_for(e);
}
std::string without(const char* key) {
  Json e = snp_envelope();
  e.erase(key);
  return taken_for(e);
}

std::string certificate_pem() {
  const auto key = crypto::PrivateKey::generate_ec(crypto::Curve::p256).value();
  mint::CertificateSpec spec;
  spec.subject = spec.issuer = mint::common_name("Test");
  spec.key = key.public_key();
  spec.not_before = unix_time(1'700'000'000);
  spec.not_after = unix_time(1'800'000'000);
  return pem::encode("CERTIFICATE", mint::make_certificate(spec, key).value());
}

}  // namespace

TEST_CASE("envelope: evidence, binding, event log, collateral") {
  Json e = snp_envelope();
  e["binding"] = {
      {"scheme", "tee-bind-1"}, {"nonce", "0102"}, {"public_key", "0020ff"}, {"user_data", nullptr}};
  e["event_log_b64"] = base64(Bytes{1, 2, 3});
  e["collateral"] = {{"schema", "tee.collateral/1"},
                     {"items", Json::array({{{"kind", "certificate"}, {"pem", certificate_pem()}}})}};
  e["unknown"] = {{"a", 1}};
  const verify::Subject s = recognise(e);
  CHECK(taken_for(s) == "amd_sev_snp");
  CHECK(s.form == "envelope");
  CHECK(s.evidence == snp_report());
  REQUIRE(s.binding);
  CHECK(s.binding->scheme == "tee-bind-1");
  CHECK(s.binding->nonce == Bytes{1, 2});
  CHECK(s.binding->public_key == Bytes{0, 0x20, 0xff});
  CHECK(!s.binding->user_data);
  CHECK(s.event_log == Bytes{1, 2, 3});
  REQUIRE(s.embedded.certificates.size() == 1);
  CHECK(s.embedded.certificates[0].origin == Origin::embedded);
  CHECK(s.embedded.certificates[0].source == "evidence");
}

TEST_CASE("bad-too-many-certificates: an envelope brings at most 64, for each may be tried against a signature") {
  const auto bringing = [](std::size_t n) {
    const Json item{{"kind", "certificate"}, {"pem", certificate_pem()}};
    Json e = snp_envelope();
    e["collateral"] = {{"schema", "tee.collateral/1"}, {"items", Json(std::vector<Json>(n, item))}};
    return recognise(e);
  };
  CHECK_FALSE(bringing(64).malformed);
  REQUIRE(bringing(65).malformed);
  CHECK(bringing(65).malformed->message.find("more than 64 certificates") != std::string::npos);
}

TEST_CASE("envelope: signed JSON in embedded collateral keeps its bytes") {
  std::string text = snp_envelope().dump();
  text.back() = ',';
  text += "\"collateral\": {\"tcbInfo\": {\"b\" : 1, \"a\":2},\"signature\":\"\"}}";
  const verify::Subject s = recognise_text(std::string_view(text));
  REQUIRE(s.embedded.documents.size() == 1);
  CHECK(as_text(s.embedded.documents[0].body) == "{\"b\" : 1, \"a\":2}");
}

TEST_CASE("bad-envelope-declares-another-type_S20: provider and type must be what the bytes are") {
  CHECK(taken_for(envelope("intel_tdx", "tdx_quote", snp_report())) == "evidence.type_mismatch");
  CHECK(taken_for(envelope("amd_sev_snp", "sev_snp_report", tdx_quote())) == "evidence.type_mismatch");
  CHECK(with("provider", "intel_tdx") == "evidence.type_mismatch");
  CHECK(with("provider", "nobody") == "evidence.type_mismatch");
  CHECK(with("type", "nonsense") == "evidence.type_mismatch");
  CHECK(with("provider", "AmdSevSnp") == "amd_sev_snp");
}

TEST_CASE("bad-envelope-two-evidence-fields_S20") {
  CHECK(with("evidence", "AAAA") == "evidence.ambiguous");
  CHECK(with("evidence", ints(snp_report())) == "evidence.ambiguous");
  CHECK(with("quote", hex(snp_report())) == "evidence.ambiguous");
  CHECK(with("token", "a.b.c") == "evidence.ambiguous");
  CHECK(with("evidence", "") == "amd_sev_snp");
  std::string twice = snp_envelope().dump();
  twice.back() = ',';
  twice += "\"evidence\\u005fb64\":\"AAAA\"}";  // the same key, written with an escape
  CHECK(text_taken_for(twice) == "input.malformed");
}

TEST_CASE("bad-envelope: members of the wrong kind") {
  CHECK(without("evidence_b64") == "input.malformed");
  CHECK(without("provider") == "input.malformed");
  CHECK(without("type") == "input.malformed");
  CHECK(without("schema") == "evidence.unrecognised");
  CHECK(with("schema", "tee.evidence/2") == "evidence.version");
  CHECK(with("evidence_b64", "?") == "input.malformed");
  CHECK(with("evidence_b64", "") == "input.malformed");
  CHECK(with("evidence_b64", ints(snp_report())) == "input.malformed");
  CHECK(with("binding", 5) == "input.malformed");
  CHECK(with("binding", {{"nonce", "xyz"}}) == "input.malformed");
  CHECK(with("binding", {{"nonce", 5}}) == "input.malformed");
  CHECK(with("binding", {{"scheme", 5}}) == "input.malformed");
  CHECK(with("event_log_b64", 5) == "input.malformed");
  CHECK(with("collateral", {{"schema", "tee.collateral/1"}}) == "input.malformed");
  CHECK(with("collateral", 5) == "input.malformed");
  CHECK(with("also", 5) == "input.malformed");
}

TEST_CASE("envelope: what it says about itself is not read") {
  Json e = snp_envelope();
  e["simulated"] = true;
  e["collected_at"] = "nonsense";
  e["measurement"] = std::string(96, 'e');
  e["claims"] = {{"debug", false}};
  const verify::Subject s = recognise(e);
  CHECK(taken_for(s) == "amd_sev_snp");
  CHECK(s.evidence == snp_report());
}

TEST_CASE("envelope: parts, one level deep (S16)") {
  Json e = snp_envelope();
  e["also"] = Json::array({envelope("intel_tdx", "tdx_quote", tdx_quote()), snp_envelope()});
  const verify::Subject s = recognise(e);
  CHECK(taken_for(s) == "amd_sev_snp");
  REQUIRE(s.also.size() == 2);
  CHECK(taken_for(s.also[0]) == "intel_tdx");
  CHECK(s.also[0].evidence == tdx_quote());
  CHECK(taken_for(s.also[1]) == "amd_sev_snp");
}

TEST_CASE("bad-parts_S16: parts in parts, strangers, a flood") {
  Json nested = snp_envelope();
  nested["also"] = Json::array({snp_envelope()});
  Json e = snp_envelope();
  e["also"] =
      Json::array({nested, 5, {{"quote", hex(tdx_quote())}}, {{"schema", "tee.error/1"}, {"exit", 5}}});
  const verify::Subject s = recognise(e);
  REQUIRE(s.also.size() == 4);
  for (const verify::Subject& part : s.also) CHECK(taken_for(part) == "input.malformed");
  e["also"] = Json(std::vector<Json>(1000, Json::object()));
  CHECK(recognise(e).also.size() == 33);
}

TEST_CASE("forms: the certificate table behind an SNP report is embedded collateral") {
  const std::string pem = certificate_pem();
  Writer out;
  out.bytes(snp_report()).bytes(from_hex("63da758de6644564adc5f4b93be8accd").value());
  out.u32le(48).u32le(static_cast<std::uint32_t>(pem.size())).zeros(24).text(pem);
  const Bytes extended = std::move(out).take();
  const verify::Subject s = verify::recognise(extended, "extended");
  CHECK(taken_for(s) == "amd_sev_snp");
  if (!provider_built(Provider::amd_sev_snp)) return;
  CHECK(s.evidence == extended);
  REQUIRE(s.embedded.certificates.size() == 1);
  CHECK(s.embedded.certificates[0].origin == Origin::embedded);
  Bytes cut = extended;
  cut.pop_back();  // the table points past its end: the room says so, nothing is taken from it
  CHECK(verify::recognise(cut, "cut").embedded.empty());
}
