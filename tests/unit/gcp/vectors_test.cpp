// Real tokens of Google, where they are at hand: every fact that was noted about them.
#include <cstdlib>

#include "base/env.h"
#include "unit/variants.h"

using namespace tee;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/gcp";
}
bool absent() { return !is_folder(folder()); }

verify::Outcome judge(const std::string& name, std::int64_t at, std::vector<std::string> flags = {},
                      const char* keys = "google-cs-jwks.json") {
  mint::Case c;
  c.evidence = {name, read_file(folder() + "/" + name).value()};
  if (keys) c.collateral.push_back({keys, read_file(folder() + "/" + keys).value()});
  c.at = unix_time(at);
  c.flags = std::move(flags);
  return test::appraise_case(c);
}

bool has(const verify::Outcome& out, const char* code) {
  return std::find(out.reasons.begin(), out.reasons.end(), code) != out.reasons.end();
}

using Flags = std::vector<std::string>;
const Flags kGenuine{"--genuine-only"};
const std::string kNonce = "8bbd16f5b103edde017ba6f3d953a781165a0d512dc97adaad905321444fad19";

}  // namespace

TEST_CASE("gcp vectors: production tokens by key set" * doctest::skip(absent())) {
  struct Row {
    const char* name;
    std::int64_t at;
  };
  for (const Row& row : {Row{"cs-oidc-prod-sev.jwt", 1791498000}, Row{"cs-oidc-prod-tdx.jwt", 1791502000}}) {
    const char* name = row.name;
    const std::int64_t at = row.at;
    CAPTURE(name);
    const verify::Outcome out = judge(name, at, kGenuine);
    CAPTURE(test::explain(out));
    CHECK(out.verdict == verify::Verdict::pass);
    CHECK(out.findings.trust == Trust::supplied);
    CHECK(judge(name, at, {"--genuine-only", "--nonce", kNonce}).verdict == verify::Verdict::pass);
    CHECK(judge(name, at, {"--genuine-only", "--nonce", "text:" + kNonce}).verdict == verify::Verdict::pass);
    CHECK(has(judge(name, at + 7200, kGenuine), "token.expired"));
    CHECK(has(judge(name, at - 7200, kGenuine), "token.not_yet_valid"));
    CHECK(has(judge(name, at, kGenuine, nullptr), "token.key_missing"));
  }
}

TEST_CASE("gcp vectors: an expected image refuses the overrides of a real token" * doctest::skip(absent())) {
  const Flags flags{
      "--nonce",  kNonce,
      "--expect", "aud=pca-attestation",
      "--expect", "image_digest=sha256:b1c058a8092d56dd77ec351b9e00b2565fba5e413d0cb08d260a1e40e64ca46e"};
  CHECK(has(judge("cs-oidc-prod-sev.jwt", 1791498000, flags), "gcp.overrides"));
  Flags listed = flags;
  listed.insert(
      listed.end(),
      {"--expect", "env_override={\"PCA_AUDIENCE\":\"pca-attestation\",\"PCA_NONCE\":\"" + kNonce + "\"}"});
  const verify::Outcome out = judge("cs-oidc-prod-sev.jwt", 1791498000, listed);
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.scope == "workload");
}

TEST_CASE("gcp vectors: a debug image" * doctest::skip(absent())) {
  CHECK(has(judge("cs-oidc-debug-sev.jwt", 1791498000, kGenuine), "debug.enabled"));
  CHECK(judge("cs-oidc-debug-sev.jwt", 1791498000, {"--genuine-only", "--allow-debug"}).verdict ==
        verify::Verdict::pass);
}

TEST_CASE("gcp vectors: an unknown key id is missing collateral" * doctest::skip(absent())) {
  const verify::Outcome out =
      judge("cs-oidc-debug-sev-nokey.jwt", 1730681000, {"--genuine-only", "--allow-debug"});
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::inconclusive);
  CHECK(has(out, "token.key_missing"));
}

TEST_CASE("gcp vectors: the PKI token chains to the pinned root" * doctest::skip(absent())) {
  const char* name = "cs-pki-prod-tdx.jwt";
  const verify::Outcome out = judge(name, 1757061000, kGenuine, nullptr);
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.chain_verified == true);
  CHECK(out.findings.trust == Trust::pinned);
  CHECK(judge(name, 1757060190, kGenuine, nullptr).verdict == verify::Verdict::pass);
  CHECK(judge(name, 1757060189, kGenuine, nullptr).verdict == verify::Verdict::fail);
  CHECK(judge(name, 1757063909, kGenuine, nullptr).verdict == verify::Verdict::pass);
  CHECK(judge(name, 1757063911, kGenuine, nullptr).verdict == verify::Verdict::fail);
  CHECK(has(judge(name, 1762145667, kGenuine, nullptr), "chain.expired"));
  const verify::Outcome workload =
      judge(name, 1757061000,
            {"--nonce", "75a91c8dbe289f190d5e70ab1cb70c93cc14d7243f0ef3ff5326a622ead220a6", "--expect",
             "aud=z08381475938604996746", "--expect",
             "image_digest=e2e5e3672f416ac9ca71aa639abf86db0b713729a48c125a925af6c808b20b5d"},
            nullptr);
  CAPTURE(test::explain(workload));
  CHECK(workload.verdict == verify::Verdict::pass);
  CHECK(workload.scope == "workload");
}
