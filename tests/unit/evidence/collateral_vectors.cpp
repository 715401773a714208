// Real collateral files of all vendors, where they are at hand: each is told correctly by its bytes.
#include <cstdlib>
#include <filesystem>

#include "base/env.h"
#include "materials.h"

using namespace tee;
using namespace tee::test;

namespace {

std::string folder() {
  const char* given = std::getenv("TEE_VECTORS");
  return given ? given : TEE_SOURCE_DIR "/../shared/vectors";
}
bool absent() { return !is_folder(folder()); }

std::vector<std::string> files_in(const std::string& sub) {
  return list_folder(folder() + "/" + sub).value();
}

std::string file_holds(const std::string& name) { return holds(load_collateral(folder() + "/" + name)); }

// Every file of a folder with this ending holds exactly that.
void all_hold(const std::string& sub, const std::string& ending, const std::string& wanted) {
  std::size_t count = 0;
  for (const std::string& name : files_in(sub)) {
    if (!name.ends_with(ending)) continue;
    CAPTURE(name);
    CHECK(file_holds(sub + "/" + name) == wanted);
    ++count;
  }
  CHECK(count > 0);
}

}  // namespace

TEST_CASE("collateral vectors: AMD" * doctest::skip(absent())) {
  all_hold("amd/chain", ".der", "1c 0r");
  all_hold("amd/vek", ".der", "1c 0r");
  all_hold("amd/crl", ".der", "0c 1r");
  CHECK(file_holds("amd/extra/certtable-genoa-v3-veraison-8d8bfb3e.bin") == "3c 0r");
  CHECK(file_holds("amd/reports/genoa-v3-vcek-veraison-8d8bfb3e.bin") == "collateral.unrecognised");
  CHECK(file_holds("amd/MANIFEST.md") == "collateral.unrecognised");
}

TEST_CASE("collateral vectors: Intel" * doctest::skip(absent())) {
  all_hold("intel/cases", ".collateral.json", "6c 2r tcb_info qe_identity");
  all_hold("intel/collateral/pcs", ".der", "0c 1r");
  for (const std::string& name : files_in("intel/collateral/pcs")) {
    if (!name.ends_with(".json") || name.find("fortanix") != std::string::npos) continue;
    CAPTURE(name);
    const std::string kind = name.find("eval") != std::string::npos       ? "tcb_evaluation_numbers"
                             : name.find("identity") != std::string::npos ? "qe_identity"
                                                                          : "tcb_info";
    CHECK(file_holds("intel/collateral/pcs/" + name) == "0c 0r " + kind);
  }
  CHECK(file_holds("intel/collateral/pcs/issuer_chain_header_urlencoded.txt") == "2c 0r");
  CHECK(file_holds("intel/certs/tcb_signing_chain_2025.pem") == "2c 0r");
  CHECK(file_holds("intel/certs/intel_sgx_root_ca.der") == "1c 0r");
  CHECK(file_holds("intel/intel-qvl-sample/tdx") == "6c 2r qe_identity tcb_info");
  CHECK(file_holds("intel/intel-qvl-sample/tdx/quote.dat") == "collateral.unrecognised");
  CHECK(file_holds("intel/mock-tdx/mock-pck-key.pem") == "collateral.unrecognised");
  CHECK(file_holds("intel/collateral/gcp_00806f_2026-01.yaml") == "collateral.unrecognised");
}

TEST_CASE("collateral vectors: exact signed bytes of Intel documents" * doctest::skip(absent())) {
  for (const std::string& name : files_in("intel/collateral/pcs")) {
    if (!name.starts_with("tcb_tdx")) continue;
    CAPTURE(name);
    const Bytes whole = read_file(folder() + "/intel/collateral/pcs/" + name).value();
    const Result<CollateralSet> set = read_collateral(whole, name, Origin::supplied);
    REQUIRE(set);
    const std::string_view text = as_text(whole);
    CHECK(text.find(as_text(set->documents[0].body)) != std::string_view::npos);
    CHECK(set->documents[0].body.front() == '{');
    CHECK(set->documents[0].body.back() == '}');
    CHECK(set->documents[0].signature.size() == 64);
  }
}

TEST_CASE("collateral vectors: NVIDIA, Google, Azure, AWS" * doctest::skip(absent())) {
  all_hold("nvidia/rim", ".swidtag", "0c 0r rim");
  all_hold("nvidia/rim", ".xml", "0c 0r rim");
  CHECK(file_holds("nvidia/nras-gpu-jwks-recovered.json") == "0c 0r jwks");
  CHECK(file_holds("nvidia/nras_gpu_x5c_chain.json") == "0c 0r jwks");
  CHECK(file_holds("nvidia/nvidia-device-root.pem") == "1c 0r");
  CHECK(file_holds("nvidia/hopper-550.chain.pem") == "5c 0r");
  CHECK(file_holds("nvidia/hopper-550.report.bin") == "collateral.unrecognised");
  CHECK(file_holds("gcp/google-cs-jwks.json") == "0c 0r jwks");
  CHECK(file_holds("gcp/confidential_space_root.pem") == "1c 0r");
  CHECK(file_holds("azure/maa-jwks-eus.json") == "0c 0r jwks");
  CHECK(file_holds("azure/imds-vcek.der") == "1c 0r");
  CHECK(file_holds("azure/coco-az-snp-vcek-chain-milan.pem") == "3c 0r");
  CHECK(file_holds("azure/maa-sevsnpvm-genoa.runtime-data.json") == "collateral.unrecognised");
  CHECK(file_holds("azure/coco-az-snp-evidence-v1-milan.json") == "collateral.unrecognised");
  CHECK(file_holds("nitro/aws-nitro-root-g1.pem") == "1c 0r");
}
