// --onchain-hash and the provider of a deployment, on subjects made by hand.
#include <doctest/doctest.h>

#include "base/encoding.h"
#include "verify/codes.h"
#include "verify/onchain.h"

using namespace tee;
using namespace tee::verify;

namespace {

// A report of a sandbox blueprint as its operator sends it, and its hash (computed with ethers).
constexpr std::string_view kReport = R"({"tee_type":"Sev","evidence":[1,2,255],"measurement":[170,187],"timestamp":1700000000})";
constexpr std::string_view kReportHash = "0xcaca70c760939b0e6cd88c6bc30e232babf46e13bcd84510517276d622606d4b";
constexpr std::string_view kPending = R"({"status":"pending","tee_type":"tdx"})";
constexpr std::string_view kPendingHash = "0xc716259fd50470c69c6881acb1e5a5e603b2e74d0430897943099903ccfe1f58";

Check judged(std::string_view input, std::string_view hash) {
  Subject s;
  s.input = to_bytes(as_bytes(input));
  Questions q;
  q.onchain_hash = parse_onchain_hash(hash).value();
  Findings found;
  check_onchain(s, q, found);
  REQUIRE(found.checks.size() == 1);
  return found.checks[0];
}

}  // namespace

TEST_CASE("on-chain hash: the exact bytes") {
  CHECK(judged(kReport, kReportHash).status == CheckStatus::pass);
  CHECK(judged(kReport, kReportHash.substr(2)).status == CheckStatus::pass);
}
TEST_CASE("bad-onchain-hash: other bytes") {
  std::string other(kReport);
  other[other.size() - 2] = '1';
  const Check c = judged(other, kReportHash);
  CHECK(c.status == CheckStatus::fail);
  CHECK(c.code == &code::onchain_mismatch);
  CHECK(c.expected == kReportHash);
}
TEST_CASE("bad-onchain-hash: a line break is named as the cause, and fails") {
  for (const std::string_view end : {"\n", "\r\n"}) {
    const Check c = judged(std::string(kReport) + std::string(end), kReportHash);
    CHECK(c.status == CheckStatus::fail);
    CHECK(c.message.find("line break") != std::string::npos);
  }
  CHECK(judged(std::string(kReport) + " ", kReportHash).message.find("line break") == std::string::npos);
}
TEST_CASE("bad-onchain-placeholder_S5: refused although its hash is equal") {
  const Check c = judged(kPending, kPendingHash);
  CHECK(c.status == CheckStatus::fail);
  CHECK(c.code == &code::onchain_placeholder);
  for (const std::string_view text : {R"({"tee_type":"tdx","status":"PENDING"})", R"({"tee_type":"tdx","evidence":[]})",
                                      R"({"provider":"aws_nitro","evidence":""})", R"({"tee_type":"sev","evidence":null})"})
    CHECK(judged(text, kPendingHash).code == &code::onchain_placeholder);
}
TEST_CASE("an on-chain hash never answers the question which workload_S5") {
  Subject s;
  s.input = to_bytes(as_bytes(kReport));
  Questions q;
  q.onchain_hash = parse_onchain_hash(kReportHash).value();
  const Outcome out = appraise(s, q, {});
  CHECK(out.scope == "authenticity");
  CHECK(out.verdict == Verdict::fail);  // this report holds no evidence of any kind
  bool seen = false;
  for (const Check& c : out.findings.checks) seen |= c.id == "onchain.hash" && c.status == CheckStatus::pass;
  CHECK(seen);
}
TEST_CASE("bad-onchain-argument") {
  CHECK_FALSE(parse_onchain_hash(""));
  CHECK_FALSE(parse_onchain_hash("0x12"));
  CHECK_FALSE(parse_onchain_hash(std::string(kReportHash) + "00"));
  CHECK_FALSE(parse_onchain_hash("0x" + std::string(64, 'g')));
  const auto zero = parse_onchain_hash("0x" + std::string(64, '0'));
  REQUIRE_FALSE(zero);
  CHECK(zero.error().message.find("nothing is stored") != std::string::npos);
}

TEST_CASE("whose evidence may speak for a deployment") {
  CHECK(providers_of_deployment("AWS", "aws-nitro").value() == std::vector<Provider>{Provider::aws_nitro});
  CHECK(providers_of_deployment("AWS", std::nullopt).value() == std::vector<Provider>{Provider::aws_nitro, Provider::amd_sev_snp});
  CHECK(providers_of_deployment("Azure", "azure-skr").value() == std::vector<Provider>{Provider::azure_cvm});
  CHECK_FALSE(providers_of_deployment("Azure", "aws-nitro"));
  CHECK_FALSE(providers_of_deployment("aws", std::nullopt));
  CHECK_FALSE(providers_of_deployment("", std::nullopt));
}
TEST_CASE("bad-blueprint-provider: unrecognised evidence is of no provider") {
  Subject s;
  Questions q;
  q.blueprint = Blueprint{.cloud = "AWS", .backend = "", .deployment_id = "", .instance_id = "", .accepted = {Provider::aws_nitro}};
  Findings found;
  check_onchain(s, q, found);
  REQUIRE(found.checks.size() == 1);
  CHECK(found.checks[0].code == &code::blueprint_provider);
}
