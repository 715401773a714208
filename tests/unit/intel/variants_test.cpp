// Every variant of the mint, through recognise and appraise: the exit status and the reason that it must
// give.
#include "unit/variants.h"

#include "mint/intel/intel.h"
#include "providers/sgx/verifier.h"
#include "providers/tdx/verifier.h"

using namespace tee;

TEST_CASE("tdx: every variant of the mint gets its exit status and reason") {
  test::check_all_variants(mint::tdx_vendor());
}
TEST_CASE("sgx: every variant of the mint gets its exit status and reason") {
  test::check_all_variants(mint::sgx_vendor());
}

TEST_CASE("intel: the two rows never claim the same bytes") {
  for (const mint::Vendor* vendor : {&mint::tdx_vendor(), &mint::sgx_vendor()}) {
    for (const mint::Variant& v : vendor->variants()) {
      CAPTURE(v.name);
      const mint::Case c = vendor->make(v.name).value();
      const int claimed =
          tdx::verifier().recognise(c.evidence.bytes) + sgx::verifier().recognise(c.evidence.bytes);
      CHECK(claimed == (c.evidence.name == "envelope.json" ? 0 : 1));
    }
  }
}

TEST_CASE("intel: names of variants are unique, and say good, bad or open") {
  for (const mint::Vendor* vendor : {&mint::tdx_vendor(), &mint::sgx_vendor()}) {
    std::set<std::string_view> names;
    for (const mint::Variant& v : vendor->variants()) {
      CAPTURE(v.name);
      CHECK(names.insert(v.name).second);
      const mint::Case c = vendor->make(v.name).value();
      CHECK(v.name.starts_with("good") == (c.exit == 0));
      CHECK(c.code.empty() == (c.exit == 0));
    }
  }
}

TEST_CASE("intel: an unknown variant is an error, not a crash") {
  CHECK_FALSE(mint::tdx_vendor().make("no-such-variant").has_value());
}
