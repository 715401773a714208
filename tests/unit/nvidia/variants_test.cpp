// Every minted NVIDIA variant gets the verdict that its row demands.
#include <doctest/doctest.h>

#include "mint/nvidia/nras.h"
#include "mint/nvidia/nvidia.h"
#include "unit/variants.h"

TEST_CASE("nvidia variants") {
  const auto& vendor = tee::mint::nvidia_vendor();
  for (const auto& variant : vendor.variants()) {
    CAPTURE(std::string(variant.name));
    tee::test::check_variant(vendor, variant.name);
  }
}

TEST_CASE("answers of the attestation service") {
  const auto& vendor = tee::mint::nvidia_nras_vendor();
  for (const auto& variant : vendor.variants()) {
    CAPTURE(std::string(variant.name));
    tee::test::check_variant(vendor, variant.name);
  }
}
