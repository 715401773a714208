// Real evidence of Azure confidential VMs, where it is at hand, with one part of another machine put in its
// place.
#include <cstdlib>

#include "base/env.h"
#include "unit/variants.h"

using namespace tee;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/azure";
}
bool absent() { return !is_folder(folder()); }
Bytes file(const std::string& name) { return read_file(folder() + "/" + name).value(); }
Json document(const char* name) { return json::parse(as_text(file(name))).value(); }

verify::Outcome judge(const Json& evidence) {
  mint::Case c;
  c.evidence = {"evidence.json", to_bytes(as_bytes(json::dump(evidence)))};
  c.at = unix_time(1780272000);
  c.flags = {"--genuine-only"};
  return test::appraise_case(c);
}

bool has(const verify::Outcome& out, const char* code) {
  return std::find(out.reasons.begin(), out.reasons.end(), code) != out.reasons.end();
}

}  // namespace

TEST_CASE("azure vectors: bad-td-quote of another machine" * doctest::skip(absent())) {
  if (!verify::recognise(file("td-quote.bin"), "q").type) return;  // built without TDX
  Json evidence = document("ars-az-tdx-live-evidence.json");
  CHECK(judge(evidence).findings.find("azure.td_quote")->status == CheckStatus::pass);
  evidence["td_quote"] = document("coco-az-tdx-evidence-v1.json")["td_quote"];
  const verify::Outcome out = judge(evidence);
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::fail);
  CHECK(has(out, "azure.td_quote_mismatch"));
}

TEST_CASE("azure vectors: bad-vcek of another chip" * doctest::skip(absent())) {
  Json evidence = document("ars-az-snp-live-evidence.json");
  CHECK(judge(evidence).verdict == verify::Verdict::pass);
  const auto chain = crypto::parse_certificates(file("kinvolk-vcek-chain-milan.pem")).value();
  evidence["evidence"]["vcek"] = base64(chain.front().der(), Base64::url);
  const verify::Outcome out = judge(evidence);
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::inconclusive);
  CHECK(has(out, "chain.missing"));
}

TEST_CASE("azure vectors: bad-quote of another machine under this report" * doctest::skip(absent())) {
  Json evidence = document("ars-az-snp-live-evidence.json");
  evidence["evidence"]["tpm_quote"] = document("coco-az-snp-evidence-v1-milan.json")["tpm_quote"];
  const verify::Outcome out = judge(evidence);
  CHECK(out.verdict == verify::Verdict::fail);
  CHECK(has(out, "signature.invalid"));
}
