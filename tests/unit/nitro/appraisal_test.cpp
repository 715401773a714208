// What the result says about a document beyond its verdict.
#include "mint/nitro/document.h"
#include "mint/nitro/nitro.h"
#include "providers/nitro/codes.h"
#include "unit/variants.h"

using namespace tee;
using namespace tee::mint::nitro;

namespace {

mint::Case case_of(const Row& row) { return make_case(row).value(); }
mint::Case variant(std::string_view name) { return mint::nitro_vendor().make(name).value(); }

bool warned(const verify::Outcome& out, const Code& code) {
  for (const Warning& w : out.findings.warnings)
    if (w.code == &code) return true;
  return false;
}

// BN_sub by hand: n - s over 48 bytes, n the order of P-384.
Bytes order_minus(ByteView s) {
  const Bytes n = *from_hex(
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");
  Bytes out(48);
  int borrow = 0;
  for (std::size_t i = 48; i-- > 0;) {
    const int d = n[i] - s[i] - borrow;
    borrow = d < 0;
    out[i] = static_cast<std::uint8_t>(d + (borrow ? 256 : 0));
  }
  return out;
}

}  // namespace

TEST_CASE("nitro result: a good document answers everything") {
  const verify::Outcome out = test::appraise_case(variant("good-user-data-and-key"));
  CAPTURE(test::explain(out));
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.scope == "workload");
  CHECK(out.freshness == "nonce");
  CHECK(out.peer_bound);
  CHECK(out.loosened.empty());
  CHECK(out.genuine == true);
  CHECK(out.signature_verified == true);
  CHECK(out.chain_verified == true);
  CHECK(out.platform_verified == true);
  CHECK(out.freshness_verified == true);
  CHECK(out.findings.trust == Trust::custom);
  REQUIRE(out.findings.tcb);
  CHECK(out.findings.tcb->status == "NotStated");
}

TEST_CASE("nitro result: claims and the decoded structure") {
  const verify::Outcome out = test::appraise_case(variant("good"));
  const Facts& facts = usual_facts();
  const Json claims = to_json(out.findings.claims);
  CHECK(claims["measurement"] == hex(facts.pcrs.at(0)));
  CHECK(claims["pcr15"] == hex(facts.pcrs.at(15)));
  CHECK_FALSE(claims.contains("pcr16"));
  CHECK(claims["module_id"] == facts.module_id);
  CHECK(claims["instance_id"] == "i-0a1b2c3d4e5f60718");
  CHECK(claims["timestamp"] == "2026-01-15T11:59:30Z");
  CHECK(claims["debug"] == false);
  CHECK(claims["nonce"] == hex(facts.nonce));
  CHECK(out.findings.vendor["region"] == "eu-central-1");
  CHECK(out.findings.vendor["pcrs"].size() == 16);
  CHECK(out.findings.vendor["payload_map"] == "definite");
  CHECK(out.findings.signed_bytes_sha256.size() == 32);
}

TEST_CASE("nitro result: the chain from leaf to root, and the earliest end") {
  const mint::Case c = variant("good");
  const verify::Outcome out = test::appraise_case(c);
  std::string roles;
  for (const ChainLink& link : out.findings.chain) roles += link.role + ";";
  CHECK(roles == "leaf;instance;zonal;regional;root (custom);");
  CHECK_FALSE(out.findings.chain.back().not_after);
  CHECK(out.findings.valid_until == c.at - Seconds(60) + Seconds(3 * 3600 + 3));
}

TEST_CASE("nitro result: a question not asked stays null_S7") {
  mint::Case c = variant("good");
  c.flags = {"--genuine-only"};
  const verify::Outcome out = test::appraise_case(c);
  CHECK(out.verdict == verify::Verdict::pass);
  CHECK(out.scope == "authenticity");
  CHECK_FALSE(out.freshness_verified.has_value());
}

TEST_CASE("nitro result: what was loosened is said_S7") {
  const verify::Outcome out = test::appraise_case(variant("good-debug-allowed"));
  CHECK(out.loosened == std::vector<std::string>{"--allow-debug"});
  CHECK(std::get<bool>(out.findings.claims.at("debug")));
}

TEST_CASE("nitro result: PCR0 alone and unknown fields are remarked") {
  CHECK(warned(test::appraise_case(variant("good-pcr0-alone")), nitro::code::pcr0_alone));
  CHECK_FALSE(warned(test::appraise_case(variant("good")), nitro::code::pcr0_alone));
  CHECK(warned(test::appraise_case(variant("good-unknown-field")), nitro::code::unknown_fields));
}

TEST_CASE("nitro result: every check runs after a failed one") {
  const verify::Outcome out = test::appraise_case(variant("bad-signature-zero"));
  for (const char* id :
       {"nitro.cose", "nitro.algorithm", "nitro.document", "nitro.certificates", "nitro.root", "nitro.chain",
        "nitro.validity.begin", "nitro.validity.end", "nitro.algorithms", "nitro.leaf", "nitro.revocation",
        "nitro.signature", "nitro.pcr4", "nitro.debug", "nitro.timestamp", "nitro.timestamp.leaf",
        "nitro.module_id"}) {
    CAPTURE(id);
    CHECK(out.findings.find(id) != nullptr);
  }
  CHECK(out.signature_verified == false);
  CHECK(out.chain_verified == true);
}

TEST_CASE("nitro result: a cold document costs five signature checks") {
  const mint::Case c = variant("good");
  const std::uint64_t before = crypto::signature_checks_done();
  CHECK(test::appraise_case(c).verdict == verify::Verdict::pass);
  CHECK(crypto::signature_checks_done() - before == 5);
}

TEST_CASE("nitro result: what was not judged is null, not true") {
  for (const char* name : {"bad-leaf-truncated", "bad-digest-missing"}) {
    CAPTURE(name);
    const verify::Outcome out = test::appraise_case(variant(name));
    CHECK_FALSE(out.signature_verified.has_value());
    CHECK(out.genuine != true);
  }
}

TEST_CASE("nitro result: an absent CRL is a visible skip, a given one is an input") {
  const verify::Outcome without = test::appraise_case(variant("good"));
  const Check* skipped = without.findings.find("nitro.revocation");
  REQUIRE(skipped);
  CHECK(skipped->status == CheckStatus::skipped);
  CHECK(skipped->enable_with == "--collateral");
  const verify::Outcome with = test::appraise_case(variant("good-crl"));
  bool used = false;
  for (const auto& input : with.findings.inputs) used |= input.role == "crl";
  CHECK(used);
}

TEST_CASE("nitro result: the malleable twin verifies and has the same identity_S23") {
  Made made = build(Row{}).value();
  mint::Case c = case_of(Row{});
  c.evidence.bytes = made.message.encode();
  const verify::Outcome first = test::appraise_case(c);
  const Bytes twin = order_minus(ByteView(made.message.signature).subspan(48));
  std::copy(twin.begin(), twin.end(), made.message.signature.begin() + 48);
  REQUIRE(made.message.encode() != c.evidence.bytes);
  c.evidence.bytes = made.message.encode();
  const verify::Outcome second = test::appraise_case(c);
  CHECK(first.verdict == verify::Verdict::pass);
  CHECK(second.verdict == verify::Verdict::pass);
  CHECK(first.findings.signed_bytes_sha256 == second.findings.signed_bytes_sha256);
}

TEST_CASE("bad-terminal-escape-in-module-id_S26") {
  Row row;
  row.payload = [](Map& m) { m.set("module_id", text_item("i-\x1b[2J\xe2\x80\xae-enc0123")); };
  const mint::Case c = case_of(row);
  const verify::Subject subject = verify::recognise(c.evidence.bytes, c.evidence.name);
  const verify::Outcome out = test::appraise_case(c);
  CHECK(out.verdict == verify::Verdict::fail);
  for (const Check& check : out.findings.checks) CHECK(check.message.find('\x1b') == std::string::npos);
  for (const Warning& w : out.findings.warnings) CHECK(w.message.find('\x1b') == std::string::npos);
  const std::string text = json::dump(verify::result_json(subject, out));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\xe2\x80\xae") == std::string::npos);
}

TEST_CASE("nitro result: an anchor given for another provider changes nothing_S9") {
  const mint::Case c = variant("good");
  verify::Questions q = test::questions_for(c);
  q.options.anchors[0].provider = Provider::intel_tdx;
  const verify::Outcome out = verify::appraise(verify::recognise(c.evidence.bytes, "x"), q, {});
  CHECK(out.findings.trust == Trust::pinned);
  CHECK(out.chain_verified == false);
}

TEST_CASE("nitro result: a simulator's root is refused unless allowed_S31") {
  const mint::Case c = variant("good");
  verify::Questions q = test::questions_for(c);
  q.options.anchors[0].simulated = true;
  const verify::Subject subject = verify::recognise(c.evidence.bytes, "x");
  CHECK(verify::appraise(subject, q, {}).verdict == verify::Verdict::fail);
  q.options.allow_simulated = true;
  const verify::Outcome allowed = verify::appraise(subject, q, {});
  CHECK(allowed.verdict == verify::Verdict::pass);
  CHECK(allowed.genuine == false);
}
