// Real MAA tokens, where they are at hand: every fact that was noted about them.
#include <cstdlib>

#include "base/env.h"
#include "crypto/digest.h"
#include "unit/variants.h"

using namespace tee;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/azure";
}
bool absent() { return !is_folder(folder()); }
Bytes file(const std::string& name) { return read_file(folder() + "/" + name).value(); }

verify::Outcome judge(const char* name, const char* keys, std::int64_t at, std::vector<std::string> flags) {
  mint::Case c;
  c.evidence = {name, file(name)};
  c.collateral.push_back({keys, file(keys)});
  c.at = unix_time(at);
  c.flags = std::move(flags);
  return test::appraise_case(c);
}

bool has(const verify::Outcome& out, const char* code) {
  return std::find(out.reasons.begin(), out.reasons.end(), code) != out.reasons.end();
}

// user-data of both tokens, 64 bytes
const std::string kUserData =
    "fb36348b6ee7bad71b80e41479fb3e0d35e4064e6fbaacfcc618a59e833c3e485e2a0a1b07227ccf56be41d8102a7e00802a2e91"
    "71d4e6fb32efc79b3b6dd03c";

}  // namespace

TEST_CASE("azure vectors: tokens of the shared instances" * doctest::skip(absent())) {
  struct Row {
    const char *token, *keys, *runtime;
    std::int64_t at;
  };
  for (const Row& row :
       {Row{"maa-sevsnpvm-genoa.jwt", "maa-jwks-eus.json", "maa-sevsnpvm-genoa.runtime-data.json",
            1791510000},
        Row{"maa-tdxvm.jwt", "maa-jwks-wus.json", "maa-tdxvm.runtime-data.json", 1791505000}}) {
    CAPTURE(row.token);
    const verify::Outcome out = judge(row.token, row.keys, row.at, {"--genuine-only", "--nonce", kUserData});
    CAPTURE(test::explain(out));
    CHECK(out.verdict == verify::Verdict::pass);
    CHECK(out.freshness == "nonce");
    CHECK(has(judge(row.token, row.keys, row.at, {"--genuine-only", "--nonce", kUserData.substr(0, 64)}),
              "freshness.nonce_mismatch"));
    CHECK(has(judge(row.token, row.keys, row.at + 86'400, {"--genuine-only"}), "token.expired"));
    const std::string bound = hex(crypto::sha256(file(row.runtime))) + std::string(64, '0');
    CHECK(
        judge(row.token, row.keys, row.at, {"--genuine-only", "--expect", "report_data=" + bound}).verdict ==
        verify::Verdict::pass);
  }
}

TEST_CASE("azure vectors: the keys of another region do not serve" * doctest::skip(absent())) {
  const verify::Outcome out =
      judge("maa-sevsnpvm-genoa.jwt", "maa-jwks-wus.json", 1791510000, {"--genuine-only"});
  CHECK(out.verdict == verify::Verdict::inconclusive);
  CHECK(has(out, "token.key_missing"));
}

TEST_CASE("azure vectors: a test instance is not on the list" * doctest::skip(absent())) {
  const verify::Outcome out =
      judge("maa-sevsnpvm-test-instance-nokey.jwt", "maa-jwks-eus.json", 1744100000, {"--genuine-only"});
  CHECK(out.verdict == verify::Verdict::fail);
  CHECK(has(out, "token.issuer"));
  CHECK(has(out, "azure.compliance"));
}
