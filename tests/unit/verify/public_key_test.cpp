// --public-key: every form of a key gives the same bound bytes (S2).
#include <doctest/doctest.h>

#include <unistd.h>

#include "base/encoding.h"
#include "base/env.h"
#include "codec/pem.h"
#include "crypto/sign.h"
#include "evidence/binding.h"
#include "verify/public_key.h"

using namespace tee;
using namespace tee::verify;

namespace {

std::string temporary(const std::string& name, ByteView content) {
  const std::string path = "/tmp/tee-unit-key-" + std::to_string(::getpid()) + "-" + name;
  REQUIRE(write_file_atomic(path, content));
  return path;
}

const std::string kX = std::string(62, '1') + "22";

}  // namespace

TEST_CASE("X25519 keys: raw with an algorithm, or as a key file") {
  const auto raw = read_public_key("x25519:" + kX);
  REQUIRE(raw);
  CHECK(raw->algorithm == bound_key::kX25519);
  CHECK(raw->key.size() == 32);
  CHECK(read_public_key("x25519-tangle1:" + kX)->algorithm == bound_key::kX25519Tangle1);
  CHECK(read_public_key("x25519-age:" + kX)->algorithm == bound_key::kX25519Age);
  const std::string path = temporary("x.pem", as_bytes(pem::encode("PUBLIC KEY", raw->spki)));
  const auto file = read_public_key(path);
  REQUIRE(file);
  CHECK(file->algorithm == bound_key::kX25519);
  CHECK(file->key == raw->key);
  ::unlink(path.c_str());
}

TEST_CASE("EC keys: point, SubjectPublicKeyInfo and file give one binding") {
  const auto key = crypto::PrivateKey::generate_ec(crypto::Curve::p256).value().public_key();
  const Bytes spki = crypto::encode_spki(key);
  Bytes point{4};
  append(point, key.ec()->x);
  append(point, key.ec()->y);
  const std::string path = temporary("p256.der", spki);
  for (const std::string& form : {"p256:" + hex(point), "spki:" + hex(spki), "spki:@" + path, path}) {
    const auto read = read_public_key(form);
    REQUIRE(read);
    CHECK(read->algorithm == bound_key::kP256);
    CHECK(read->key == point);
    CHECK(read->spki == spki);
  }
  ::unlink(path.c_str());
}

TEST_CASE("other keys are bound as SubjectPublicKeyInfo") {
  const Bytes spki = crypto::encode_spki(crypto::PrivateKey::generate_ed25519().value().public_key());
  const auto read = read_public_key("spki:" + hex(spki));
  REQUIRE(read);
  CHECK(read->algorithm == bound_key::kSpki);
  CHECK(read->key == spki);
}

TEST_CASE("bad-public-key: wrong lengths, points off the curve, private keys") {
  CHECK(read_public_key("x25519:00").error().code == &code::usage_value);
  CHECK(read_public_key("p256:04" + std::string(128, '1')).error().code == &code::usage_value);
  CHECK(read_public_key("p384:04" + std::string(128, '1')).error().code == &code::usage_value);
  CHECK(read_public_key("spki:00").error().code == &code::usage_value);
  CHECK(read_public_key("/nonexistent/key.pem").error().code == &code::file_unreadable);
  const std::string secret = temporary("secret.pem", as_bytes(crypto::PrivateKey::generate_ec(crypto::Curve::p256).value().to_pem()));
  CHECK(read_public_key(secret).error().code == &code::file_unreadable);
  ::unlink(secret.c_str());
  const std::string junk = temporary("junk", as_bytes("junk"));
  CHECK(read_public_key(junk).error().code == &code::file_unreadable);
  ::unlink(junk.c_str());
}
