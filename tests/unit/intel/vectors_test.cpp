// Real quotes and collateral, where they are at hand: signatures, chains, statuses and costs.
#include <cstdlib>

#include "base/encoding.h"
#include "base/env.h"
#include "helpers.h"
#include "providers/shared/intel_dcap/anchors.h"
#include "providers/shared/intel_dcap/quote.h"

using namespace tee;
using namespace tee::test;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return std::string(given ? given : TEE_SOURCE_DIR "/../shared/vectors") + "/intel";
}
bool absent() { return !is_folder(folder()); }

Bytes quote_file(const std::string& name) {
  const Bytes bytes = read_file(folder() + "/quotes/" + name).value();
  if (!name.ends_with(".hex")) return bytes;
  std::string text(as_text(bytes));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return from_hex(text.starts_with("0x") ? std::string_view(text).substr(2) : std::string_view(text)).value();
}

AppraisalOptions at(const std::string& time) {
  AppraisalOptions out;
  out.at = parse_rfc3339(time).value();
  return out;
}

Findings judge_case(const std::string& name, const std::string& time) {
  const Bytes quote = read_file(folder() + "/cases/" + name + ".quote").value();
  return judge(quote, load_collateral(folder() + "/cases/" + name + ".collateral.json").value(), at(time));
}

}  // namespace

TEST_CASE("intel vectors: all real quotes parse, and all signatures of the genuine ones hold" *
          doctest::skip(absent())) {
  std::size_t genuine = 0;
  const std::vector<std::string> names = list_folder(folder() + "/quotes").value();
  for (const std::string& name : names) {
    CAPTURE(name);
    const Bytes quote = quote_file(name);
    const Findings found = judge(quote, {}, at("2025-06-25T00:00:00Z"));
    CHECK_FALSE(found.failed("intel.quote.format"));
    CHECK_FALSE(found.failed("intel.quote.vendor"));
    CHECK_FALSE(found.failed("intel.qe.binding"));
    CHECK(found.failed("intel.quote.signature") == (name.find("CORRUPT") != std::string::npos));
    CHECK(found.failed("intel.pck.chain") == (name.find("test_root") != std::string::npos));
    CHECK_FALSE(found.failed("intel.qe.report.signature"));
    CHECK_FALSE(found.failed("intel.pck.extension"));
    CHECK(found.failed("tdx.debug") == (name == "tdx_v4_trustee4_DEBUG.bin"));
    CHECK_FALSE(found.failed("tdx.attributes"));
    CHECK_FALSE(found.failed("tdx.xfam"));
    ++genuine;
  }
  CHECK(genuine > 25);
}

TEST_CASE("intel vectors: nine signature checks" * doctest::skip(absent())) {
  const Bytes quote = read_file(folder() + "/cases/tdx-v4-phala.quote").value();
  const CollateralSet collateral = load_collateral(folder() + "/cases/tdx-v4-phala.collateral.json").value();
  const std::uint64_t before = crypto::signature_checks_done();
  CHECK(passes(judge(quote, collateral, at("2025-06-20T10:32:27Z"))));
  CHECK(crypto::signature_checks_done() - before == 9);
}

TEST_CASE("intel vectors: statuses that decide between rules" * doctest::skip(absent())) {
  // From the third TDX component on; from the first one it would be out of date.
  CHECK(judge_case("tdx-v4-gcp-cos113", "2025-10-20T00:00:00Z").tcb->status == "UpToDate");
  CHECK(judge_case("tdx-v4-azure-vtpm", "2025-07-10T00:00:00Z").tcb->status == "OutOfDate");
  CHECK(judge_case("tdx-v4-module3-gnr", "2025-10-28T12:00:00Z").tcb->detail["launch"]["module"]["id"] ==
        "TDX_03");
  const Findings live = judge_case("tdx-v4-confai-live", "2026-08-14T12:00:00Z");
  CHECK(live.tcb->evaluation == 19);  // 20 and 19: the lower one
  const std::vector<std::string> advisories{"INTEL-SA-01192", "INTEL-SA-01245", "INTEL-SA-01312",
                                            "INTEL-SA-01313"};
  CHECK(live.tcb->advisories == advisories);
  const Findings sgx = judge_case("sgx-v3-processor", "2025-06-20T10:56:11Z");
  CHECK(sgx.tcb->status == "ConfigurationAndSWHardeningNeeded");
  CHECK(sgx.tcb->advisories == std::vector<std::string>{"INTEL-SA-00289", "INTEL-SA-00615"});
}

TEST_CASE("intel vectors: the pinned root is the one in Intel's certificates" * doctest::skip(absent())) {
  const crypto::TrustAnchor& pinned = intel::pinned_roots().front();
  for (const char* name : {"intel_sgx_root_ca.der", "intel_sgx_root_ca_2033.der"}) {
    const Bytes der = read_file(folder() + "/certs/" + name).value();
    const crypto::Certificate c = crypto::parse_certificate(der).value();
    CHECK(equal(c.subject, pinned.name));
    CHECK(*c.key == pinned.key);
    CHECK(equal(c.serial, pinned.serials.front()));
    CHECK(std::count(pinned.certificates.begin(), pinned.certificates.end(), c.fingerprint()) == 1);
  }
}

TEST_CASE("bad-real-quote-any-byte: a real quote changed in one byte" * doctest::skip(absent())) {
  const CollateralSet collateral = load_collateral(folder() + "/cases/tdx-v4-phala.collateral.json").value();
  const AppraisalOptions options = at("2025-06-20T10:32:27Z");
  Bytes quote = read_file(folder() + "/cases/tdx-v4-phala.quote").value();
  // The last line of PEM, its NUL and the zeros behind the quote say nothing.
  for (std::size_t i = 0; i + 110 < quote.size(); i += 61) {
    quote[i] ^= 0x04;
    CAPTURE(i);
    CHECK_FALSE(passes(judge(quote, collateral, options)));
    quote[i] ^= 0x04;
  }
}

TEST_CASE("intel vectors: a real TDREPORT is refused by name" * doctest::skip(absent())) {
  const Bytes report = read_file(folder() + "/tdreport/tdreport_live.bin").value();
  REQUIRE(tdx::verifier().recognise(report));
  CHECK(judge(report, {}, at("2025-06-25T00:00:00Z")).checks.at(0).code->name == "tdx.local_report");
  CHECK_FALSE(tdx::verifier().recognise(read_file(folder() + "/tdreport/google_report_random.bin").value()));
}

TEST_CASE("bad-real-collateral: corrupted documents of other projects never count" *
          doctest::skip(absent())) {
  const Bytes quote = read_file(folder() + "/cases/sgx-v3-processor.quote").value();
  for (const char* name :
       {"qe_identity_corrupted.json", "tcb_info_corrupted_fortanix.json", "tcb_signing_chain_BAD.pem"}) {
    CAPTURE(name);
    const auto set = load_collateral(folder() + "/negative/" + name);
    if (!set) continue;
    CHECK_FALSE(passes(judge(quote, *set, at("2025-06-20T10:56:11Z"))));
  }
}
