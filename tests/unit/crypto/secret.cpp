// Guarded memory, HKDF and AEAD.
#include "crypto/secret.h"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/encoding.h"
#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/kdf.h"
#include "crypto/x25519.h"

using namespace tee;
using namespace tee::crypto;

namespace {

Bytes hex_bytes(const char* text) { return from_hex(text).value(); }

// How a child ended that ran `work`.
template <class Work>
int ends_by_signal(Work work) {
  const pid_t child = fork();
  if (child == 0) {
    protect_process();
    std::signal(SIGSEGV, SIG_DFL);
    work();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

}  // namespace

TEST_CASE("secret: moves, joins, shrinks and is zero at first") {
  Secret a(40);
  CHECK(all_zero(a.view()));
  a.bytes()[0] = 1;
  Secret b = std::move(a);
  CHECK(a.empty());
  CHECK(b.view()[0] == 1);
  b.shrink(8);
  CHECK(b.size() == 8);
  b.shrink(20);
  CHECK(b.size() == 8);
  const Secret joined = Secret::joined({as_bytes("ab"), {}, as_bytes("c")});
  CHECK(as_text(joined.view()) == "abc");
  CHECK(Secret().view().empty());
  CHECK_FALSE(equal(Secret::random(32).view(), Secret::random(32).view()));
}

TEST_CASE("secret: writing past the end ends the process") {
#if !defined(__SANITIZE_ADDRESS__)
  CHECK(ends_by_signal([] {
          Secret s(64);
          volatile std::uint8_t* past = s.bytes().data() + 64;
          *past = 1;
        }) == SIGSEGV);
#endif
  CHECK(ends_by_signal([] { raise(SIGTERM); }) == SIGTERM);  // wiping does not swallow the signal
}

TEST_CASE("hkdf: RFC 5869 appendix A, cases 1 to 3") {
  CHECK(hex(hkdf(hex_bytes("000102030405060708090a0b0c"), Bytes(22, 0x0b), {hex_bytes("f0f1f2f3f4f5f6f7f8f9")}, 42).view()) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  Bytes input(80), salt(80), info(80);
  for (std::size_t i = 0; i < 80; ++i) {
    input[i] = static_cast<std::uint8_t>(i);
    salt[i] = static_cast<std::uint8_t>(0x60 + i);
    info[i] = static_cast<std::uint8_t>(0xb0 + i);
  }
  CHECK(hex(hkdf(salt, input, {ByteView(info).first(10), ByteView(info).subspan(10)}, 82).view()) ==
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc"
        "30c58179ec3e87c14c01d5c1f3434f1d87");
  CHECK(hex(hkdf({}, Bytes(22, 0x0b), {}, 42).view()) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  CHECK(hex(mac_sha256(Bytes(131, 0xaa), {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("aead: the known answers of the GCM specification and of RFC 8439") {
  // McGrew and Viega, test case 16 (AES-256, aad).
  const Bytes key = hex_bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const Bytes nonce = hex_bytes("cafebabefacedbaddecaf888"), aad = hex_bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const Bytes plain = hex_bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
  const Bytes sealed = aead_seal(Aead::aes256_gcm, key, nonce, aad, plain);
  CHECK(hex(sealed) ==
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  // RFC 8439 section 2.8.2.
  Bytes chacha_key(32);
  for (std::size_t i = 0; i < 32; ++i) chacha_key[i] = static_cast<std::uint8_t>(0x80 + i);
  const std::string text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
  const Bytes chacha = aead_seal(Aead::chacha20_poly1305, chacha_key, hex_bytes("070000004041424344454647"), hex_bytes("50515253c0c1c2c3c4c5c6c7"), as_bytes(text));
  CHECK(hex(ByteView(chacha).last(16)) == "1ae10b594f09e26a7e902ecbd0600691");
}

TEST_CASE("aead: every changed bit of every part is refused, and nothing is left of the plaintext") {
  for (const Aead a : {Aead::aes256_gcm, Aead::chacha20_poly1305}) {
    const Bytes key(32, 9), nonce(12, 3);
    const Bytes aad = to_bytes(as_bytes("name")), sealed = aead_seal(a, key, nonce, aad, as_bytes("plaintext"));
    const auto opened = aead_open(a, key, nonce, aad, sealed);
    REQUIRE(opened.has_value());
    CHECK(as_text(opened->view()) == "plaintext");
    for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
      Bytes bad = sealed;
      bad[bit / 8] = static_cast<std::uint8_t>(bad[bit / 8] ^ (1u << (bit % 8)));
      Bytes out(9, 0xee);
      CHECK_FALSE(AeadKey(a, key).open(nonce, aad, bad, out));
      CHECK(all_zero(out));
    }
    CHECK_FALSE(aead_open(a, key, nonce, as_bytes("nam3"), sealed).has_value());
    CHECK_FALSE(aead_open(a, key, Bytes(12, 4), aad, sealed).has_value());
    CHECK_FALSE(aead_open(a, Bytes(32, 8), nonce, aad, sealed).has_value());
    CHECK_FALSE(aead_open(a, key, nonce, aad, ByteView(sealed).first(15)).has_value());
    CHECK(aead_open(a, key, nonce, aad, aead_seal(a, key, nonce, aad, {})).has_value());
  }
}

TEST_CASE("x25519: OpenSSL agrees") {
  const X25519Pair a = x25519_pair(Secret::copy(hex_bytes("77076d0a7318a57d3c16c17251b26645cf38f8c9c5e5d1f2c5e7ad1d4e0b4f3a")));
  const X25519Pair b = x25519_generate();
  EVP_PKEY* mine = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, a.private_key.view().data(), 32);
  EVP_PKEY* theirs = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, b.public_key.data(), 32);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(mine, nullptr);
  std::array<std::uint8_t, 32> oracle{}, own{};
  std::size_t size = 32, own_size = 32;
  CHECK(EVP_PKEY_derive_init(context) == 1);
  CHECK(EVP_PKEY_derive_set_peer(context, theirs) == 1);
  CHECK(EVP_PKEY_derive(context, oracle.data(), &size) == 1);
  CHECK(EVP_PKEY_get_raw_public_key(mine, own.data(), &own_size) == 1);
  CHECK(equal(own, a.public_key));
  CHECK(equal(x25519(a.private_key.view(), b.public_key).value().view(), oracle));
  CHECK(equal(x25519(b.private_key.view(), a.public_key).value().view(), oracle));
  EVP_PKEY_CTX_free(context);
  EVP_PKEY_free(mine);
  EVP_PKEY_free(theirs);
  CHECK_FALSE(x25519(a.private_key.view(), ByteView(b.public_key).first(31)).has_value());
}
