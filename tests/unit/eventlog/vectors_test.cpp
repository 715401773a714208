// Real logs beside real quotes, where the shared vectors are there.
#include <cstdlib>

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "base/env.h"
#include "providers/shared/eventlog/facts.h"
#include "providers/shared/vtpm/tpm.h"

using namespace tee;
using namespace tee::eventlog;

namespace {

std::string vectors() {
  if (const char* set = std::getenv("TEE_VECTORS")) return set;
  return std::string(TEE_SOURCE_DIR) + "/../shared/vectors";
}
bool absent() { return !is_folder(vectors()); }

Bytes file(const std::string& name) {
  const auto bytes = read_file(vectors() + "/" + name);
  REQUIRE(bytes.has_value());
  return *bytes;
}
// RTMR i of a version 4 quote: body at 48, rtmr0 at 328 of the body.
Bytes rtmr(const Bytes& quote, unsigned i) { return to_bytes(ByteView(quote).subspan(48 + 328 + 48 * i, 48)); }

bool replays(const std::string& log_name, const std::string& quote_name) {
  const auto log = parse_log(file(log_name));
  REQUIRE(log.has_value());
  const Bytes quote = file(quote_name);
  for (const auto& [index, value] : replay(*log, vtpm::alg::kSha384, Registers::rtmr))
    if (value != rtmr(quote, index)) return false;
  return true;
}

}  // namespace

TEST_CASE("CCEL logs replay to the RTMRs of their quotes" * doctest::skip(absent())) {
  CHECK(replays("intel/ccel/gcp_cos113_ccel_data.bin", "intel/quotes/tdx_v4_gcp_cos113.bin"));
  CHECK(replays("intel/ccel/live2_ccel_data.bin", "intel/quotes/tdx_v4_live_ccel.bin"));
  CHECK_FALSE(replays("intel/ccel/live1_ccel_data.bin", "intel/quotes/tdx_v4_live_ccel.bin"));
}
TEST_CASE("order and Secure Boot of real logs" * doctest::skip(absent())) {
  CHECK_FALSE(replays("intel/ccel/NEG_dupe_separator.bin", "intel/quotes/tdx_v4_gcp_cos113.bin"));
  for (const char* name : {"gcp_cos113_ccel_data.bin", "grub.bin", "gke_with_no_action.bin", "live2_ccel_data.bin"}) {
    CAPTURE(std::string(name));
    const auto log = parse_log(file(std::string("intel/ccel/") + name));
    REQUIRE(log.has_value());
    CHECK(check_order(*log, vtpm::alg::kSha384, Registers::rtmr).empty());
  }
  const auto off = parse_log(file("gcp/eventlog-ubuntu-2104-no-secure-boot.bin"));
  REQUIRE(off.has_value());
  CHECK(secure_boot(*off, vtpm::alg::kSha256, Registers::pcr) == false);
  const auto on = parse_log(file("gcp/eventlog-gce-cos-85.bin"));
  CHECK(secure_boot(*on, vtpm::alg::kSha256, Registers::pcr) == true);
}
TEST_CASE("a Confidential Space launcher's log" * doctest::skip(absent())) {
  const auto bytes = from_base64_lenient(as_text(file("gcp/cos-cel-rtmr3.b64")));
  REQUIRE(bytes.has_value());
  const auto log = parse_log(*bytes);
  REQUIRE_MESSAGE(log.has_value(), (log ? "" : log.error().message));
  CHECK(log->events.size() == 18);
  CHECK(check_order(*log, vtpm::alg::kSha384, Registers::rtmr).empty());
  CHECK(workload_claims(*log, vtpm::alg::kSha384).contains("image_digest"));
}
