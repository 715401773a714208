// Spellings of providers and types, anchors, findings.
#include <doctest/doctest.h>

#include "evidence/codes.h"
#include "evidence/findings.h"
#include "evidence/options.h"
#include "evidence/types.h"

using namespace tee;

TEST_CASE("providers: all accepted spellings, case ignored") {
  CHECK(provider_from("intel_tdx") == Provider::intel_tdx);
  CHECK(provider_from("IntelTdx") == Provider::intel_tdx);
  CHECK(provider_from("AmdSevSnp") == Provider::amd_sev_snp);
  CHECK(provider_from("AMDSEV") == Provider::amd_sev_snp);
  CHECK(provider_from("sev-snp") == Provider::amd_sev_snp);
  CHECK(provider_from("IntelSGX") == Provider::intel_sgx);
  CHECK(provider_from("aws-nitro") == Provider::aws_nitro);
  CHECK(provider_from("azure_snp") == Provider::azure_cvm);
  CHECK(!provider_from("mock"));
  CHECK(!provider_from(""));
  for (EvidenceType t : all_evidence_types()) CHECK(evidence_type_from(to_string(t)) == t);
  CHECK(!evidence_type_from("Tdx_Quote"));
}

TEST_CASE("anchors: the operator's replace the pinned ones of that role only_S9") {
  crypto::TrustAnchor pinned, mine;
  pinned.label = "pinned";
  mine.label = "mine";
  AppraisalOptions o;
  const auto labels = [&](Provider p, AnchorRole r) {
    const AnchorChoice choice = o.anchors_for(p, r, {pinned});
    std::string out(to_string(choice.trust));
    for (const auto& a : choice.anchors) out += " " + a.label;
    return out;
  };
  CHECK(labels(Provider::amd_sev_snp, AnchorRole::device) == "pinned pinned");
  o.anchors.push_back({std::nullopt, AnchorRole::collateral, mine, false, "f"});
  CHECK(labels(Provider::amd_sev_snp, AnchorRole::device) == "pinned pinned");
  CHECK(labels(Provider::amd_sev_snp, AnchorRole::collateral) == "custom mine");
  o.anchors.push_back({std::nullopt, std::nullopt, mine, true, "f"});
  CHECK(labels(Provider::amd_sev_snp, AnchorRole::device) == "simulated mine");
  CHECK(labels(Provider::gcp_confidential, AnchorRole::token) == "simulated mine");
  CHECK(labels(Provider::nvidia_gpu, AnchorRole::rim) == "pinned pinned");
  o.anchors = {{Provider::aws_nitro, AnchorRole::device, mine, false, "f"}};
  CHECK(labels(Provider::amd_sev_snp, AnchorRole::device) == "pinned pinned");
  CHECK(labels(Provider::aws_nitro, AnchorRole::device) == "custom mine");
}

TEST_CASE("findings: earliest expiry, inputs once, failed()") {
  Findings f;
  f.expires(unix_time(200));
  f.expires(unix_time(100));
  f.expires(unix_time(300));
  CHECK(f.valid_until == unix_time(100));
  ItemSource item{"file", {}, Origin::supplied};
  f.use(item, "crl");
  f.use(item, "crl");
  f.use(item, "vek");
  CHECK(f.inputs.size() == 2);
  f.pass(Area::form, "a.b");
  f.fail(Area::signature, "a.c", code::signature_invalid, "bad", "x", "y");
  f.passed_by("--allow-debug", Area::platform, "a.d", "debug");
  CHECK(f.failed("a.c"));
  CHECK_FALSE(f.failed("a.b"));
  CHECK(f.find("a.d")->loosened == "--allow-debug");
  CHECK(f.find("a.d")->status == CheckStatus::pass);
  CHECK(f.find("nothing") == nullptr);
}
