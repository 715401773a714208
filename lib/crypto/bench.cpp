#include "crypto/bench.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include "base/encoding.h"
#include "crypto/openssl_ec.h"
#include "crypto/openssl_pkey.h"

namespace tee::crypto {

namespace {

// Keys made once for this purpose; their private halves were thrown away.
constexpr std::string_view kMessage = "tee-tools signature measurement";
constexpr std::string_view kP256X = "0442919129484c60c8bdbea099f343572d4a229b670cd05837e58b5860e8cadc";
constexpr std::string_view kP256Y = "ffe5d665e70bf547c97f799c938c05efb204c41e551aafc1b43c936e909c68d3";
constexpr std::string_view kP256Signature =
    "a34852131ed33063f6f36c2eb3a8e7c906f8decd19b48ebbb24eeaaf6e18e65abf530b2a17c1e6f4019efa3e9e5245c1"
    "b4234f4a1a11af7b135af96ca745c59a";
constexpr std::string_view kP384X =
    "581ff15feaa40b3606ec5496912d77da39f57e6bcff00e3d616374d40c5e3a3324f10e923ae83b2a1d385700b4d0ef65";
constexpr std::string_view kP384Y =
    "114eb99118786122f4a8fe568514c28ca03e133b8aae4e9f750dc4a3a8ac4f57824585618b58600022983c4231c3f847";
constexpr std::string_view kP384Signature =
    "00cf86d6a5a0a83451a10964365679b31e01ae6c8aba279c0c2ca8228235aa0fe6d5127a4725020f8e160d7d178c398d"
    "ae1195f953ad3b05daeb35cf98f04ba6fff4b56322885f70fb65a403a18b911ae1abc3ad365621b2b8d8f367beee4d6b";
constexpr std::string_view kRsaModulus =
    "b7885c507bda36e167d8d562f8cfcc5c972321e8bdc4770c29f5967380928c54d64ced5f58e1ffff721bdffdba0f017d"
    "7aad9faf8883faf9bdfaf33f2b0a8dd8bc48bcdd0b5eee34e6270a0122b1a63675b2db44709cca921fc866770e3279d2"
    "897ce1328073de67c0792257b0d9be8037071e55f08d10e24c436745c6191cd8e8e786e80901520c86ff3f0ba36073ba"
    "26378695564226d1e0e72de34344e7cc19f5e45004de7afbfbfcbd95e9e4a10817e510174c94b8b1838421f5039f38a0"
    "713a6a9e8218b25952918e502d72389e2b107dcc941ad9d92b87a38aa86711db32bcbc921b058cf34e2088be90ae64e4"
    "0549e049525a1fe18b078e231752245f70367c276ec76e5694d47272cfd599c45bc956f9bdbcf76cdf96e3e7b01d678a"
    "4e8ee4ba2f169320812f372553458adf768fcaee89a702c68a507b435bfcbd7a523660d8fa459c69a1453ac05b73f44a"
    "80f9c6921fe95a3fb20a13ca7038d8d96a5bb37491268dbcdd32c1a287790da614ff3b77e1ca78466ba980421ae2cbfe"
    "6d02eb26420da054bc5afae047e0fe98819f39fac2ad44003c397de75bec3ca9f3145410c8bb9a8e8a961a387993fd71"
    "b203658f2c6e85630986e502dd493254ece239a4fd4d720bf63a46988cd179d68535225e819be833e02f8094312471b6"
    "7dc477e3fc50c55359c0bc71e6a764b94828a6d6cf73fd9b435e56a6ba55c9ed";
constexpr std::string_view kRsaSignature =
    "6ab2d42de6418651b09878a5a8eba3fbe177b7db0e7de989f5d1de97458bce09b103659f9f9de2ca2242323a34563b8f"
    "fc1fc4d7ab705900724af9d9a2e1f290baa2db095aa7947ad97ec08ce28d0a68983b5981c418fb7cf37b6adb9e97fbeb"
    "d1faa8c2cd3db34222a4dc7f0aed4c38d2e54949c8606d1024fe9e781e578bb287258242435dfbad90873a3fa57f8d2a"
    "f27671586c287d6986484307aa8dbc9a91a959b86711da137d4210e88c5d2f4831d7bc834d67cac9f7062e46582d63e2"
    "e1bac6689c2f741ca083766d27da29c301cfcc2d1b8601001e71278cc511eb6180b6556882a51e75b8f909124c94d780"
    "2fd9aa6546513f9eb2ef8080a45a9be9b94582b686aa3fe8490445922ea1a6546c8058e91c39a678b88f044e683104e0"
    "11eb20ec3d05ba2a9d0ddfb5c5e40ed55314689475ee8182cdfefd706be07fbb1b6d49541712b1fed462913105b3e51d"
    "fdd3c29af95fd96089e891e97b23e8e1bc51377880130dfb5a122b3ecd10df2447bb7830768cb394e92b4052a125e644"
    "bc87da35281e058e5f4c01efa8f8d623dccfe5fa47da105d56dce6f8acd994331a5c313ba3b9197b066afc00198614cd"
    "d4f4944411ece155fcf4ecb0238e93577bbc2ff7e3b9c12a04737fe35b9e7436d4a4fbdb7a57be03e82c6789013deed4"
    "98259f4f2ec38ecd07326c1e53a5cc5b71311b1528c83e9ea4956553f20575cf";

Bytes sample(std::string_view hex_text) { return from_hex(hex_text).value_or(Bytes()); }

std::function<bool()> ecdsa_sample(Curve curve, Hash hash, std::string_view x, std::string_view y,
                                   std::string_view signature) {
  const Bytes both = sample(signature);
  const ByteView r = ByteView(both).first(both.size() / 2), s = ByteView(both).subspan(both.size() / 2);
  return prepared_ecdsa({curve, sample(x), sample(y)}, digest(hash, as_bytes(kMessage)), r, s);
}

std::function<bool()> prepared(MeasuredKey key) {
  switch (key) {
    case MeasuredKey::p256: return ecdsa_sample(Curve::p256, Hash::sha256, kP256X, kP256Y, kP256Signature);
    case MeasuredKey::p384: return ecdsa_sample(Curve::p384, Hash::sha384, kP384X, kP384Y, kP384Signature);
    case MeasuredKey::rsa4096_pss: break;
  }
  return prepared_rsa({sample(kRsaModulus), {1, 0, 1}}, Scheme::rsa_pss_sha384,
                      digest(Hash::sha384, as_bytes(kMessage)), sample(kRsaSignature));
}

unsigned checks_per_batch(MeasuredKey key) { return key == MeasuredKey::p384 ? 8 : 64; }

}  // namespace

std::string_view to_string(MeasuredKey key) {
  switch (key) {
    case MeasuredKey::p256: return "ECDSA P-256";
    case MeasuredKey::p384: return "ECDSA P-384";
    case MeasuredKey::rsa4096_pss: return "RSA-4096 PSS";
  }
  std::abort();
}

double seconds_per_verify(MeasuredKey key, unsigned batches) {
  const std::function<bool()> check = prepared(key);
  if (!check || !check()) return 0;
  const unsigned checks = checks_per_batch(key);
  double best = 0;
  for (unsigned batch = 0; batch < batches; ++batch) {
    const auto start = std::chrono::steady_clock::now();
    for (unsigned i = 0; i < checks; ++i) {
      if (!check()) return 0;
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    const double each = spent.count() / checks;
    best = batch == 0 ? each : std::min(best, each);
  }
  return best;
}

}  // namespace tee::crypto
