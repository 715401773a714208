// Attestations of Google's vTPM: real ones where they are at hand, and every way in which they may be
// changed.
#include <cstdlib>

#include "base/env.h"
#include "providers/gcp/vtpm_anchors.h"
#include "providers/gcp/vtpm_evidence.h"
#include "providers/gcp/vtpm_verify.h"
#include "unit/variants.h"

using namespace tee;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/gcp";
}
bool absent() { return !is_folder(folder()); }
mint::Artifact file(const std::string& name) { return {name, read_file(folder() + "/" + name).value()}; }

Json sample() { return json::parse(as_text(file("gce-cos-85-nonce9009.quote.json").bytes)).value(); }

verify::Outcome judge(const Json& document, const char* intermediate = "tpm_ek_intermediate_2.crt",
                      std::vector<std::string> flags = {"--genuine-only", "--nonce", "9009"}) {
  mint::Case c;
  c.evidence = {"quote.json", to_bytes(as_bytes(json::dump(document)))};
  if (intermediate) c.collateral = {file(intermediate)};
  c.at = unix_time(1768478400);
  c.flags = std::move(flags);
  return test::appraise_case(c);
}

void expect(const verify::Outcome& out, verify::Verdict verdict, const std::string& code = {}) {
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verdict);
  CHECK((code.empty() || std::find(out.reasons.begin(), out.reasons.end(), code) != out.reasons.end()));
}

// The same facts as go-tpm-tools prints them in protojson.
Json as_protojson(const Json& in) {
  const auto b64 = [](const Json& text) { return base64(*from_hex(text.get<std::string>())); };
  Json out{{"akPub", b64(in["ak_pub_tpmt_public_hex"])},
           {"akCert", b64(in["ak_cert_der_hex"])},
           {"quotes", Json::array()}};
  for (const Json& q : in["quotes"]) {
    Json values = Json::object();
    for (const auto& [index, value] : q["pcrs"].items()) values[index] = b64(value);
    out["quotes"].push_back({{"quote", b64(q["tpms_attest_hex"])},
                             {"rawSig", b64(q["tpmt_signature_hex"])},
                             {"pcrs", {{"hash", "SHA256"}, {"pcrs", values}}}});
  }
  return out;
}

using verify::Verdict;

}  // namespace

TEST_CASE("gcp: the two roots of attestation keys are well-formed") {
  const auto anchors = gcp::attestation_key_anchors();
  REQUIRE(anchors.size() == 2);
  for (const auto& anchor : anchors) CHECK(anchor.key.rsa()->bits() == 4096);
  CHECK(anchors[0].name != anchors[1].name);
}

TEST_CASE("gcp vectors: the roots are those of the certificates" * doctest::skip(absent())) {
  const char* files[] = {"tpm_ek_root_1.cer", "gcp_ek_ak_ca_root.crt"};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto certificate = crypto::parse_certificates(file(files[i]).bytes).value().front();
    const auto anchor = gcp::attestation_key_anchors()[i];
    CHECK(equal(certificate.subject, anchor.name));
    CHECK(certificate.key == anchor.key);
    CHECK(equal(certificate.serial, anchor.serials.front()));
    CHECK(anchor.not_before == certificate.not_before);
    CHECK(anchor.not_after == certificate.not_after);
  }
}

TEST_CASE("gcp vectors: a real attestation, in both forms" * doctest::skip(absent())) {
  for (const Json& document : {sample(), as_protojson(sample())}) {
    const verify::Outcome out = judge(document);
    expect(out, Verdict::pass);
    CHECK(out.findings.claims.size() == 24);
    CHECK(out.findings.vendor["confidential"] == false);
    CHECK(out.findings.vendor["instance"]["instance_name"] == "cos-test");
    CHECK(out.findings.vendor["instance"]["instance_id"] == "6797026933021542085");
    CHECK(out.findings.trust == Trust::pinned);
    // Two bytes of nonce match, but prove nothing about time; and no pin identifies a workload.
    expect(judge(document, "tpm_ek_intermediate_2.crt", {"--nonce", "9009"}), Verdict::inconclusive,
           "workload.unasked");
  }
}

TEST_CASE("gcp vectors: pins of PCRs are judged and are no workload_S10" * doctest::skip(absent())) {
  const std::string pcr0 = sample()["quotes"][1]["pcrs"]["0"];
  expect(judge(sample(), "tpm_ek_intermediate_2.crt", {"--genuine-only", "--expect", "pcr0=" + pcr0}),
         Verdict::pass);
  expect(judge(sample(), "tpm_ek_intermediate_2.crt", {"--nonce", "9009", "--expect", "pcr0=" + pcr0}),
         Verdict::inconclusive, "workload.unasked");
  expect(judge(sample(), "tpm_ek_intermediate_2.crt",
               {"--genuine-only", "--expect", "pcr0=" + std::string(64, '7')}),
         Verdict::fail, "workload.mismatch");
}

TEST_CASE("gcp vectors: bad-chain" * doctest::skip(absent())) {
  expect(judge(sample(), nullptr), Verdict::inconclusive, "chain.missing");
  expect(judge(sample(), "tpm_ek_intermediate_3.crt"), Verdict::inconclusive, "chain.missing");
  Json other = sample();
  other["ak_cert_der_hex"] =
      hex(crypto::parse_certificates(file("gce-ak-cert-rsa-pca.pem").bytes).value().front().der());
  expect(judge(other, "gcp_ek_ak_ca_intermediate_v3.crt"), Verdict::fail, "vtpm.ak_mismatch");
  Json none = sample();
  none.erase("ak_cert_der_hex");
  expect(judge(none), Verdict::inconclusive, "chain.missing");
}

TEST_CASE("gcp vectors: bad-quote" * doctest::skip(absent())) {
  const auto changed = [](auto change) {
    Json document = sample();
    change(document);
    return judge(document);
  };
  expect(judge(sample(), "tpm_ek_intermediate_2.crt", {"--genuine-only", "--nonce", "9008"}), Verdict::fail,
         "freshness.nonce_mismatch");
  expect(changed([](Json& d) { d["quotes"].erase(1); }), Verdict::pass);  // the SHA-384 bank is left
  expect(changed([](Json& d) {
           d["quotes"].erase(2);
           d["quotes"].erase(1);
         }),
         Verdict::fail, "vtpm.pcr_selection");
  expect(changed([](Json& d) { d["quotes"].push_back(d["quotes"][1]); }), Verdict::fail,
         "vtpm.pcr_selection");
}

TEST_CASE("gcp vectors: bad-quote changed in one place" * doctest::skip(absent())) {
  Json document = sample();
  document["quotes"][1]["pcrs"]["11"] = std::string(64, '1');
  expect(judge(document), Verdict::fail, "vtpm.pcr_digest");
  document = sample();
  document["quotes"][1]["tpmt_signature_hex"] = document["quotes"][0]["tpmt_signature_hex"];
  expect(judge(document), Verdict::fail, "signature.invalid");
  document = sample();
  document["ak_pub_tpmt_public_hex"].get_ref<std::string&>()[11] =
      '4';  // 00050072 becomes 00040072: not restricted
  expect(judge(document), Verdict::fail, "vtpm.ak_attributes");
}

TEST_CASE("gcp vectors: the instances of certificates" * doctest::skip(absent())) {
  for (const char* name : {"gce-ak-cert-rsa-pca.pem", "gce-ak-cert-ecc-pca.pem"}) {
    const auto certificate = crypto::parse_certificates(file(name).bytes).value().front();
    const auto instance = gcp::instance_of(certificate);
    REQUIRE(instance.has_value());
    CHECK(instance->zone == "us-central1-a");
    CHECK(instance->project_id == "google.com:wuale-gcp-testing");
    CHECK(instance->instance_name == "cs-debug-pca");
    CHECK(instance->production);
  }
}

TEST_CASE("gcp: bad-form of an attestation") {
  for (const char* text :
       {R"({"quotes":[],"akPub":"AAAA"})", R"({"quotes":[],"akPub":"","ak_pub_tpmt_public_hex":""})",
        R"({"quotes":7,"akPub":"AAEACwAFAHI="})"}) {
    CAPTURE(text);
    CHECK(gcp::recognise_vtpm(as_bytes(text)));
    CHECK_FALSE(gcp::parse_vtpm(as_bytes(text)).has_value());
  }
  CHECK_FALSE(gcp::recognise_vtpm(as_bytes(R"({"quotes":[]})")));
  CHECK_FALSE(gcp::recognise_vtpm(as_bytes(R"([{"quotes":[],"akPub":""}])")));
}
