// A confidential VM with a GPU beside it (rules S2 and S16): what makes the device attached, and each way in which it is not.
#include <functional>

#include <doctest/doctest.h>

#include "evidence/binding.h"
#include "mint/composite/composite.h"
#include "mint/nvidia/device.h"
#include "mint/snp/scene.h"
#include "unit/variants.h"
#include "verify/codes.h"
#include "verify/parts.h"

using namespace tee;
using namespace tee::verify;

namespace {

const Bytes kNonce(32, 0x3c);

struct Setup {
  Bytes gpu_nonce = derived_nonce(kNonce, "gpu");
  bool cover_parts = true, with_gpu = true;
  unsigned copies = 1;
};

struct Composite {
  Subject subject;
  Questions q;
  CollateralSet collateral;
  Outcome judge() const { return appraise(subject, q, collateral); }
};

void add_collateral(CollateralSet& set, ByteView bytes, const std::string& name) {
  auto one = read_collateral(bytes, name, Origin::supplied);
  REQUIRE(one.has_value());
  set.merge(*std::move(one));
}

Composite make(const Setup& setup) {
  namespace nv = mint::nvidia;
  const auto chain = nv::make_chain({});
  REQUIRE(chain.has_value());
  nv::ReportSpec spec = nv::hopper_report();
  spec.nonce = setup.gpu_nonce;
  const auto gpu = nv::make_report(spec, chain->keys[0]);
  REQUIRE(gpu.has_value());

  mint::snp::Row row{"composite", "", 0, ""};
  row.scene = [&](mint::snp::Scene& s) {
    BoundFields fields;
    fields.nonce = kNonce;
    if (setup.cover_parts) fields.parts = digest_parts(std::vector<ByteView>(setup.copies, *gpu));
    s.report.report_data = tee_bind_1(fields);
  };
  const auto cpu = mint::snp::make_case(row);
  REQUIRE(cpu.has_value());

  Composite c;
  c.subject = recognise(cpu->evidence.bytes, "cpu");
  c.q = test::questions_for(*cpu);
  c.q.options.at = unix_time(std::max(to_unix(cpu->at), std::int64_t{nv::kMadeAt}));
  c.q.options.genuine_only = false;
  c.q.report_data.reset();
  c.q.nonce = kNonce;
  c.q.binding = Scheme::tee_bind_1;
  if (!c.q.options.expectation("measurement")) {
    const auto report = ByteView(cpu->evidence.bytes).subspan(0x90, 48);
    c.q.options.expectations.push_back(*parse_expectation("measurement", hex(report)));
  }
  c.q.require_parts = {{"gpu", setup.copies}};
  c.collateral = test::collateral_for(*cpu);
  for (const Bytes& der : chain->certificates) add_collateral(c.collateral, der, "chain");
  for (auto [version, active] : {std::pair{std::string("570.86.15"), 21u}, std::pair{std::string("96.00.A5.00.01"), 0u}}) {
    nv::RimSpec rim;
    rim.version = version;
    rim.active[active] = {spec.measurements[active]};
    const auto text = nv::make_rim(rim);
    REQUIRE(text.has_value());
    add_collateral(c.collateral, as_bytes(*text), "rim");
  }
  for (const auto& [role, der] : {std::pair{"nvidia/device", nv::device_root()}, std::pair{"nvidia/rim", nv::rim_root()}}) {
    REQUIRE(der.has_value());
    auto anchor = test::read_anchor(role, {role, *der});
    REQUIRE(anchor.has_value());
    c.q.options.anchors.push_back(*std::move(anchor));
  }
  for (SuppliedAnchor& a : c.q.options.anchors)
    if (!a.provider) a.provider = Provider::amd_sev_snp;
  for (unsigned i = 0; setup.with_gpu && i < setup.copies; ++i) c.subject.also.push_back(recognise(*gpu, "gpu"));
  return c;
}

bool gave(const Outcome& o, const Code& code) {
  return std::find(o.reasons.begin(), o.reasons.end(), std::string(code.name)) != o.reasons.end();
}

}  // namespace

TEST_CASE("a GPU that answers the derived nonce, covered by a pinned workload, is attached") {
  const Outcome o = make({}).judge();
  CHECK_MESSAGE(o.verdict == Verdict::pass, test::explain(o));
  CHECK(o.findings.claims.contains("gpu.driver_version"));
}
TEST_CASE("expectations with a prefix speak of the part") {
  Composite c = make({});
  c.q.options.expectations.push_back(*parse_expectation("gpu.driver_version", "570.86.15"));
  CHECK(c.judge().verdict == Verdict::pass);
  c.q.options.expectations.back() = *parse_expectation("gpu.driver_version", "580.0");
  CHECK(gave(c.judge(), code::workload_mismatch));
}
TEST_CASE("bad-gpu-of-another-machine_S16: a genuine device that answered another nonce") {
  Setup s;
  s.gpu_nonce = Bytes(32, 0x77);
  const Outcome o = make(s).judge();
  CHECK(o.verdict == Verdict::fail);
  CHECK(gave(o, code::freshness_nonce_mismatch));
}
TEST_CASE("bad-gpu-not-covered_S16: evidence put beside a report that does not cover it") {
  Setup s;
  s.cover_parts = false;
  CHECK(make(s).judge().verdict != Verdict::pass);
}
TEST_CASE("bad-gpu-missing_S16") {
  Setup s;
  s.with_gpu = false;
  CHECK(gave(make(s).judge(), code::parts_missing));
}
TEST_CASE("bad-gpu-unasked_S16") {
  Composite c = make({});
  c.q.require_parts.clear();
  CHECK(gave(c.judge(), code::parts_unexpected));
}
TEST_CASE("bad-gpu-count_S16") {
  Composite c = make({});
  c.q.require_parts = {{"gpu", 2}};
  CHECK(gave(c.judge(), code::parts_missing));
}
TEST_CASE("bad-workload-unpinned_S16: covered, but by nobody knows what") {
  Composite c = make({});
  std::erase_if(c.q.options.expectations, [](const Expectation& e) { return e.name == "measurement"; });
  const Outcome o = c.judge();
  CHECK(o.verdict == Verdict::inconclusive);
  CHECK(gave(o, code::parts_not_bound));
}
TEST_CASE("bad-same-gpu-twice_S16") {
  Setup s;
  s.copies = 2;
  CHECK(gave(make(s).judge(), code::parts_duplicate));
}
TEST_CASE("bad-too-many-parts_S16") {
  Composite c = make({});
  const Subject part = c.subject.also.front();
  c.subject.also.assign(33, part);
  CHECK(gave(c.judge(), code::parts_too_many));
}
TEST_CASE("every minted machine gets the verdict and the reason that it must") { test::check_all_variants(mint::composite_vendor()); }
