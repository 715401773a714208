// Every variant of the fake Microsoft through recognise and appraise: exit status and reason as the variant
// says.
#include "unit/variants.h"

#include "mint/azure/maa.h"

TEST_CASE("azure: every variant of the mint gets its verdict") {
  tee::test::check_all_variants(tee::mint::azure_maa_vendor());
}
