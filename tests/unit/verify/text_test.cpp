// What people read: the tree, failures with both values, open questions with the flag that settles them.
#include <doctest/doctest.h>

#include "evidence/codes.h"
#include "verify/inspect_text.h"
#include "verify/seed_formats.h"
#include "verify/text.h"

using namespace tee;
using namespace tee::verify;

namespace {

constexpr TextStyle kPlain{Glyphs::ascii, Colour::off}, kFancy{Glyphs::unicode, Colour::off}, kColoured{Glyphs::unicode, Colour::on};

Subject report() {
  Subject s;
  s.name = "report.bin";
  s.form = "raw";
  s.type = EvidenceType::sev_snp_report;
  s.evidence = Bytes(4, 0xab);
  return s;
}

Outcome passing() {
  Outcome out;
  out.verdict = Verdict::pass;
  out.exit = Exit::pass;
  out.scope = "workload";
  out.freshness = "nonce";
  out.genuine = out.platform_verified = out.signature_verified = out.chain_verified = out.freshness_verified = true;
  out.verified_at = unix_time(1750000000);
  out.findings.chain = {
      {.subject = "CN=SEV-VCEK, O=AMD", .issuer = "CN=SEV-Milan", .serial = "00", .not_before = unix_time(1700000000), .not_after = unix_time(1900000000), .sha256 = {}, .role = "vek"},
      {.subject = "CN=SEV-Milan", .issuer = "CN=ARK-Milan", .serial = "", .not_before = {}, .not_after = {}, .sha256 = {}, .role = "ask (pinned)"},
      {.subject = "CN=ARK-Milan", .issuer = "CN=ARK-Milan", .serial = "", .not_before = {}, .not_after = {}, .sha256 = {}, .role = "anchor"}};
  out.findings.claims["measurement"] = Bytes(48, 0x11);
  out.findings.claims["firmware_version"] = std::string("1.55.29");
  out.findings.claims["debug"] = false;
  out.findings.pass(Area::signature, "snp.report.signature", "the signature holds");
  return out;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the chain of trust is a tree from the root to the answers") {
  const std::string text = summary_text(report(), passing(), kFancy, Detail::brief);
  CHECK(holds(text, "✓ PASS  report.bin"));
  CHECK(holds(text, "  ✓ ARK-Milan  anchor\n  └─ ✓ SEV-Milan  ask (pinned)\n     └─ ✓ SEV-VCEK  vek, until 2030-03-17\n"));
  CHECK(holds(text, "signature holds\n"));
  CHECK(holds(text, "├─ ✓ workload  pinned\n"));
  CHECK(holds(text, "└─ ✓ freshness  by nonce\n"));
  CHECK_FALSE(holds(text, "\x1b"));
}

TEST_CASE("without UTF-8 the same tree in ASCII") {
  const std::string text = summary_text(report(), passing(), kPlain, Detail::every_check);
  for (const char c : text) CHECK(static_cast<unsigned char>(c) < 0x80);
  CHECK(holds(text, "  + ARK-Milan  anchor\n  `- + SEV-Milan"));
}

TEST_CASE("colour marks words and marks only") {
  const std::string text = summary_text(report(), passing(), kColoured, Detail::brief);
  CHECK(holds(text, "\x1b[32m✓\x1b[0m"));
  CHECK(holds(text, "\x1b[1mPASS\x1b[0m"));
}

TEST_CASE("a failure shows what was expected and what was found") {
  Outcome out = passing();
  out.verdict = Verdict::fail;
  out.exit = Exit::negative;
  out.reasons = {"workload.mismatch"};
  out.findings.fail(Area::workload, "expect.measurement", code::workload_mismatch, "measurement differs", "aa", "bb");
  const std::string text = summary_text(report(), out, kPlain, Detail::brief);
  CHECK(holds(text, "x FAIL  report.bin"));
  CHECK(holds(text, "  x expect.measurement (workload.mismatch): measurement differs\n      expected  aa\n      found     bb\n"));
  CHECK(holds(text, "x workload  differs"));
}

TEST_CASE("open and skipped checks name the flag that adds what is missing") {
  Outcome out = passing();
  out.verdict = Verdict::inconclusive;
  out.findings.undecided(Area::freshness, "freshness", code::freshness_unasked, "nothing was asked about freshness", "--nonce");
  out.findings.skip(Area::platform, "snp.revocation", code::crl_missing, "no CRL was given", "--collateral");
  const std::string text = summary_text(report(), out, kPlain, Detail::brief);
  CHECK(holds(text, "settle with --nonce"));
  CHECK(holds(text, "enable with --collateral"));
  CHECK_FALSE(holds(text, "--allow"));
}

TEST_CASE("an expired certificate is marked where it stands") {
  Outcome out = passing();
  out.chain_verified = false;
  out.verified_at = unix_time(1950000000);
  const std::string text = summary_text(report(), out, kPlain, Detail::brief);
  CHECK(holds(text, "`- x SEV-VCEK"));
}

TEST_CASE("bad-terminal-escape: names cannot act on a terminal_S26") {
  Subject s = report();
  s.name = "a\x1b]0;owned\x07" "b\nPASS";
  Outcome out = passing();
  out.findings.chain[0].subject = "CN=x\x1b[2J\xe2\x80\xae";
  out.findings.fail(Area::form, "x", code::signature_invalid, "m\x9b\r", "e\x1b", "\xff\xfe");
  out.findings.tcb = TcbReport{};
  out.findings.tcb->status = "Up\x1b[1mToDate";
  for (const Detail d : {Detail::brief, Detail::every_check}) {
    const std::string text = summary_text(s, out, kPlain, d);
    CHECK_FALSE(holds(text, "\x1b"));
    CHECK_FALSE(holds(text, "\r"));
    CHECK_FALSE(holds(text, "\xe2\x80\xae"));
    CHECK_FALSE(holds(text, "\nPASS"));
  }
  Json inspection{{"subject", {{"name", "a\x1b[1m"}, {"provider", nullptr}}},
                  {"decoded", {{"certificates", Json::array({{{"subject", "CN=\x1b[31m"}, {"issuer", "i\n"}, {"not_before", "b"}, {"not_after", "a"}}})}}}};
  CHECK_FALSE(holds(inspection_text(inspection, kPlain), "\x1b"));
}

TEST_CASE("inspection: platform, sizes and certificates") {
  const Json inspection{{"schema", "tee.inspection/1"},
                        {"verified", false},
                        {"subject", {{"name", "q"}, {"form", "raw"}, {"provider", "intel_tdx"}, {"type", "tdx_quote"}}},
                        {"decoded",
                         {{"body", {{"report_data", std::string(128, 'a')}}},
                          {"firmware_version", "1.5.6"},
                          {"signature", {{"bytes", 64}}},
                          {"certificates", Json::array({{{"subject", "CN=leaf"}, {"issuer", "CN=ca"}, {"not_before", "2020-01-01T00:00:00Z"}, {"not_after", "2030-01-01T00:00:00Z"}}})}}}};
  const std::string text = inspection_text(inspection, kPlain);
  CHECK(holds(text, "not verified"));
  CHECK(holds(text, "  Firmware:     1.5.6\n"));
  CHECK(holds(text, "  Report data:  64 bytes\n"));
  CHECK(holds(text, "  Signature:    64 bytes\n"));
  CHECK(holds(text, "  Cert chain:   1 certificate\n"));
  CHECK(holds(text, "  [0] Subject: CN=leaf\n      Issuer:  CN=ca\n      Valid:   2020-01-01T00:00:00Z to 2030-01-01T00:00:00Z\n"));
}

TEST_CASE("seed shapes say valid only for a workload pass with freshness_S7") {
  CHECK(tenzro_json(report(), passing())["valid"] == true);
  CHECK(tangle_json(report(), passing())["valid"] == true);
  CHECK(tangle_json(report(), passing())["verdict"]["verdict"] == "verified");
  Outcome authentic = passing();
  authentic.scope = "authenticity";
  Outcome stale = passing();
  stale.freshness = "none";
  Outcome open = passing();
  open.verdict = Verdict::inconclusive;
  open.exit = Exit::inconclusive;
  Outcome failed = passing();
  failed.verdict = Verdict::fail;
  failed.exit = Exit::negative;
  for (const Outcome& out : {authentic, stale, open, failed}) {
    CHECK(tenzro_json(report(), out)["valid"] == false);
    CHECK(tangle_json(report(), out)["valid"] == false);
    CHECK(tangle_json(report(), out)["verdict"]["verdict"] != "verified");
  }
  Outcome unasked = passing();
  unasked.freshness_verified.reset();
  CHECK(tenzro_json(report(), unasked)["freshness_verified"] == false);
}

TEST_CASE("seed shapes carry claims of genuine evidence only") {
  const Json good = tangle_json(report(), passing());
  CHECK(good["report"]["measurement"]["algorithm"] == "sha384");
  CHECK(good["report"]["format"] == "sev_snp_report");
  CHECK(good["report"]["evidence"] == Json::array({0xab, 0xab, 0xab, 0xab}));
  Outcome forged = passing();
  forged.genuine = false;
  forged.verdict = Verdict::fail;
  CHECK(tangle_json(report(), forged)["report"].is_null());
  Subject nothing;
  nothing.malformed = Error(code::evidence_unrecognised, "no");
  CHECK(tangle_json(nothing, forged)["structural_ok"] == false);
  CHECK(tenzro_json(nothing, forged)["platform"].is_null());
}
