// Freshness and binding (S1–S4, S6) on findings made by hand: the rules, without any vendor format around them.
#include <doctest/doctest.h>

#include "base/encoding.h"
#include "evidence/binding.h"
#include "evidence/codes.h"
#include "verify/nonce.h"
#include "verify/questions.h"

using namespace tee;
using namespace tee::verify;

namespace {

const Bytes kNonce(32, 0x11);

struct World {
  Subject subject;
  Questions q;
  Findings found;
  World() {
    q.options.at = unix_time(1'700'000'000);
    q.real_now = q.options.at;
  }
  FreshnessResult ask() { return ask_freshness(subject, q, found); }
  bool gave(const Code& code) const {
    for (const Check& c : found.checks)
      if (c.code == &code && c.status != CheckStatus::skipped) return true;
    return false;
  }
  bool any_failed() const {
    for (const Check& c : found.checks)
      if (c.status == CheckStatus::fail) return true;
    return false;
  }
  void report_data(ByteView b) {
    Bytes field = to_bytes(b);
    field.resize(64, 0);
    found.binding.report_data = field;
  }
};

}  // namespace

TEST_CASE("raw: a lone nonce is zero-padded report data") {
  World w;
  w.report_data(kNonce);
  w.q.nonce = kNonce;
  CHECK(w.ask().by == "nonce");
  CHECK_FALSE(w.any_failed());
}
TEST_CASE("bad-nonce-prefix: part of the report data is not the nonce") {
  World w;
  w.report_data(kNonce);
  w.q.nonce = Bytes(31, 0x11);
  CHECK(w.ask().by == "none");
  CHECK(w.gave(code::freshness_nonce_mismatch));
}
TEST_CASE("nothing asked leaves freshness open; genuine-only waives it") {
  World w;
  w.report_data(kNonce);
  w.ask();
  CHECK(w.gave(code::freshness_unasked));
  World v;
  v.report_data(kNonce);
  v.q.options.genuine_only = true;
  v.ask();
  CHECK_FALSE(v.gave(code::freshness_unasked));
  CHECK(v.found.find("freshness")->status == CheckStatus::skipped);
}
TEST_CASE("bad-weak-nonce_S4: it matches, and still leaves freshness open") {
  World w;
  w.report_data(Bytes(8, 0x22));
  w.q.nonce = Bytes(8, 0x22);
  CHECK(w.ask().by == "none");
  CHECK(w.gave(code::freshness_weak_nonce));
}
TEST_CASE("bad-zero-report-data_S4") {
  World w;
  w.report_data({});
  w.q.report_data = Bytes(64, 0);
  CHECK(w.ask().by == "none");
  CHECK(w.gave(code::freshness_weak_nonce));
}
TEST_CASE("tee-bind-1: nonce, key and user data together") {
  World w;
  const Bytes key(32, 0x77), data{1, 2, 3};
  BoundFields f{kNonce, encode_bound_key(bound_key::kX25519, key), data, std::nullopt};
  w.report_data(tee_bind_1(f));
  w.q.nonce = kNonce;
  w.q.public_key = PublicKeyBinding{bound_key::kX25519, key, {}};
  w.q.user_data = data;
  const auto r = w.ask();
  CHECK(r.by == "nonce");
  CHECK(r.peer_bound);
  CHECK_FALSE(w.any_failed());
}
TEST_CASE("bad-key-swapped: another public key than the bound one") {
  World w;
  BoundFields f{kNonce, encode_bound_key(bound_key::kX25519, Bytes(32, 0x77)), std::nullopt, std::nullopt};
  w.report_data(tee_bind_1(f));
  w.q.nonce = kNonce;
  w.q.public_key = PublicKeyBinding{bound_key::kX25519, Bytes(32, 0x78), {}};
  SUBCASE("without the envelope's word the hash just differs") { CHECK_FALSE(w.ask().peer_bound); }
  SUBCASE("with it the key is named") {
    w.subject.binding = EnvelopeBinding{};
    w.subject.binding->public_key = f.public_key;
    CHECK_FALSE(w.ask().peer_bound);
    CHECK(w.gave(code::binding_key_mismatch));
  }
  CHECK(w.any_failed());
}
TEST_CASE("bad-algorithm-swapped_S2: same key bytes under another algorithm id") {
  World w;
  BoundFields f{kNonce, encode_bound_key(bound_key::kX25519, Bytes(32, 0x77)), std::nullopt, std::nullopt};
  w.report_data(tee_bind_1(f));
  w.q.nonce = kNonce;
  w.q.public_key = PublicKeyBinding{bound_key::kX25519Age, Bytes(32, 0x77), {}};
  CHECK_FALSE(w.ask().peer_bound);
  CHECK(w.any_failed());
}
TEST_CASE("bad-relay-raw-scheme_S1: a tee-bind-1 hash relayed as somebody's raw nonce binds nothing") {
  // The guest attested 64 bytes of a caller's choice under raw. They are the attacker's own tee-bind-1 hash; a verifier that
  // asks with raw must not see the fields, whatever the envelope says.
  World w;
  BoundFields f{kNonce, encode_bound_key(bound_key::kX25519, Bytes(32, 0x66)), std::nullopt, std::nullopt};
  const auto hash = tee_bind_1(f);
  w.report_data(hash);
  w.q.nonce = to_bytes(ByteView(hash));
  w.subject.binding = EnvelopeBinding{};
  w.subject.binding->public_key = f.public_key;
  const auto r = w.ask();
  CHECK_FALSE(r.peer_bound);
  CHECK(r.claims.empty());
}
TEST_CASE("bad-scheme-hint-disagrees_S1") {
  World w;
  w.report_data(kNonce);
  w.q.nonce = kNonce;
  w.subject.binding = EnvelopeBinding{};
  w.subject.binding->scheme = "tee-bind-1";
  w.ask();
  CHECK(w.gave(code::binding_scheme_mismatch));
}
TEST_CASE("envelope fields alone answer no question_S2") {
  World w;
  BoundFields f{kNonce, std::nullopt, std::nullopt, std::nullopt};
  w.report_data(tee_bind_1(f));
  w.q.binding = Scheme::tee_bind_1;
  w.subject.binding = EnvelopeBinding{};
  w.subject.binding->nonce = kNonce;
  const auto r = w.ask();
  CHECK(r.by == "none");
  CHECK(r.claims.at("nonce") == hex(kNonce));
  CHECK(w.gave(code::freshness_unasked));
}
TEST_CASE("bad-raw-with-public-key: the scheme does not cover it") {
  World w;
  w.report_data(kNonce);
  w.q.nonce = kNonce;
  w.q.binding = Scheme::raw;
  w.q.public_key = PublicKeyBinding{bound_key::kX25519, Bytes(32, 1), {}};
  w.ask();
  CHECK(w.gave(code::binding_unsupported));
}
TEST_CASE("age: no signed time is no answer_S6, a nonce beside it is") {
  World w;
  w.report_data(kNonce);
  w.q.max_age = Seconds(600);
  w.ask();
  CHECK(w.gave(code::freshness_no_signed_time));
  World v;
  v.report_data(kNonce);
  v.q.max_age = Seconds(600);
  v.q.nonce = kNonce;
  CHECK(v.ask().by == "nonce");
  CHECK_FALSE(v.gave(code::freshness_no_signed_time));
}
TEST_CASE("signed time: recent, old, future") {
  const auto with = [](std::int64_t offset) {
    World w;
    w.found.binding.native = true;
    w.found.binding.signed_time = w.q.options.at + Seconds(offset);
    w.q.max_age = Seconds(600);
    return w;
  };
  World recent = with(-600), old = with(-601), future = with(61), skewed = with(60);
  CHECK(recent.ask().by == "signed_time");
  old.ask();
  CHECK(old.gave(code::freshness_too_old));
  future.ask();
  CHECK(future.gave(code::freshness_future));
  skewed.ask();
  CHECK_FALSE(skewed.gave(code::freshness_future));
}
TEST_CASE("native: exact nonce, and a token's text forms") {
  World w;
  w.found.binding.native = true;
  w.q.nonce = kNonce;
  SUBCASE("bytes") { w.found.binding.nonce = kNonce; }
  SUBCASE("hex text") { w.found.binding.nonce_texts = {"other", hex(kNonce)}; }
  SUBCASE("base64url text") { w.found.binding.nonce_texts = {base64(kNonce, Base64::url)}; }
  CHECK(w.ask().by == "nonce");
}
TEST_CASE("bad-native-nonce-absent-or-longer") {
  World w;
  w.found.binding.native = true;
  w.q.nonce = kNonce;
  SUBCASE("absent") {}
  SUBCASE("longer") { w.found.binding.nonce = Bytes(33, 0x11); }
  SUBCASE("upper case hex is not the text form") { w.found.binding.nonce_texts = {"1111111111111111111111111111111111111111111111111111111111111111AA"}; }
  CHECK(w.ask().by == "none");
  CHECK(w.gave(code::freshness_nonce_mismatch));
}
TEST_CASE("bad-report-data-on-a-token: a question it cannot answer fails") {
  World w;
  w.found.binding.native = true;
  w.q.report_data = Bytes(64, 5);
  w.ask();
  CHECK(w.gave(code::binding_unsupported));
}
TEST_CASE("stateless nonce is read from the evidence and judged by the real clock_S4") {
  Env env = Env::real();
  env.now = [] { return unix_time(1000); };
  const Bytes key(32, 9);
  World w;
  w.report_data(make_stateless_nonce(env, key, "ci", Seconds(300)).value());
  w.q.stateless = StatelessNonce{key, "ci"};
  SUBCASE("in time") {
    w.q.real_now = unix_time(1200);
    CHECK(w.ask().by == "nonce");
  }
  SUBCASE("bad-expired-although-judged-earlier") {
    w.q.options.at = unix_time(1100);
    w.q.real_now = unix_time(2000);
    CHECK(w.ask().by == "none");
    CHECK(w.any_failed());
  }
}
TEST_CASE("tee-bind-1 is the documented hash") {
  const BoundFields f{kNonce, encode_bound_key(bound_key::kX25519, Bytes(32, 0x77)), std::nullopt, std::nullopt};
  CHECK(hex(tee_bind_1(f)) ==
        "7af3f7ddb7d186ab29626e273a3e1e163c9ebcde2b82ff285ffe3f492c827ad1"
        "d0f540b0b558ca2361f4f1bc878ba15d5fabd2e5738211b759a97994e3a23687");
  // Absent fields are tag, 0 and four zero bytes: an absent and an empty field differ.
  CHECK(tee_bind_1({}) != tee_bind_1({Bytes{}, std::nullopt, std::nullopt, std::nullopt}));
  // One field moved into another is another hash.
  CHECK(tee_bind_1({kNonce, std::nullopt, std::nullopt, std::nullopt}) != tee_bind_1({std::nullopt, std::nullopt, kNonce, std::nullopt}));
}
