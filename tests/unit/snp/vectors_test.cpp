// Genuine reports: every decoded field as other programs decode it. Needs the shared vectors.
#include "base/encoding.h"
#include "codec/json.h"
#include "helpers.h"

using namespace tee;
using namespace tee::test;

namespace {

void check_sample(const Json& sample) {
  const std::string name = sample["name"];
  CAPTURE(name);
  const auto report = read_file(amd_folder() + sample["report"].get<std::string>());
  const auto vek = read_file(amd_folder() + sample["vek"].get<std::string>());
  REQUIRE(report.has_value());
  REQUIRE(vek.has_value());
  CollateralSet set;
  set.certificates.push_back(item(*vek));
  AppraisalOptions options;
  options.at = certificate(*vek).not_before;
  options.allow_debug = true;
  options.allow_vmpl = 3;
  const std::uint64_t before = crypto::signature_checks_done();
  const Findings f = judge(*report, set, options);
  CHECK(passes(f));
  CHECK(crypto::signature_checks_done() - before == 2);  // the report and the VEK: nothing is verified twice

  const Json& vendor = f.vendor["report"];
  for (const char* field : {"report_data", "measurement", "host_data", "id_key_digest", "author_key_digest",
                            "report_id", "report_id_ma", "chip_id", "family_id", "image_id"})
    if (sample.contains(field)) CHECK(vendor[field] == sample[field]);
  CHECK(vendor["version"] == sample["version"]);
  CHECK(vendor["guest_svn"] == sample["guest_svn"]);
  CHECK(vendor["policy"]["raw"] == sample["policy"]);
  CHECK(vendor["policy"]["debug"] == sample["policy_debug"]);
  CHECK(vendor["platform_info"]["raw"] == sample["platform_info"]);
  CHECK(vendor["key_info"]["raw"] == sample["key_info"]);
  CHECK(vendor["vmpl"] == sample["vmpl"]);
  for (const char* tcb : {"current_tcb", "reported_tcb", "committed_tcb", "launch_tcb"})
    if (sample.contains(tcb)) CHECK(vendor[tcb]["raw"] == sample[tcb]);
  std::string product = std::get<std::string>(f.claims.at("product"));
  for (char& c : product) c = static_cast<char>(c | 0x20);
  CHECK(product == sample["product"]);
}

}  // namespace

TEST_CASE("snp vectors: genuine reports verify, and decode as the samples say" * doctest::skip(absent())) {
  const auto text = read_file(amd_folder() + "samples.json");
  REQUIRE(text.has_value());
  const auto samples = json::parse(as_text(*text));
  REQUIRE(samples.has_value());
  CHECK(samples->size() >= 30);
  for (const Json& sample : *samples) check_sample(sample);
}
