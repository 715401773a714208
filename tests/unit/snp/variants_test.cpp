// Every minted SNP case, good and bad, through recognise and appraise.
#include "variants.h"

#include <set>

#include "mint/snp/snp.h"

using namespace tee;

TEST_CASE("every minted SNP case gets the verdict and the reason that it must") {
  std::set<std::string_view> names;
  for (const mint::Variant& v : mint::snp_vendor().variants()) {
    CAPTURE(v.name);
    CHECK(names.insert(v.name).second);
    CHECK_FALSE(v.what.empty());
    const Result<mint::Case> made = mint::snp_vendor().make(v.name);
    REQUIRE(made.has_value());
    CHECK(made->name == v.name);
    // The name says which way it goes.
    CHECK(v.name.starts_with(made->exit == 0 ? "good-" : "bad-"));
    CHECK((made->exit == 0) == made->code.empty());
    test::check_case(*made);
  }
}

TEST_CASE("the mint knows its own variants only") {
  CHECK_FALSE(mint::snp_vendor().make("good-naples").has_value());
}
