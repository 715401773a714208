// Every minted result of another verifier gets the verdict that its row demands, and what a pass of one does not mean.
#include <set>

#include "unit/variants.h"

#include "mint/ear/ear.h"
#include "mint/ear/plans.h"
#include "verify/ear.h"
#include "verify/seed_formats.h"

using namespace tee;

namespace {

mint::Case variant(const char* name) { return mint::ear_vendor().make(name).value(); }

}  // namespace

TEST_CASE("every minted EAR gets the verdict and the reason that it must") {
  std::set<std::string_view> names;
  for (const mint::Variant& v : mint::ear_vendor().variants()) {
    CAPTURE(v.name);
    CHECK(names.insert(v.name).second);
    const Result<mint::Case> made = mint::ear_vendor().make(v.name);
    REQUIRE(made.has_value());
    CHECK(v.name.starts_with("good") == (made->exit == 0));
    test::check_case(*made);
  }
}

TEST_CASE("S18: a result that passes is no hardware evidence") {
  const mint::Case c = variant("good");
  const verify::Subject subject = verify::recognise(c.evidence.bytes, c.evidence.name);
  const verify::Outcome out = verify::appraise(subject, test::questions_for(c), {});
  CAPTURE(test::explain(out));
  REQUIRE(out.verdict == verify::Verdict::pass);
  CHECK(out.scope == "workload");
  CHECK(out.freshness == "nonce");
  CHECK(out.signature_verified == true);
  CHECK_FALSE(out.genuine.has_value());
  CHECK_FALSE(out.chain_verified.has_value());
  CHECK_FALSE(out.platform_verified.has_value());
  CHECK(out.findings.trust == Trust::supplied);
  CHECK(std::get<bool>(out.findings.claims.at("hardware_evidence")) == false);
  CHECK_FALSE(out.findings.claims.contains("measurement"));
  CHECK(verify::result_json(subject, out)["subject"]["provider"].is_null());
  CHECK(verify::tangle_json(subject, out)["valid"] == false);
  CHECK(verify::tenzro_json(subject, out)["valid"] == false);
  CHECK(verify::intoto_json(subject, out)["predicate"]["verifiedLevels"].empty());
  // Nor does it become this verifier's own word by being repeated.
  const Json again = verify::ear_json(subject, out, {c.at, {}, {}});
  CHECK(again["submods"].begin().value()["ear.status"] == "none");
}

TEST_CASE("bad-floor-unanswered: a floor that a result cannot answer is no floor that was met") {
  using Change = void (*)(AppraisalOptions&);
  for (const Change change : {Change([](AppraisalOptions& o) { o.min_tcb = {{"snp", 1}}; }),
                              Change([](AppraisalOptions& o) { o.min_firmware = VersionFloor{0, 0, 1}; }),
                              Change([](AppraisalOptions& o) { o.min_tcb_date = unix_time(1); }),
                              Change([](AppraisalOptions& o) { o.min_tcb_evaluation = 1; }),
                              Change([](AppraisalOptions& o) { o.min_gpu_driver = parse_dotted_version("1.0", VersionKind::driver); }),
                              Change([](AppraisalOptions& o) { o.min_gpu_vbios = parse_dotted_version("01.02", VersionKind::vbios); }),
                              Change([](AppraisalOptions& o) { o.min_switch_bios = parse_dotted_version("01.02", VersionKind::vbios); })}) {
    const mint::Case c = variant("good");
    verify::Questions q = test::questions_for(c);
    change(q.options);
    const verify::Outcome out = verify::appraise(verify::recognise(c.evidence.bytes, c.evidence.name), q, {});
    CAPTURE(test::explain(out));
    CHECK(out.verdict == verify::Verdict::fail);
    CHECK(out.reasons == std::vector<std::string>{"floor.unanswered"});
  }
}

TEST_CASE("two results about one piece of evidence count once") {
  const mint::Case c = variant("good");
  const verify::Outcome out = test::appraise_case(c);
  const auto& about = std::get<Bytes>(out.findings.claims.at("evidence_sha256"));
  CHECK(out.findings.signed_parts_sha256 == std::vector<Bytes>{about});
}

TEST_CASE("what would settle an open result is said") {
  mint::Case c = variant("good");
  c.flags.clear();
  const verify::Outcome out = test::appraise_case(c);
  CHECK(out.verdict == verify::Verdict::inconclusive);
  CHECK(out.settle_with == "--nonce @NONCE_FILE --audience NAME --ear-policy HEX");
}

TEST_CASE("all submodules count: the worst status is the claim") {
  const auto status = [](const char* name) { return test::appraise_case(variant(name)).findings.claims.at("status"); };
  CHECK(status("good-two-submodules") == ClaimValue(std::string("affirming")));
  CHECK(status("bad-one-of-two-submodules") == ClaimValue(std::string("contraindicated")));
  CHECK(status("bad-status-none") == ClaimValue(std::string("none")));
  CHECK(status("bad-submodules-empty") == ClaimValue(std::string("none")));
}
