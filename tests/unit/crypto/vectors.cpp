// Real certificates and CRLs of AMD and Intel, where the shared vectors are there; skipped where not.
#include <cstdlib>

#include "base/encoding.h"
#include "base/env.h"
#include "crypto/openssl_oracle.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;

namespace {

std::string vectors() {
  const char* named = std::getenv("TEE_VECTORS");
  return named != nullptr ? named : std::string(TEE_SOURCE_DIR) + "/../shared/vectors";
}

bool absent() { return !is_folder(vectors() + "/amd"); }

Certificate certificate(const std::string& file) {
  const auto bytes = read_file(vectors() + file);
  REQUIRE(bytes.has_value());
  return test::parsed(*bytes);
}

PathRules amd_rules() {
  PathRules rules;
  rules.schemes = {Scheme::rsa_pss_sha384};
  return rules;
}

}  // namespace

TEST_CASE("vectors: every VEK of AMD chains to its ARK, for us and for OpenSSL" * doctest::skip(absent())) {
  std::vector<Certificate> pool;
  for (const char* product : {"milan", "genoa", "turin"}) {
    for (const char* kind : {"ask", "asvk"}) {
      pool.push_back(certificate("/amd/chain/" + std::string(product) + "-" + kind + ".der"));
    }
  }
  const auto files = list_folder(vectors() + "/amd/vek");
  REQUIRE(files.has_value());
  REQUIRE(files->size() > 10);
  for (const std::string& file : *files) {
    CAPTURE(file);
    const std::string product = file.substr(0, file.find('-'));
    const Certificate ark = certificate("/amd/chain/" + product + "-ark.der");
    const Certificate vek = certificate("/amd/vek/" + file);
    const std::vector<const Certificate*> chain = build_chain(vek, pool, ark.subject, vek.not_before);
    REQUIRE(chain.size() == 2);
    const test::Agreement verdict =
        test::require_agreement(chain, anchor_from(ark, product), vek.not_before, amd_rules());
    CHECK_MESSAGE(verdict.ours.ok(), test::show_findings(verdict.ours));
  }
}

TEST_CASE("vectors: the revoked Genoa ASK is on its CRL, its successor is not" * doctest::skip(absent())) {
  const auto bytes = read_file(vectors() + "/amd/crl/crl-genoa-2022-10.der");
  REQUIRE(bytes.has_value());
  const auto crl = parse_crl(*bytes);
  REQUIRE(crl.has_value());
  const Certificate ark = certificate("/amd/chain/genoa-ark.der");
  CHECK(judge_crl(*crl, ark.subject, *ark.key, crl->this_update) == CrlState::current);
  CHECK(crl->lists(certificate("/amd/chain/genoa-ask-2022-01-revoked.der").serial));
  CHECK_FALSE(crl->lists(certificate("/amd/chain/genoa-ask.der").serial));
}

TEST_CASE("vectors: the CRLs of Intel parse, sorted and numbered" * doctest::skip(absent())) {
  const std::string folder = vectors() + "/intel/collateral/pcs/";
  const auto files = list_folder(folder);
  REQUIRE(files.has_value());
  std::size_t read = 0;
  for (const std::string& file : *files) {
    if (!file.ends_with(".der")) continue;
    CAPTURE(file);
    const auto bytes = read_file(folder + file);
    REQUIRE(bytes.has_value());
    const auto crl = parse_crl(*bytes);
    REQUIRE(crl.has_value());
    CHECK(crl->number.has_value());
    CHECK(crl->next_update > crl->this_update);
    CHECK(crl->authority_key_id.size() == 20);
    for (const Bytes& serial : crl->revoked) CHECK(crl->lists(serial));
    ++read;
  }
  CHECK(read > 5);
}
