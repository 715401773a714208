// Every minted chain, good and bad, and every genuine one: what our path validation accepts, OpenSSL accepts
// too.
#include "codec/json.h"
#include "crypto/openssl_oracle.h"
#include "helpers.h"
#include "mint/snp/snp.h"
#include "providers/snp/chain.h"

using namespace tee;
using namespace tee::test;

namespace {

crypto::PathRules amd_rules() {
  crypto::PathRules out;
  out.schemes = {crypto::Scheme::rsa_pss_sha384};
  return out;
}

// Certificates of the case that can be read, VEK first.
std::vector<crypto::Certificate> certificates_of(const mint::Case& c) {
  std::vector<crypto::Certificate> out;
  for (const mint::Artifact& file : c.collateral)
    if (auto read = crypto::parse_certificate(file.bytes)) out.push_back(*std::move(read));
  return out;
}

}  // namespace

TEST_CASE("minted chains: what ours accepts, OpenSSL accepts") {
  int accepted = 0, refused = 0;
  for (const mint::Variant& v : mint::snp_vendor().variants()) {
    const auto made = mint::snp_vendor().make(v.name);
    REQUIRE(made.has_value());
    if (made->anchors.empty()) continue;
    const crypto::TrustAnchor anchor =
        crypto::anchor_from(certificate(made->anchors.front().second.bytes), "minted ARK");
    const auto certificates = certificates_of(*made);
    for (const crypto::Certificate& leaf : certificates)
      for (const crypto::Certificate& issuer : certificates) {
        if (!equal(leaf.issuer, issuer.subject) || equal(leaf.der(), issuer.der())) continue;
        CAPTURE(v.name);
        const Agreement verdicts = require_agreement({&leaf, &issuer}, anchor, made->at, amd_rules());
        (verdicts.ours.ok() ? accepted : refused)++;
      }
  }
  CHECK(accepted > 100);
  CHECK(refused > 10);
}

TEST_CASE("snp vectors: OpenSSL agrees on genuine VEKs under the pinned keys" * doctest::skip(absent())) {
  const std::string folder = amd_folder() + "vek";
  const auto files = list_folder(folder);
  REQUIRE(files.has_value());
  for (const std::string& file : *files) {
    CAPTURE(file);
    const auto bytes = read_file(folder + "/" + file);
    REQUIRE(bytes.has_value());
    const crypto::Certificate vek = certificate(*bytes);
    const Time at = vek.not_before + Seconds(86400);
    const snp::TrustBase base = snp::trust_base({});
    const snp::VekPath path = snp::find_path(vek, {}, base, at);
    REQUIRE(path.ok());
    const Agreement verdicts = require_agreement({&vek}, path.pinned->anchor, at, amd_rules());
    CHECK(verdicts.ours.ok());
  }
}
