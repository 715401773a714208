// MAA tokens: issuers, claims and where a verifier's nonce or key may stand.
#include "mint/azure/maa.h"

#include "crypto/key.h"
#include "mint/token/plan.h"
#include "providers/azure/maa_evidence.h"
#include "providers/azure/maa_verify.h"
#include "providers/azure/verifier.h"
#include "unit/variants.h"

using namespace tee;

namespace {

mint::Case variant(const char* name) { return mint::azure_maa_vendor().make(name).value(); }
verify::Outcome judge(const char* name) { return test::appraise_case(variant(name)); }

bool warned(const verify::Outcome& out, std::string_view code) {
  return std::any_of(out.findings.warnings.begin(), out.findings.warnings.end(),
                     [code](const Warning& w) { return w.code->name == code; });
}

}  // namespace

TEST_CASE("azure: Microsoft's own instances, and no others") {
  for (const char* good :
       {"https://sharedeus.eus.attest.azure.net", "https://sharedeus2.eus2.attest.azure.net",
        "https://sharedwus.wus.attest.azure.net"})
    CHECK(azure::shared_instance(good));
  for (const char* bad :
       {"", "https://shared.attest.azure.net", "https://shared..attest.azure.net",
        "https://sharedeus.wus.attest.azure.net", "https://sharedEUS.EUS.attest.azure.net",
        "https://sharedeus.eus.attest.azure.net/", "http://sharedeus.eus.attest.azure.net",
        "https://sharedeus.eus.test.attest.azure.net", "https://sharedeus.eus.attest.azure.net.evil.example",
        "https://sharede.us.e.us.attest.azure.net", "https://sharedx.evil/.x.evil/.attest.azure.net",
        "https://sharedeus.eus.attest.azure.us", " https://sharedeus.eus.attest.azure.net"}) {
    CAPTURE(bad);
    CHECK_FALSE(azure::shared_instance(bad));
  }
}

TEST_CASE("azure: an SNP token answers by its launch measurement, and says what that covers") {
  const verify::Outcome out = judge("good");
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.scope == "workload");
  CHECK(out.freshness == "nonce");
  CHECK(warned(out, "workload.firmware_only"));
  CHECK_FALSE(warned(out, "azure.nonce_echo"));
  CHECK(out.genuine == true);
  CHECK_FALSE(out.chain_verified.has_value());
  CHECK(out.findings.tcb->status == "NotStated");
  CHECK(out.findings.find("azure.tcb.floor")->status == CheckStatus::skipped);
  CHECK(std::get<std::uint64_t>(out.findings.claims.at("vmpl")) == 0);
  CHECK(std::get<Bytes>(out.findings.claims.at("user_data")) == Bytes(64, 0xdd));
}

TEST_CASE("azure: a TDX token states its MRTD and the TCB that the service found") {
  const verify::Outcome out = judge("good-tdx");
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.findings.tcb->status == "UpToDate");
  CHECK(out.findings.claims.at("mr_td") == out.findings.claims.at("measurement"));
}

TEST_CASE("azure: the service's own nonce is an echo") {
  CHECK(warned(judge("good-nonce-claim"), "azure.nonce_echo"));
}

TEST_CASE("S10: a fresh token is not yet a fresh hardware report") {
  const auto status = [](const char* name) { return judge(name).findings.find("azure.report_freshness")->status; };
  CHECK(status("good") == CheckStatus::pass);  // the nonce is the user-data that the report covers
  CHECK(status("good-nonce-claim") == CheckStatus::skipped);
}

TEST_CASE("azure: the policy is a visible open question until it is pinned") {
  CHECK(judge("good-genuine-only").findings.find("azure.policy_hash")->status == CheckStatus::skipped);
  CHECK(judge("good").findings.find("azure.policy_hash") == nullptr);
}

TEST_CASE("azure: the first encryption key of the runtime data binds the peer") {
  mint::Case c = variant("good-guest");
  verify::Questions q = test::questions_for(c);
  const auto ask = [&](const crypto::PublicKey& key) {
    verify::PublicKeyBinding binding;
    binding.algorithm = bound_key::kSpki;
    binding.key = binding.spki = crypto::encode_spki(key);
    q.public_key = binding;
    return verify::appraise(verify::recognise(c.evidence.bytes, "token"), q, test::collateral_for(c));
  };
  CHECK(ask(mint::token::second_key().public_key()).peer_bound);
  const verify::Outcome other = ask(mint::token::stranger_key().public_key());
  CHECK_FALSE(other.peer_bound);
  CHECK(other.verdict == verify::Verdict::fail);
}

TEST_CASE("azure: the runtime data is the caller's and need not look like a paravisor's") {
  const Json runtime{{"user-data", "not hex"}, {"keys", "none"}, {"client-payload", 7}};
  const azure::MaaToken token =
      azure::parse_maa_claims({{"x-ms-attestation-type", "sevsnpvm"}, {"x-ms-runtime", runtime}});
  CHECK(token.problems.empty());
  CHECK_FALSE(token.hardware_runtime.user_data.has_value());
  CHECK_FALSE(token.hardware_runtime.encryption_key.has_value());
}

TEST_CASE("azure: every claim that is stated has a row in the claims table") {
  const auto rows = claim_table();
  for (const char* name : {"good", "good-tdx", "good-guest"}) {
    const verify::Outcome out = judge(name);
    for (const auto& claim : out.findings.claims) {
      const std::string& stated = claim.first;
      CAPTURE(stated);
      CHECK(std::any_of(rows.begin(), rows.end(), [&](const ClaimRow& r) {
        return r.name == stated && r.type == EvidenceType::azure_maa_token;
      }));
    }
  }
}

TEST_CASE("azure: decoding judges nothing") {
  const Result<Json> decoded = azure::verifiers()[0].inspect(variant("bad-signature-bit").evidence.bytes);
  REQUIRE(decoded.has_value());
  CHECK((*decoded)["claims"]["x-ms-ver"] == "1.0");
  CHECK((*decoded)["signature_bytes"] == 256);
}
