// parse_spki: a key that it accepts is written back to the same bytes, and OpenSSL accepts it too.
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "crypto/key.h"
#include "require.h"

using namespace tee;
using namespace tee::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  initialise();
  const ByteView input(data, size);
  const Result<PublicKey> key = parse_spki(input);
  if (key) {
    FUZZ_REQUIRE(equal(encode_spki(*key), input));
    FUZZ_REQUIRE(!describe(*key).empty());
    const unsigned char* at = data;
    EVP_PKEY* theirs = d2i_PUBKEY(nullptr, &at, static_cast<long>(size));
    FUZZ_REQUIRE(theirs != nullptr);
    EVP_PKEY_free(theirs);
  }
  // The same bytes as a signature and as a raw point: no crash, and no signature comes about by chance.
  const std::size_t half = size / 2;
  if (const Result<PublicKey> point = ec_key(Curve::p256, input)) {
    FUZZ_REQUIRE(!verify(*point, Scheme::ecdsa_sha256, input, input, EcForm::raw));
    FUZZ_REQUIRE(!verify(*point, Scheme::ecdsa_sha256, input.first(half), input));
  }
  return 0;
}
