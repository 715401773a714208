// Every variant of the mint, through recognise and appraise: the exit status and the reason that it must
// give.
#include "unit/variants.h"

#include "mint/nitro/nitro.h"
#include "providers/nitro/verifier.h"

using namespace tee;

TEST_CASE("nitro: every variant of the mint gets its exit status and reason") {
  test::check_all_variants(mint::nitro_vendor());
}

TEST_CASE("nitro: the two rows never claim the same bytes") {
  for (const mint::Variant& v : mint::nitro_vendor().variants()) {
    CAPTURE(v.name);
    const mint::Case c = mint::nitro_vendor().make(v.name).value();
    std::size_t claimed = 0;
    for (const Verifier& row : nitro::verifiers()) claimed += row.recognise(c.evidence.bytes);
    CHECK(claimed == (c.evidence.name == "envelope.json" ? 0 : 1));
  }
}

TEST_CASE("nitro: an unknown variant is an error, not a crash") {
  CHECK_FALSE(mint::nitro_vendor().make("no-such-variant").has_value());
}
