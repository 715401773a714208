// The claims of a Confidential Space token, and what is asked of them.
#include "providers/gcp/evidence.h"

#include "codec/jwt.h"
#include "mint/gcp/gcp.h"
#include "mint/gcp/plans.h"
#include "providers/gcp/anchors.h"
#include "providers/gcp/verifier.h"
#include "unit/variants.h"

using namespace tee;

namespace {

verify::Outcome judge(const char* variant) {
  return test::appraise_case(mint::gcp_vendor().make(variant).value());
}

const ClaimValue& claim(const verify::Outcome& out, const char* name) {
  REQUIRE(out.findings.claims.contains(name));
  return out.findings.claims.at(name);
}

}  // namespace

TEST_CASE("gcp: image digests have one spelling") {
  const std::string digits(64, 'a');
  CHECK(gcp::digest_of("sha256:" + digits) == Bytes(32, 0xaa));
  for (const std::string& text : {digits, "sha256:" + digits + "a", "sha256:" + digits.substr(2),
                                  "SHA256:" + digits, "sha256:" + std::string(64, 'A'), "sha512:" + digits,
                                  "sha256:" + std::string(64, 'g'), std::string()})
    CHECK_FALSE(gcp::digest_of(text).has_value());
}

TEST_CASE("gcp: the claims of a token under their normalised names") {
  const verify::Outcome out = judge("good");
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.scope == "workload");
  CHECK(out.freshness == "nonce");
  CHECK(out.signature_verified == true);
  CHECK_FALSE(out.chain_verified.has_value());
  CHECK(out.genuine == true);
  CHECK(out.findings.trust == Trust::supplied);
  CHECK(std::get<Bytes>(claim(out, "measurement")) == std::get<Bytes>(claim(out, "image_digest")));
  CHECK(std::get<std::string>(claim(out, "hwmodel")) == "GCP_INTEL_TDX");
  CHECK(std::get<std::string>(claim(out, "aud")) == mint::gcp::kAudience);
  CHECK(std::get<bool>(claim(out, "debug")) == false);
  CHECK(std::get<bool>(claim(out, "secboot")) == true);
  CHECK(std::get<Json>(claim(out, "env_override")) == Json::object());
  CHECK(out.findings.tcb->status == "UpToDate");
  CHECK(out.findings.tcb->evaluation == 19u);
  CHECK(out.findings.valid_until == unix_time(mint::token::kIssued + 3600));
}

TEST_CASE("gcp: every claim that is stated has a row in the claims table") {
  const auto rows = claim_table();
  for (const char* variant : {"good", "good-pki", "good-gpu-on", "good-signer-second", "good-nonce-list"}) {
    const verify::Outcome out = judge(variant);
    for (const auto& claim : out.findings.claims) {
      const std::string& name = claim.first;
      CAPTURE(name);
      CHECK(std::any_of(rows.begin(), rows.end(), [&](const ClaimRow& r) {
        return r.name == name || "gpu." + std::string(r.name) == name;
      }));
    }
  }
}

TEST_CASE("gcp: a PKI token chains to its root and needs no key set") {
  const verify::Outcome out = judge("good-pki");
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.chain_verified == true);
  CHECK(out.genuine == true);
  CHECK(out.findings.trust == Trust::custom);
  REQUIRE(out.findings.chain.size() == 3);
  CHECK(out.findings.chain.back().role == "anchor");
  CHECK(out.findings.find("gcp.token.revocation.issuer")->status == CheckStatus::skipped);
}

TEST_CASE("gcp: a stranger's issuer is not genuine, though the signature holds") {
  const verify::Outcome out = judge("bad-iss-suffix");
  CHECK(out.signature_verified == true);
  CHECK(out.genuine == false);
}

TEST_CASE("gcp: authenticity alone leaves freshness open") {
  const verify::Outcome out = judge("good-genuine-only");
  CHECK(out.scope == "authenticity");
  CHECK_FALSE(out.freshness_verified.has_value());
  CHECK(judge("bad-expired").freshness_verified == false);
}

TEST_CASE("gcp: a debug image is said to be one, and the loosening flag is shown") {
  CHECK(std::get<bool>(claim(judge("bad-debug-image_S22"), "debug")) == true);
  CHECK(judge("good-debug-image-allowed").loosened == std::vector<std::string>{"--allow-debug"});
}

TEST_CASE("gcp: the pinned root has its documented size and name") {
  const auto anchors = gcp::token_anchors();
  REQUIRE(anchors.size() == 1);
  CHECK(crypto::describe(anchors[0].key) == "RSA 4096");
  CHECK(crypto::Certificate::name_attribute(anchors[0].name, "2.5.4.3") == "Confidential Space Root CA");
  CHECK(anchors[0].name.size() == 142);
}

TEST_CASE("gcp: decoding judges nothing") {
  for (const char* variant : {"good", "good-pki", "bad-signature-bit", "bad-expired", "bad-iss-other"}) {
    CAPTURE(variant);
    const mint::Case c = mint::gcp_vendor().make(variant).value();
    const Result<Json> decoded = gcp::verifiers()[0].inspect(c.evidence.bytes);
    REQUIRE(decoded.has_value());
    CHECK((*decoded)["header"]["alg"] == "RS256");
    CHECK((*decoded)["claims"]["swname"] == "CONFIDENTIAL_SPACE");
    CHECK((*decoded)["times"]["iat"] == "2026-09-21T14:13:20Z");
    CHECK(decoded->contains("certificates") == (std::string_view(variant) == "good-pki"));
  }
}
