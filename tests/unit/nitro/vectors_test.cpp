// Real documents of AWS, where they are at hand: every fact that was noted about them.
#include <cstdlib>

#include "base/env.h"
#include "providers/nitro/evidence.h"
#include "unit/variants.h"

using namespace tee;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/nitro";
}
bool absent() { return !is_folder(folder()); }

Bytes file(const std::string& name) { return read_file(folder() + "/" + name).value(); }

Json facts() {
  const Bytes text = file("expected.json");
  return json::parse(as_text(text)).value();
}

verify::Outcome judge(const Bytes& evidence, const std::string& at, bool allow_debug) {
  verify::Questions q;
  q.options.at = q.real_now = parse_rfc3339(at).value();
  q.options.time_from_caller = true;
  q.options.genuine_only = true;
  q.options.allow_debug = allow_debug;
  return verify::appraise(verify::recognise(evidence, "document"), q, {});
}

std::string claim(const verify::Outcome& out, const char* name) {
  const auto it = out.findings.claims.find(name);
  return it == out.findings.claims.end() ? "(absent)" : hex(std::get<Bytes>(it->second));
}

}  // namespace

TEST_CASE("nitro vectors: verdicts, PCRs and fields of the real documents" * doctest::skip(absent())) {
  std::size_t passed = 0;
  for (const Json& e : facts()) {
    const std::string name = e["file"].get<std::string>();
    if (!name.starts_with("aws-")) continue;
    CAPTURE(name);
    const Bytes evidence = file(name);
    const std::string at = e["verification_time"].get<std::string>();
    const bool debug = e["debug_pcrs"].get<bool>();
    const verify::Outcome out = judge(evidence, at, false);
    CAPTURE(test::explain(out));
    CHECK(out.verdict == (debug ? verify::Verdict::fail : verify::Verdict::pass));
    CHECK(out.genuine == true);
    CHECK(judge(evidence, at, true).verdict == verify::Verdict::pass);
    CHECK(judge(evidence, "2028-01-01T00:00:00Z", true).chain_verified == false);
    for (const auto& [index, value] : e["pcrs"].items()) CHECK(claim(out, ("pcr" + index).c_str()) == value);
    for (const char* field : {"nonce", "user_data", "public_key"})
      CHECK(claim(out, field) == (e[field].is_null() ? Json("(absent)") : e[field]));
    CHECK(out.findings.vendor["module_id"] == e["module_id"]);
    CHECK(out.findings.vendor["timestamp"] == e["timestamp_ms"]);
    CHECK(out.findings.vendor["payload_map"] == e["map_encoding"]);
    CHECK(out.findings.vendor.contains("region"));
    ++passed;
  }
  CHECK(passed > 10);
}

TEST_CASE("bad-real-document-any-byte: a production document changed in one byte" * doctest::skip(absent())) {
  const std::string name = "aws-prod-indefinite-map-2025-12-a.cose", at = "2025-12-25T13:16:37Z";
  Bytes evidence = file(name);
  REQUIRE(judge(evidence, at, false).verdict == verify::Verdict::pass);
  for (std::size_t i = 0; i < evidence.size(); i += 97) {
    evidence[i] ^= 0x04;
    CAPTURE(i);
    CHECK(judge(evidence, at, true).verdict == verify::Verdict::fail);
    evidence[i] ^= 0x04;
  }
}
