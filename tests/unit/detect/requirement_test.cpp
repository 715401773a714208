#include "detect/requirement.h"

#include <doctest/doctest.h>

#include "detect/simulation.h"

using namespace tee;
using namespace tee::detect;

namespace {

Finding finding(const char* provider, const char* role, const char* attestation_class, const char* variant = "") {
  Finding f;
  f.provider = provider;
  f.role = role;
  f.attestation_class = attestation_class;
  f.variant = variant;
  f.present = true;
  return f;
}

System with(std::map<std::string, std::string> variables) {
  System out;
  out.getenv = [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
    const auto it = variables.find(name);
    return it == variables.end() ? std::nullopt : std::optional(it->second);
  };
  return out;
}

}  // namespace

TEST_CASE("requirement names: short, full, in any spelling of a provider") {
  CHECK(read_requirement("snp,tdx").value() == AnyOf{"snp", "tdx"});
  CHECK(read_requirement("AMD-SEV-SNP").value() == AnyOf{"snp"});
  CHECK(read_requirement("azure_tdx").value() == AnyOf{"azure"});
  CHECK(read_requirement("any").value() == AnyOf{"any"});
}

TEST_CASE("bad-requirement: empty or unknown") {
  for (const char* text : {"", ",", "snp,", ",snp", "snp,,tdx"}) CHECK(read_requirement(text).error().code->name == "usage.empty_value");
  CHECK(read_requirement("tbx").error().hint == "did you mean tdx?");
  CHECK(read_requirement("snp, tdx").error().code->name == "detect.requirement_unknown");
}

TEST_CASE("any means a guest that attests by itself") {
  CHECK(meets(finding("amd_sev_snp", "guest", "hardware"), "any"));
  CHECK(meets(finding("azure_cvm", "guest", "hardware-via-paravisor"), "any"));
  CHECK(meets(finding("gcp_confidential", "guest", "token-service"), "any"));
  CHECK_FALSE(meets(finding("amd_sev_snp", "host", "none"), "any"));
  CHECK_FALSE(meets(finding("nvidia_gpu", "device", "hardware"), "any"));
  CHECK_FALSE(meets(finding("intel_sgx", "device", "hardware"), "any"));
  CHECK_FALSE(meets(finding("tpm", "device", "vtpm"), "any"));
  CHECK_FALSE(meets(finding("aws_nitro", "guest", "vtpm", "NitroTPM"), "any"));
  CHECK_FALSE(meets(finding("aws_nitro", "guest", "vtpm", "NitroTPM"), "nitro"));
  Finding absent = finding("amd_sev_snp", "guest", "hardware");
  absent.present = false;
  CHECK_FALSE(meets(absent, "any"));
  CHECK_FALSE(meets(absent, "snp"));
}

TEST_CASE("several requirements are all needed, names of one are alternatives") {
  const std::vector<Finding> findings{finding("intel_tdx", "guest", "hardware"), finding("tpm", "device", "vtpm")};
  CHECK(judge({{"snp", "tdx"}, {"tpm"}}, findings, Simulated::refuse).chosen == std::vector<std::size_t>{0, 1});
  const Answer answer = judge({{"snp"}, {"tpm"}}, findings, Simulated::refuse);
  CHECK_FALSE(answer.met());
  CHECK(answer.missing == std::vector<AnyOf>{{"snp"}});
  CHECK(judge({{"tdx"}, {"any"}}, findings, Simulated::refuse).chosen == std::vector<std::size_t>{0});
}

TEST_CASE("bad-simulated: a simulation counts only when allowed") {
  const auto findings = simulated_findings(with({{"TEE_SIMULATE", "tdx,snp,tdx"}})).value();
  REQUIRE(findings.size() == 2);
  CHECK(judge({{"snp"}}, findings, Simulated::refuse).simulated_only);
  CHECK(judge({{"snp"}}, findings, Simulated::allow).met());
  CHECK_FALSE(judge({{"nitro"}}, findings, Simulated::refuse).simulated_only);
}

TEST_CASE("simulation variables: values that mean no") {
  for (const char* value : {"", "0", "false", "No", "OFF"}) {
    CAPTURE(value);
    CHECK(simulation_variables(with({{"TENZRO_SIMULATE_TDX", value}, {"TEE_SIMULATE", value}})).empty());
    CHECK(simulated_findings(with({{"TENZRO_SIMULATE_TDX", value}, {"TEE_SIMULATE", value}})).value().empty());
  }
  CHECK(simulated_findings(with({{"TENZRO_SIMULATE_SEV_SNP", "true"}, {"TENZRO_SIMULATE_SEV", "1"}})).value().size() == 1);
  CHECK(simulated_findings(with({{"TEE_SIMULATE", "moon"}})).error().code->name == "usage.value");
}
