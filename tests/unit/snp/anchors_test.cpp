// The pinned AMD keys, and trust that is given instead of them.
#include "providers/snp/anchors.h"

#include "base/encoding.h"
#include "helpers.h"
#include "providers/snp/revocation.h"

using namespace tee;
using namespace tee::test;

namespace {

// SHA-256 of each SubjectPublicKeyInfo as AMD publishes the keys.
struct Fingerprint {
  std::string_view cn, serial, spki_sha256;
};
constexpr Fingerprint kFingerprints[] = {
    {"ARK-Milan", "010000", "9f056bee44377e29308cb5ffa895bdfb62d18881fa6bed8d6f075b0204089cb9"},
    {"SEV-Milan", "010001", "42491669ccb851d627ea9846cd24eccbeb7de7c2a62740120fff88001d38ebb6"},
    {"SEV-VLEK-Milan", "010101", "66450a123ea5876206df67f2514a4fea224c0f63b18313423078b0edc4535e33"},
    {"ARK-Genoa", "020000", "429a69c9422aa258ee4d8db5fcda9c6470ef15f8cd5a9cebd6cbc7d90b863831"},
    {"SEV-Genoa", "020002", "0324d55bcd48ba877a8fd87c0e1b4934dec8448e3807a24384a34dc6a6c9ebb8"},
    {"SEV-VLEK-Genoa", "020101", "7d1633252ebbadaa75f96e9b4e6f7d43a90ceb3f843937482630f8da2459264e"},
    {"SEV-Genoa", "020001", "0dee0c846c77000ff39d65b9d51d8b31189426d6f2f50858fb23b39718dd9c30"},
    {"ARK-Turin", "030000", "4f125410563a2ab9a50356f9243f6fe0b6f73de98603f53f90339c70e9d7ad08"},
    {"SEV-Turin", "030001", "0000ead352025f208bf55297c4192c34cd1b878002107366d8f2065a9ae7d3a9"},
    {"SEV-VLEK-Turin", "030101", "bfc441408b2f806c5dbf180bd8920e6e60dd404d82141780d85dbf962954d386"},
};

const snp::PinnedKey& revoked_key() {
  for (const snp::PinnedKey& k : snp::pinned_keys())
    if (k.state == snp::KeyState::revoked) return k;
  FAIL("no revoked key is pinned");
  return snp::pinned_keys().front();
}

}  // namespace

TEST_CASE("the pinned keys are AMD's") {
  REQUIRE(snp::pinned_keys().size() == std::size(kFingerprints));
  for (std::size_t i = 0; i < std::size(kFingerprints); ++i) {
    const snp::PinnedKey& key = snp::pinned_keys()[i];
    CAPTURE(kFingerprints[i].cn);
    CHECK(snp::common_name(key.product, key.role) == kFingerprints[i].cn);
    CHECK(hex(key.anchor.serials.front()) == kFingerprints[i].serial);
    CHECK(hex(crypto::sha256(crypto::encode_spki(key.anchor.key))) == kFingerprints[i].spki_sha256);
    CHECK((key.state == snp::KeyState::revoked) == (kFingerprints[i].serial == "020001"));
  }
  CHECK(snp::pinned_roots().size() == 3);
}

TEST_CASE("snp vectors: the pinned keys are those of the published certificates" * doctest::skip(absent())) {
  for (const snp::PinnedKey& key : snp::pinned_keys()) {
    const std::string product(to_string(key.product));
    const char* role = key.role == snp::Role::ark ? "ark" : key.role == snp::Role::ask ? "ask" : "asvk";
    std::string file = amd_folder() + "chain/";
    for (const char c : product) file += static_cast<char>(c | 0x20);
    file +=
        std::string("-") + role + (key.state == snp::KeyState::revoked ? "-2022-01-revoked" : "") + ".der";
    CAPTURE(file);
    const auto bytes = read_file(file);
    REQUIRE(bytes.has_value());
    const crypto::Certificate c = certificate(*bytes);
    CHECK(equal(c.subject, key.anchor.name));
    CHECK(equal(c.serial, key.anchor.serials.front()));
    CHECK(c.not_before == *key.anchor.not_before);
    CHECK(c.not_after == *key.anchor.not_after);
    REQUIRE(c.key.has_value());
    CHECK(*c.key == key.anchor.key);
    // And the ARK did issue it.
    CHECK(crypto::issued_by(c, snp::root_of(key).name, snp::root_of(key).key));
  }
}

TEST_CASE("common names") {
  for (const char* bad :
       {"", "SEV-", "SEV-milan", "ARK-Milan ", "SEV-VLEK", "SEV-VLEK-", "SEV-VCEK", "sev-Milan"})
    CHECK_FALSE(snp::read_common_name(bad).has_value());
  CHECK(snp::read_common_name("SEV-VLEK-Turin")->role == snp::Role::asvk);
}

TEST_CASE("a custom anchor replaces the pinned set; AMD's own root keeps its intermediates (S9)") {
  AppraisalOptions none;
  const snp::TrustBase pinned = snp::trust_base(none);
  CHECK(pinned.trust == Trust::pinned);
  CHECK(pinned.roots.size() == 3);
  CHECK(pinned.intermediates.size() == 7);
  const snp::TrustBase custom = snp::trust_base(options_for(made()));
  CHECK(custom.trust == Trust::custom);
  CHECK(custom.roots.size() == 1);
  CHECK(custom.intermediates.empty());
  AppraisalOptions milan;
  milan.anchors.push_back({{}, {}, snp::pinned_roots().front(), false, "milan-ark"});
  const snp::TrustBase one = snp::trust_base(milan);
  CHECK(one.trust == Trust::custom);
  CHECK(one.intermediates.size() == 2);
}

TEST_CASE("bad-revoked-genoa-ask_S9: the first Genoa ASK is refused by its key, without any CRL") {
  snp::VekPath path;
  path.state = snp::VekPath::State::judged;
  path.pinned = &revoked_key();
  path.root = &snp::root_of(revoked_key());
  CHECK_FALSE(path.ok());
  Findings out;
  snp::check_revocation(path, {}, {}, out);
  CHECK(code_of(out, "snp.revocation") == "chain.revoked");

  // Also under another certificate: the key counts.
  const Made m = made();
  mint::CertificateSpec spec = m.scene.intermediate;
  spec.key = revoked_key().anchor.key;
  CollateralSet set;
  set.certificates.push_back(item(*mint::snp::issue(spec, mint::snp::ca_key(mint::snp::Ca::ark))));
  const snp::TrustBase base = snp::trust_base(options_for(m));
  const snp::VekPath found = snp::find_path(certificate(m.vek), set, base, mint::snp::kNow);
  CHECK(found.revoked_key());
  CHECK_FALSE(found.ok());
}
