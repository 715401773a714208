// Bare TPM quotes: the key's trust comes from the operator alone.
#include "base/encoding.h"
#include "codec/pem.h"
#include "mint/x509.h"
#include "unit/variants.h"

using namespace tee;

namespace {

constexpr Time kNow = unix_time(1768478400);
const std::string kNonce(64, 'c');

const crypto::PrivateKey& key(const std::string& name) {
  static std::map<std::string, crypto::PrivateKey> keys;
  const auto it = keys.find(name);
  return it != keys.end()
             ? it->second
             : keys.emplace(name, crypto::PrivateKey::generate_ec(crypto::Curve::p256).value()).first->second;
}

void put_sized(Writer& out, ByteView b) { out.u16be(static_cast<std::uint16_t>(b.size())).bytes(b); }

// Part 2 sections 10.12.12 and 12.2.4: PCR 0 and 4 of the SHA-256 bank.
Bytes attest() {
  Bytes values(32, 1);
  append(values, Bytes(32, 2));
  Writer out;
  out.u32be(0xff544347).u16be(0x8018);
  put_sized(out, Bytes(34, 7));
  put_sized(out, *from_hex(kNonce));
  out.u64be(1).u32be(1).u32be(1).u8(1).u64be(1).u32be(1).u16be(0x000b).u8(3).u8(0x11).u8(0).u8(0);
  put_sized(out, crypto::digest(crypto::Hash::sha256, values));
  return std::move(out).take();
}

Bytes signature(const std::string& signer) {
  const Bytes raw = key(signer).sign(crypto::Scheme::ecdsa_sha256, attest(), crypto::EcForm::raw).value();
  Writer out;
  out.u16be(0x0018).u16be(0x000b);
  put_sized(out, ByteView(raw).first(32));
  put_sized(out, ByteView(raw).subspan(32));
  return std::move(out).take();
}

Bytes public_area(const std::string& name, std::uint32_t attributes = 0x00050072) {
  const crypto::EcKey& ec = *key(name).public_key().ec();
  Writer out;
  out.u16be(0x0023).u16be(0x000b).u32be(attributes).u16be(0).u16be(0x0010);
  out.u16be(0x0018).u16be(0x000b).u16be(3).u16be(0x0010);
  put_sized(out, ec.x);
  put_sized(out, ec.y);
  return std::move(out).take();
}

mint::Artifact certificate(const std::string& subject, const std::string& issuer,
                           std::function<void(mint::CertificateSpec&)> change = {}) {
  mint::CertificateSpec spec;
  spec.subject = mint::common_name(subject);
  spec.issuer = mint::common_name(issuer);
  spec.key = key(subject).public_key();
  spec.not_before = kNow - Seconds(86400);
  spec.not_after = kNow + Seconds(86400);
  if (subject == issuer || subject.starts_with("ca")) {
    spec.ca = true;
    spec.cert_sign = spec.crl_sign = true;
  } else {
    spec.digital_signature = true;
  }
  if (change) change(spec);
  return {subject + ".der", mint::make_certificate(spec, key(issuer)).value()};
}

struct Setup {
  Json document{{"tpm_quote",
                 {{"message", hex(attest())},
                  {"signature", hex(signature("ak"))},
                  {"pcrs", {{"0", std::string(64, '0')}, {"4", ""}}}}}};
  std::vector<mint::Artifact> collateral;
  std::vector<std::pair<std::string, mint::Artifact>> anchors;
  std::vector<std::string> flags{"--genuine-only", "--nonce", kNonce};
  Time at = kNow;
  Setup() { document["tpm_quote"]["pcrs"] = {{"0", hex(Bytes(32, 1))}, {"4", hex(Bytes(32, 2))}}; }

  verify::Outcome judge() const {
    mint::Case c;
    c.evidence = {"quote.json", to_bytes(as_bytes(json::dump(document)))};
    c.collateral = collateral;
    c.anchors = anchors;
    c.at = at;
    c.flags = flags;
    return test::appraise_case(c);
  }
};

void expect(const Setup& setup, verify::Verdict verdict, const std::string& code = {}) {
  const verify::Outcome out = setup.judge();
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verdict);
  CHECK((code.empty() || std::find(out.reasons.begin(), out.reasons.end(), code) != out.reasons.end()));
}

using verify::Verdict;

}  // namespace

TEST_CASE("tpm: the operator's word for the key, in each way") {
  Setup s;
  s.anchors = {{"", certificate("ak", "ca")}};
  expect(s, Verdict::pass);
  s.document["ak_public"] = hex(public_area("ak"));
  expect(s, Verdict::pass);
  s.anchors = {{"device", certificate("ca", "ca")}};
  expect(s, Verdict::inconclusive, "chain.missing");
  s.collateral = {certificate("ak", "ca")};
  expect(s, Verdict::pass);
  CHECK(s.judge().findings.trust == Trust::custom);
  s.anchors.clear();
  expect(s, Verdict::pass);
  CHECK(s.judge().findings.trust == Trust::supplied);
  CHECK_FALSE(s.judge().chain_verified.has_value());
}

TEST_CASE("tpm: what is stated, and that it never is a workload") {
  Setup s;
  s.anchors = {{"", certificate("ak", "ca")}};
  s.flags = {"--nonce", kNonce, "--expect", "pcr4=" + hex(Bytes(32, 2))};
  expect(s, Verdict::inconclusive, "workload.unasked");
  const verify::Outcome out = s.judge();
  CHECK(out.freshness == "nonce");
  CHECK(out.findings.vendor["confidential"] == false);
  CHECK(out.findings.claims.contains("pcr0"));
  CHECK_FALSE(out.findings.claims.contains("pcr1"));
  CHECK(std::any_of(out.findings.warnings.begin(), out.findings.warnings.end(),
                    [](const Warning& w) { return w.code->name == "vtpm.not_confidential"; }));
}

TEST_CASE("bad-key-from-the-evidence-alone_S8") {
  Setup s;
  expect(s, Verdict::inconclusive, "vtpm.ak_unknown");
  s.document["ak_public"] = hex(public_area("ak"));
  expect(s, Verdict::inconclusive, "vtpm.ak_unknown");
  s.document["ak_certificate"] = pem::encode("CERTIFICATE", certificate("ak", "ca").bytes);
  expect(s, Verdict::inconclusive, "vtpm.ak_unknown");
  // Not even beside a certificate of another key.
  s.collateral = {certificate("other", "ca")};
  expect(s, Verdict::inconclusive, "vtpm.ak_unknown");
}

TEST_CASE("bad-anchor-of-another-provider_S9") {
  Setup s;
  for (const char* role : {"snp/device", "gcp/device", "token", "rim"}) {
    CAPTURE(role);
    s.anchors = {{role, certificate("ak", "ca")}};
    expect(s, Verdict::inconclusive, "vtpm.ak_unknown");
  }
}

TEST_CASE("bad-chain of an attestation key") {
  Setup s;
  s.document["ak_certificate"] = base64(certificate("ak", "ca").bytes);
  s.anchors = {{"", certificate("ca", "ca")}};
  expect(s, Verdict::pass);
  s.anchors = {{"", certificate("ca2", "ca2")}};
  expect(s, Verdict::inconclusive, "chain.missing");
  s.collateral = {certificate("ca", "ca")};
  expect(s, Verdict::fail, "chain.untrusted");
  s.anchors = {{"", certificate("ca", "ca")}};
  s.at = kNow + Seconds(2 * 86400);
  expect(s, Verdict::fail, "chain.expired");
}

TEST_CASE("bad-purpose of the key's certificate") {
  Setup s;
  s.anchors = {{"", certificate("ca", "ca")}};
  const auto with_usage = [](Bytes value) {
    return base64(certificate("ak", "ca", [&](mint::CertificateSpec& c) {
                    c.extensions.push_back({"2.5.29.37", false, value});
                  }).bytes);
  };
  s.document["ak_certificate"] =
      with_usage(*from_hex("300906"
                           "0767810508030000"));  // no such purpose
  expect(s, Verdict::fail, "vtpm.ak_purpose");
  s.document["ak_certificate"] = with_usage(*from_hex("300a06082b06010505070301"));  // serverAuth
  expect(s, Verdict::fail, "vtpm.ak_purpose");
  s.document["ak_certificate"] =
      with_usage(*from_hex("3007060567810508"
                           "03"));  // 2.23.133.8.3
  expect(s, Verdict::pass);
  s.document["ak_certificate"] = base64(certificate("ak", "ca", [](mint::CertificateSpec& c) {
                                          c.digital_signature = false;
                                          c.crl_sign = true;
                                        }).bytes);
  expect(s, Verdict::fail, "chain.invalid");
}

TEST_CASE("bad-supplied-certificate that is not valid any more") {
  Setup s;
  s.collateral = {certificate("ak", "ca")};
  s.at = kNow + Seconds(2 * 86400);
  expect(s, Verdict::fail, "chain.expired");
  s.at = kNow - Seconds(2 * 86400);
  expect(s, Verdict::fail, "chain.not_yet_valid");
}

TEST_CASE("bad-key: no attestation key, another key, another signer") {
  Setup s;
  s.anchors = {{"", certificate("ak", "ca")}};
  s.document["ak_public"] = hex(public_area("ak", 0x00040072));
  expect(s, Verdict::fail, "vtpm.ak_attributes");
  s.document["ak_public"] = hex(public_area("other"));
  expect(s, Verdict::fail, "signature.invalid");
  s.document["ak_public"] = hex(public_area("ak"));
  s.document["ak_certificate"] = base64(certificate("other", "ca").bytes);
  expect(s, Verdict::fail, "vtpm.ak_mismatch");
  s.document.erase("ak_certificate");
  s.document["tpm_quote"]["signature"] = hex(signature("other"));
  expect(s, Verdict::fail, "signature.invalid");
}

TEST_CASE("bad-form of a bare quote") {
  const auto broken = [](auto change) {
    Setup s;
    s.anchors = {{"", certificate("ak", "ca")}};
    change(s.document);
    expect(s, Verdict::fail, "input.malformed");
  };
  broken([](Json& d) { d["tpm_quote"].erase("message"); });
  broken([](Json& d) { d["tpm_quote"]["signature"] = "0018000b"; });
  broken([](Json& d) { d["tpm_quote"]["signature"] = 7; });
  broken([](Json& d) { d["tpm_quote"]["pcrs"] = "none"; });
  broken([](Json& d) { d["tpm_quote"]["pcrs"] = {{"24", std::string(64, '0')}}; });
  broken([](Json& d) { d["tpm_quote"]["pcrs"] = {{"00", std::string(64, '0')}}; });
  broken([](Json& d) { d["tpm_quote"]["pcrs"] = Json(std::vector<std::string>(25, std::string(64, '0'))); });
  broken([](Json& d) { d["ak_public"] = "0001"; });
  broken([](Json& d) { d["ak_certificate"] = "AAAA"; });
  broken([](Json& d) { d["tpm_quote"] = "quote"; });
}
