#include "crypto/digest.h"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/encoding.h"

using namespace tee;
using namespace tee::crypto;

namespace {

Bytes pattern(std::size_t size) {
  Bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(7 * i + 3);
  return out;
}

std::string keccak_hex(ByteView data) { return hex(keccak256(data)); }

}  // namespace

TEST_CASE("digests: known answers of FIPS 180-4 for abc and the empty text") {
  const ByteView abc = as_bytes("abc");
  CHECK(hex(digest(Hash::sha1, abc)) == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(hex(sha256(abc)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha384(abc)) ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  CHECK(hex(sha512(abc)) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d"
        "4423643ce8"
        "0e2a9ac94fa54ca49f");
  CHECK(hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("digests: size and name") {
  CHECK(digest_size(Hash::sha1) == 20);
  CHECK(digest_size(Hash::sha384) == digest(Hash::sha384, {}).size());
  CHECK(to_string(Hash::sha512) == "SHA-512");
}

TEST_CASE("digests: pieces give the digest of the whole") {
  const Bytes data = pattern(1000);
  for (const Hash h : {Hash::sha1, Hash::sha256, Hash::sha384, Hash::sha512}) {
    Hasher hasher(h);
    const ByteView view(data);
    hasher.add(view.first(1)).add({}).add(view.subspan(1, 500)).add(view.subspan(501));
    CHECK(hasher.finish() == digest(h, data));
  }
}

TEST_CASE("keccak256: known answers around the block of 136 bytes") {
  CHECK(keccak_hex({}) == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  CHECK(keccak_hex(as_bytes("abc")) == "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  CHECK(keccak_hex(pattern(1)) == "69c322e3248a5dfc29d73c5b0553b0185a35cd5bb6386747517ef7e53b15e287");
  CHECK(keccak_hex(pattern(135)) == "00ef96af9cf4b24c7f269d922294444a197d0a33638c2e56634c57e892103a8f");
  CHECK(keccak_hex(pattern(136)) == "742061bcad767ed4c4f5883b1dcb1aad11afdcc140dc469d953759b127b9f9ed");
  CHECK(keccak_hex(pattern(137)) == "e3371f61e770abf254c34239c3b0099ad90594507415bc81dd0a10b9692bbf2a");
  CHECK(keccak_hex(pattern(271)) == "4401c4afbe16ff911bdbf2d38e556e5b861f3fdf0f9d4306b1c46f6ae4f73584");
  CHECK(keccak_hex(pattern(272)) == "ac141fd7b0a0ffcd2e967254d508da3ec616596493c36fa304425647d90e6de5");
  CHECK(keccak_hex(pattern(1000)) == "80cdc8dd52cbb3dbaea8f383209893fa2bb52efbd5aedbb4b26dcfe307fcdc9b");
}

TEST_CASE("hmac: known answers of RFC 4231") {
  CHECK(hex(hmac(Hash::sha256, Bytes(20, 0x0b), as_bytes("Hi There"))) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hex(hmac(Hash::sha256, as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const ByteView text = as_bytes("Test Using Larger Than Block-Size Key - Hash Key First");
  CHECK(hex(hmac(Hash::sha256, Bytes(131, 0xaa), text)) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(hex(hmac(Hash::sha384, Bytes(20, 0x0b), as_bytes("Hi There"))) ==
        "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6");
}

TEST_CASE("hmac: agrees with OpenSSL for every key length around the block") {
  const Bytes data = pattern(77);
  for (std::size_t size : {0u, 1u, 63u, 64u, 65u, 127u, 128u, 129u, 300u}) {
    const Bytes key = pattern(size);
    Bytes expected(64);
    unsigned length = 0;
    for (const auto& [h, md] : {std::pair(Hash::sha1, EVP_sha1()), std::pair(Hash::sha256, EVP_sha256()),
                                std::pair(Hash::sha512, EVP_sha512())}) {
      const std::uint8_t nothing = 0;  // a null key would mean "the previous key" to OpenSSL
      expected.resize(64);
      HMAC(md, key.empty() ? &nothing : key.data(), static_cast<int>(key.size()), data.data(), data.size(),
           expected.data(), &length);
      expected.resize(length);
      CHECK(hmac(h, key, data) == expected);
    }
  }
}
