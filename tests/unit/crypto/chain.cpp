// Choosing certificates out of a pool that may hold decoys.
#include "crypto/path.h"
#include "parties.h"

using namespace tee;
using namespace tee::crypto;
using test::KeyKind;

namespace {

const PrivateKey& root_key() { return test::key(KeyKind::p256, 9); }
const PrivateKey& ca_key() { return test::key(KeyKind::p256, 1); }
Bytes root_name() { return mint::encode_name(mint::common_name("Root")); }

Certificate leaf() {
  return test::parsed(test::issue(test::leaf_spec(test::key(KeyKind::p256), "CA"), ca_key()));
}
Certificate ca() { return test::parsed(test::issue(test::ca_spec("CA", "Root", ca_key()), root_key())); }
Certificate root() {
  return test::parsed(test::issue(test::ca_spec("Root", "Root", root_key()), root_key()));
}

// Same name as the CA, another key, made by whoever wants to disturb.
Certificate decoy(unsigned number) {
  const PrivateKey& key = test::key(KeyKind::p256, 3);
  mint::CertificateSpec spec = test::ca_spec("CA", "Root", key);
  spec.serial = {static_cast<std::uint8_t>(number / 256 + 1), static_cast<std::uint8_t>(number)};
  return test::parsed(test::issue(spec, key));
}

bool valid(const std::vector<const Certificate*>& chain) {
  return validate_path(chain, test::root_anchor(root_key()), test::kNow, {}).ok();
}

bool valid_from(const Certificate& start, const std::vector<Certificate>& pool) {
  return valid(build_chain(start, pool, root_name()));
}

}  // namespace

TEST_CASE("build_chain: orders a pool given in any order and leaves the anchor's own certificate out") {
  const Certificate start = leaf();
  const std::vector<Certificate> pool{root(), ca(), leaf()};
  const auto chain = build_chain(start, pool, root_name());
  REQUIRE(chain.size() == 2);
  CHECK(chain[0] == &start);
  CHECK(chain[1] == &pool[1]);
  CHECK(valid(chain));
}

TEST_CASE("build_chain: a missing issuer ends the chain early") {
  const Certificate start = leaf();
  const auto chain = build_chain(start, {}, root_name());
  CHECK(chain.size() == 1);
  CHECK_FALSE(valid(chain));
}

TEST_CASE("build_chain: bad-decoy of the same name neither breaks nor fakes a chain, wherever it stands") {
  const Certificate start = leaf();
  CHECK(valid_from(start, {decoy(1), ca(), decoy(2)}));
  std::vector<Certificate> crowded(20, decoy(3));
  crowded.push_back(ca());
  CHECK(valid_from(start, crowded));
  CHECK_FALSE(valid_from(start, {decoy(1)}));
  CHECK_FALSE(valid_from(start, {decoy(1), decoy(2)}));
}

TEST_CASE("build_chain: bad-heap-of-decoys costs a bounded number of signature checks") {
  std::vector<Certificate> pool;
  for (unsigned i = 0; i < 300; ++i) pool.push_back(decoy(i));
  const std::uint64_t before = signature_checks_done();
  CHECK_FALSE(valid_from(leaf(), pool));
  CHECK(signature_checks_done() - before <= 70);
}

TEST_CASE("build_chain: of two certificates for one key the one valid at the time is taken") {
  mint::CertificateSpec old_spec = test::ca_spec("CA", "Root", ca_key());
  old_spec.not_after = test::kStart + Seconds(1);
  const std::vector<Certificate> pool{test::parsed(test::issue(old_spec, root_key())), ca()};
  const Certificate start = leaf();
  CHECK(build_chain(start, pool, root_name(), test::kNow)[1] == &pool[1]);
  CHECK(build_chain(start, pool, root_name(), test::kStart)[1] == &pool[0]);
  CHECK(build_chain(start, pool, root_name())[1] == &pool[0]);
}

TEST_CASE("build_chain: bad-loop of two certificates that name each other, and of one that names itself") {
  const PrivateKey& key = test::key(KeyKind::p256, 4);
  const Certificate start = test::parsed(test::issue(test::leaf_spec(key, "A"), key));
  const std::vector<Certificate> pool{test::parsed(test::issue(test::ca_spec("A", "B", key), key)),
                                      test::parsed(test::issue(test::ca_spec("B", "A", key), key)),
                                      test::parsed(test::issue(test::ca_spec("A", "A", key), key))};
  const auto chain = build_chain(start, pool, root_name());
  CHECK(chain.size() <= 4);
  CHECK_FALSE(valid(chain));
}

TEST_CASE("build_chain: bad-endless chain stops at ten") {
  const PrivateKey& key = test::key(KeyKind::p256, 4);
  std::vector<Certificate> pool;
  for (int i = 0; i < 20; ++i) {
    pool.push_back(test::parsed(
        test::issue(test::ca_spec("N" + std::to_string(i), "N" + std::to_string(i + 1), key), key)));
  }
  const Certificate start = test::parsed(test::issue(test::leaf_spec(key, "N0"), key));
  CHECK(build_chain(start, pool, root_name()).size() == 10);
}

TEST_CASE("build_chain: a leaf that the anchor issued stands alone") {
  const Certificate start = test::parsed(test::issue(test::leaf_spec(test::key(KeyKind::p256)), root_key()));
  const std::vector<Certificate> pool{root()};
  CHECK(build_chain(start, pool, root_name()).size() == 1);
  CHECK(valid_from(start, pool));
}

TEST_CASE("issued_by: name and signature both count") {
  const Certificate start = leaf();
  CHECK(issued_by(start, mint::encode_name(mint::common_name("CA")), ca_key().public_key()));
  CHECK_FALSE(issued_by(start, root_name(), ca_key().public_key()));
  CHECK_FALSE(issued_by(start, mint::encode_name(mint::common_name("CA")), root_key().public_key()));
}
