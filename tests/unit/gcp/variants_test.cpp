// Every variant of the fake Google through recognise and appraise: exit status and reason as the variant
// says.
#include "unit/variants.h"

#include "mint/gcp/gcp.h"

TEST_CASE("gcp: every variant of the mint gets its verdict") {
  tee::test::check_all_variants(tee::mint::gcp_vendor());
}
