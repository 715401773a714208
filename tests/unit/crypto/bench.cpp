#include "crypto/bench.h"

#include <doctest/doctest.h>

using namespace tee::crypto;

TEST_CASE("bench: every sample verifies and takes some time, P-384 more than P-256") {
  const double p256 = seconds_per_verify(MeasuredKey::p256, 3),
               p384 = seconds_per_verify(MeasuredKey::p384, 3);
  CHECK(p256 > 0);
  CHECK(p384 > p256);
  CHECK(seconds_per_verify(MeasuredKey::rsa4096_pss, 3) > 0);
  CHECK(to_string(MeasuredKey::rsa4096_pss) == "RSA-4096 PSS");
}
