// Real files, where they are at hand: each form is told, and nothing that is no evidence is taken for
// evidence.
#include <cstdlib>

#include "base/env.h"
#include "samples.h"

using namespace tee;
using namespace tee::test;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return given ? given : TEE_SOURCE_DIR "/../shared/vectors";
}
bool absent() { return !is_folder(folder()); }

verify::Subject subject(const std::string& name) {
  return verify::recognise(read_file(folder() + "/" + name).value(), name);
}

void told(const std::string& name, const std::string& provider, const std::string& form) {
  CAPTURE(name);
  const verify::Subject s = subject(name);
  CHECK(taken_for(s) == provider);
  CHECK(s.form == form);
}

}  // namespace

TEST_CASE("forms vectors: one report in every wrapping" * doctest::skip(absent())) {
  told("amd/forms/report.hex", "amd_sev_snp", "hex");
  told("amd/forms/report.b64", "amd_sev_snp", "base64");
  told("amd/forms/envelope.json", "amd_sev_snp", "envelope");
  told("amd/forms/envelope-lying.json", "amd_sev_snp", "envelope");
  told("amd/forms/envelope-with-vek.json", "amd_sev_snp", "envelope");
  told("amd/forms/envelope-says-simulated.json", "amd_sev_snp", "envelope");
  told("amd/forms/tangle-report.json", "amd_sev_snp", "tangle-report");
  told("amd/forms/envelope-wrong-type.json", "evidence.type_mismatch", "envelope");
  told("amd/forms/envelope-duplicate-key.json", "input.malformed", "unknown");
  const Bytes report = subject("amd/forms/report.hex").evidence;
  for (const char* name : {"report.b64", "envelope.json", "envelope-with-vek.json", "tangle-report.json"})
    CHECK(subject(std::string("amd/forms/") + name).evidence == report);
  CHECK(subject("amd/forms/envelope-with-vek.json").embedded.certificates.size() == 1);
}

TEST_CASE("forms vectors: quotes, documents, tokens and GPU evidence" * doctest::skip(absent())) {
  told("intel/quotes/tdx_v4_phala.bin", "intel_tdx", "raw");
  told("intel/quotes/tdx_v4_phala_b0c06f_a.hex", "intel_tdx", "hex");
  told("intel/quotes/tdx_v4_tappd.hex", "intel_tdx", "hex");
  told("intel/quotes/sgx_v3_automata_icx.hex", "intel_sgx", "hex");
  told("intel/quotes/sgx_v3_processor.bin", "intel_sgx", "raw");
  told("nitro/aws-prod-2022-11.cose", "aws_nitro", "raw");
  told("gcp/cs-oidc-prod-sev.jwt", "gcp_confidential", "jwt");
  told("azure/maa-sevsnpvm-genoa.jwt", "azure_cvm", "jwt");
  told("azure/coco-az-snp-evidence-v0-milan.json", "azure_cvm", "json");
  told("azure/ars-az-tdx-live-evidence.json", "azure_cvm", "json");
  told("nvidia/hopper-550.report.bin", "nvidia_gpu", "raw");
  told("nvidia/multi_gpu_hopper.json", "nvidia_gpu", "json");
  told("nvidia/nras-gpu-token.json", "nvidia_gpu", "json");
}

TEST_CASE("bad-forgeries: reports that the seed systems accept" * doctest::skip(absent())) {
  told("manifests/forgeries/tangle-report-nitro-mock-format.json", "evidence.type_mismatch", "tangle-report");
  told("manifests/forgeries/tangle-report-no-evidence.json", "evidence.unrecognised", "json");
  told("manifests/forgeries/tenzro-report-simulated.json", "evidence.unrecognised", "tenzro-report");
  told("manifests/forgeries/tenzro-report-nvidia-one-byte.json", "evidence.unrecognised", "tenzro-report");
  told("manifests/forgeries/tenzro-rest-request-nvidia.json", "evidence.unrecognised", "tenzro-request");
}

TEST_CASE("bad-files: what is no evidence is not taken for any" * doctest::skip(absent())) {
  for (const char* name :
       {"amd/MANIFEST.md", "intel/MANIFEST.md", "amd/vek/genoa-v3-vcek-veraison-8d8bfb3e.der",
        "amd/crl/crl-milan-2022-05.der", "amd/extra/certtable-genoa-v3-veraison-8d8bfb3e.bin",
        "intel/cases/tdx-v4-phala.collateral.json", "intel/collateral/pcs/root_crl_2026-02.der",
        "nvidia/hopper-550.chain.pem", "gcp/google-cs-jwks.json",
        "hpke/rfc9180-x25519-sha256-chacha20poly1305.json",
        "nvidia/rim/NV_GPU_DRIVER_GH100_550.144.03.xml"}) {
    CAPTURE(name);
    CHECK(taken_for(subject(name)) == "evidence.unrecognised");
  }
  // Where the Intel room is built it claims a TDREPORT, to refuse it.
  CHECK(taken_for(subject("intel/tdreport/tdreport_live.bin")) ==
        (provider_built(Provider::intel_tdx) ? "intel_tdx" : "evidence.unsupported"));
}
