// Every minted SNP case, good and bad, through recognise and appraise.
#include <set>

#include "mint/snp/snp.h"
#include "variants.h"

TEST_CASE("every minted SNP case gets the verdict and the reason that it must") {
  tee::test::check_all_variants(tee::mint::snp_vendor());
}

TEST_CASE("variant names are unique, and say which way they go") {
  std::set<std::string_view> names;
  for (const tee::mint::Variant& v : tee::mint::snp_vendor().variants()) {
    CAPTURE(v.name);
    CHECK(names.insert(v.name).second);
    CHECK((v.name.starts_with("good-") || v.name.starts_with("bad-")));
    const auto made = tee::mint::snp_vendor().make(v.name);
    REQUIRE(made.has_value());
    CHECK((made->exit == 0) == v.name.starts_with("good-"));
    CHECK((made->exit == 0) == made->code.empty());
  }
}
