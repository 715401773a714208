// Every minted Azure VM, good and bad, through recognise and appraise.
#include "unit/variants.h"

#include <set>

#include "mint/vtpm/vtpm.h"

using namespace tee;

TEST_CASE("every minted Azure vTPM case gets the verdict and the reason that it must") {
  std::set<std::string_view> names;
  for (const mint::Variant& v : mint::azure_vtpm_vendor().variants()) {
    CAPTURE(v.name);
    CHECK(names.insert(v.name).second);
    CHECK_FALSE(v.what.empty());
    const Result<mint::Case> made = mint::azure_vtpm_vendor().make(v.name);
    REQUIRE(made.has_value());
    CHECK(made->name == v.name);
    CHECK(v.name.starts_with("good") == (made->exit == 0));
    CHECK((made->exit == 0) == made->code.empty());
    test::check_case(*made);
  }
}

TEST_CASE("the mint knows its own variants only") {
  CHECK_FALSE(mint::azure_vtpm_vendor().make("good-trusted-launch").has_value());
}

TEST_CASE("a paravisor of the built-in list makes the guest's PCRs a workload") {
  const auto judge = [](const char* name) {
    return test::appraise_case(mint::azure_vtpm_vendor().make(name).value());
  };
  const verify::Outcome out = judge("good");
  CHECK(out.scope == "workload");
  CHECK(out.freshness == "nonce");
  CHECK(out.findings.vendor["paravisor"] == "listed");
  CHECK(judge("good-pinned-paravisor_S10").findings.vendor["paravisor"] == "pinned");
  CHECK(judge("good-unlisted-genuine-only_S10").findings.vendor["paravisor"] == "unpinned");
}

TEST_CASE("S10: the hardware report's freshness is a result of its own") {
  const auto report = [](const char* name, const std::vector<std::string>& flags) {
    mint::Case c = mint::azure_vtpm_vendor().make(name).value();
    c.flags.insert(c.flags.end(), flags.begin(), flags.end());
    const verify::Outcome out = test::appraise_case(c);
    CHECK(out.freshness == "nonce");  // of the quote, whatever the report says
    const Check* check = out.findings.find("azure.report_freshness");
    REQUIRE(check != nullptr);
    return check->status;
  };
  CHECK(report("good", {}) == CheckStatus::skipped);
  CHECK(report("good-no-user-data", {}) == CheckStatus::skipped);
  CHECK(report("good-user-data", {}) == CheckStatus::pass);
  CHECK(report("good-user-data-is-nonce_S10", {}) == CheckStatus::pass);
  CHECK(report("bad-user-data", {}) == CheckStatus::skipped);
}

TEST_CASE("values of PCRs become claims only when everything about the quote holds") {
  const auto claims = [](const char* name) {
    return test::appraise_case(mint::azure_vtpm_vendor().make(name).value()).findings.claims;
  };
  CHECK(claims("good").contains("pcr8"));
  for (const char* name : {"bad-quote-by-ek", "bad-pcr-forged", "bad-pcr8-outside-selection",
                           "bad-quote-certify", "bad-two-banks"}) {
    CAPTURE(name);
    CHECK_FALSE(claims(name).contains("pcr8"));
  }
}
