#include "crypto/hpke.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "base/encoding.h"
#include "base/env.h"
#include "codec/json.h"

using namespace tee;
using namespace tee::crypto;

namespace {

std::string vectors() {
  const char* named = std::getenv("TEE_VECTORS");
  return (named != nullptr ? named : std::string(TEE_SOURCE_DIR) + "/../shared/vectors") + "/hpke";
}
bool absent() { return !is_folder(vectors()); }

Bytes bytes_of(const Json& j, const char* key) {
  const auto text = json::text_of(j, key);
  return text ? from_hex(*text).value() : Bytes();
}

X25519Public public_of(const Bytes& b) {
  X25519Public out{};
  REQUIRE(b.size() == out.size());
  std::copy(b.begin(), b.end(), out.begin());
  return out;
}

void check_messages(const Json& vector, HpkeContext& sender, HpkeContext& receiver) {
  std::uint64_t at = 0;
  for (const Json& e : vector.at("encryptions")) {
    const Bytes plain = bytes_of(e, "pt"), aad = bytes_of(e, "aad"), want = bytes_of(e, "ct");
    const std::uint64_t sequence = e.at("sequence number").get<std::uint64_t>();
    for (; at < sequence; ++at) REQUIRE(receiver.open({}, sender.seal({}, {})).has_value());  // numbers in between
    CHECK(hex(sender.nonce()) == e.at("nonce").get<std::string>());
    const Bytes sealed = sender.seal(aad, plain);
    ++at;
    CHECK(sealed == want);
    CHECK_FALSE(receiver.open(plain, sealed).has_value());  // other aad; the context stays where it was
    const auto opened = receiver.open(aad, sealed);
    REQUIRE(opened.has_value());
    CHECK(equal(opened->view(), plain));
    CHECK_FALSE(receiver.open(aad, sealed).has_value());  // a replayed message
  }
}

}  // namespace

TEST_CASE("hpke: the RFC 9180 vectors of all four modes" * doctest::skip(absent())) {
  const auto text = read_file(vectors() + "/rfc9180-x25519-sha256-chacha20poly1305.json");
  REQUIRE(text.has_value());
  const Json all = json::parse(as_text(*text)).value();
  REQUIRE(all.size() == 4);
  for (const Json& v : all) {
    CAPTURE(v.at("mode_name").get<std::string>());
    const unsigned mode = v.at("mode").get<unsigned>();
    const X25519Pair ephemeral = hpke_derive_pair(bytes_of(v, "ikmE")), recipient = hpke_derive_pair(bytes_of(v, "ikmR"));
    CHECK(hex(ephemeral.private_key.view()) == v.at("skEm").get<std::string>());
    CHECK(hex(recipient.public_key) == v.at("pkRm").get<std::string>());
    const Bytes info = bytes_of(v, "info"), psk = bytes_of(v, "psk"), psk_id = bytes_of(v, "psk_id");
    std::optional<X25519Pair> identity;
    HpkeSendOptions send{.ephemeral = &ephemeral};
    HpkeReceiveOptions receive;
    if (mode >= 2) {
      identity = hpke_derive_pair(bytes_of(v, "ikmS"));
      CHECK(hex(identity->public_key) == v.at("pkSm").get<std::string>());
      send.sender = &*identity;
      receive.sender = identity->public_key;
    }
    if (mode % 2 == 1) send.psk = receive.psk = HpkePsk{psk, psk_id};
    auto sender = hpke_send(recipient.public_key, info, send);
    REQUIRE(sender.has_value());
    CHECK(hex(sender->enc) == v.at("enc").get<std::string>());
    auto receiver = hpke_receive(recipient, sender->enc, info, receive);
    REQUIRE(receiver.has_value());
    check_messages(v, sender->context, *receiver);
    REQUIRE(v.at("exports").size() > 0);
    for (const Json& e : v.at("exports")) {
      const Secret secret = receiver->derive(bytes_of(e, "exporter_context"), e.at("L").get<std::size_t>());
      CHECK(hex(secret.view()) == e.at("exported_value").get<std::string>());
    }
  }
}

TEST_CASE("hpke: another info, sender, recipient or psk opens nothing") {
  const X25519Pair recipient = x25519_generate(), sender = x25519_generate(), other = x25519_generate();
  const Bytes info = to_bytes(as_bytes("info")), key(32, 7);
  auto sent = hpke_send(recipient.public_key, info, {.sender = &sender});
  REQUIRE(sent.has_value());
  const Bytes sealed = sent->context.seal({}, as_bytes("secret"));
  const auto opens = [&](const X25519Pair& to, ByteView what, const HpkeReceiveOptions& options) {
    auto context = hpke_receive(to, sent->enc, what, options);
    return context && context->open({}, sealed).has_value();
  };
  CHECK(opens(recipient, info, {.sender = sender.public_key}));
  CHECK_FALSE(opens(recipient, as_bytes("inf0"), {.sender = sender.public_key}));
  CHECK_FALSE(opens(recipient, info, {.sender = other.public_key}));
  CHECK_FALSE(opens(recipient, info, {}));
  CHECK_FALSE(opens(other, info, {.sender = sender.public_key}));
  CHECK_FALSE(opens(recipient, info, {.sender = sender.public_key, .psk = HpkePsk{key, as_bytes("id")}}));
}

TEST_CASE("bad-low-order points and bad psk inputs are refused") {
  const X25519Pair pair = x25519_generate();
  // The points of small order of RFC 7748's curve, canonical and not (their order divides 8).
  for (const char* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"}) {
    CAPTURE(point);
    const X25519Public bad = public_of(from_hex(point).value());
    CHECK_FALSE(x25519(pair.private_key.view(), bad).has_value());
    CHECK_FALSE(hpke_send(bad, {}).has_value());
    CHECK_FALSE(hpke_receive(pair, bad, {}).has_value());
    CHECK_FALSE(hpke_receive(pair, pair.public_key, {}, {.sender = bad}).has_value());
  }
  const Bytes short_key(31, 1), key(32, 1);
  CHECK_FALSE(hpke_send(pair.public_key, {}, {.psk = HpkePsk{short_key, as_bytes("id")}}).has_value());
  CHECK_FALSE(hpke_send(pair.public_key, {}, {.psk = HpkePsk{key, {}}}).has_value());
}

TEST_CASE("vectors of RFC 9180 are there" * doctest::skip(!absent())) { MESSAGE("skipped: hpke vectors: ../shared is absent"); }
