// Nonces (S4): what counts as strong, and each way in which a stateless nonce is refused.
#include <doctest/doctest.h>

#include "crypto/digest.h"
#include "verify/codes.h"
#include "verify/nonce.h"

using namespace tee;
using namespace tee::verify;

namespace {

Env env_at(std::int64_t now) {
  Env env = Env::real();
  env.now = [now] { return unix_time(now); };
  return env;
}
const Bytes kKey(32, 0x42);

Bytes good() { return make_stateless_nonce(env_at(1000), kKey, "ci", Seconds(300)).value(); }

}  // namespace

TEST_CASE("stateless nonce: 64 bytes, valid until its expiry") {
  const Bytes n = good();
  REQUIRE(n.size() == 64);
  CHECK(n[0] == 1);
  CHECK(check_stateless_nonce(n, kKey, "ci", unix_time(1000)) == StatelessState::valid);
  CHECK(check_stateless_nonce(n, kKey, "ci", unix_time(1299)) == StatelessState::valid);
  CHECK(check_stateless_nonce(n, kKey, "ci", unix_time(1300)) == StatelessState::expired);
  CHECK(good() != good());
}

TEST_CASE("stateless nonce layout is the documented one") {
  const Bytes n = good();
  Bytes mac = crypto::hmac(crypto::Hash::sha256, kKey, ByteView(n).first(41));
  mac.resize(23);
  CHECK(equal(mac, ByteView(n).subspan(41)));
  CHECK(equal(ByteView(crypto::sha256(as_bytes("ci"))).first(16), ByteView(n).subspan(25, 16)));
  CHECK(Bytes(n.begin() + 1, n.begin() + 9) == Bytes{0, 0, 0, 0, 0, 0, 0x05, 0x14});
}

TEST_CASE("bad-nonce-other-audience_S4") {
  CHECK(check_stateless_nonce(good(), kKey, "prod", unix_time(1000)) == StatelessState::other_audience);
}
TEST_CASE("bad-nonce-other-key_S4") {
  CHECK(check_stateless_nonce(good(), Bytes(32, 0x43), "ci", unix_time(1000)) == StatelessState::bad_mac);
}
TEST_CASE("bad-nonce-any-byte-changed_S4") {
  const Bytes n = good();
  for (std::size_t i = 0; i < n.size(); ++i) {
    Bytes m = n;
    m[i] ^= 1;
    CHECK(check_stateless_nonce(m, kKey, "ci", unix_time(1000)) != StatelessState::valid);
  }
}
TEST_CASE("bad-nonce-expiry-beyond-ten-minutes_S4") {
  // Made by a clock that runs far ahead: the MAC holds, the promise does not.
  const Bytes n = make_stateless_nonce(env_at(50000), kKey, "ci", Seconds(300)).value();
  CHECK(check_stateless_nonce(n, kKey, "ci", unix_time(1000)) == StatelessState::expiry_too_far);
}
TEST_CASE("bad-nonce-lifetime-key-audience_S4") {
  CHECK(make_stateless_nonce(env_at(0), kKey, "ci", Seconds(601)).error().code == &code::nonce_lifetime);
  CHECK(make_stateless_nonce(env_at(0), kKey, "ci", Seconds(0)).error().code == &code::nonce_lifetime);
  CHECK(make_stateless_nonce(env_at(0), Bytes(31, 1), "ci", Seconds(60)).error().code == &code::nonce_weak_key);
  CHECK(make_stateless_nonce(env_at(0), kKey, "", Seconds(60)).error().code == &code::nonce_weak_key);
}
TEST_CASE("bad-weak-nonce_S4") {
  CHECK(weak_nonce(Bytes(15, 7)));
  CHECK_FALSE(weak_nonce(Bytes(16, 7)));
  CHECK(weak_nonce(Bytes(64, 0)));
}
