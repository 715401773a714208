#define OPENSSL_SUPPRESS_DEPRECATED

#include "crypto/openssl_ec.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>

#include <cstdlib>

#include "crypto/openssl_ptr.h"

namespace tee::crypto {

namespace {

using EcKeyPtr = OpensslPtr<EC_KEY, EC_KEY_free>;
using SignaturePtr = OpensslPtr<ECDSA_SIG, ECDSA_SIG_free>;
using NumberPtr = OpensslPtr<BIGNUM, BN_free>;

template <int nid>
const EC_GROUP* shared_group() {
  static const EC_GROUP* const group = [] {
    initialise();
    EC_GROUP* made = EC_GROUP_new_by_curve_name(nid);
    if (made == nullptr) std::abort();
    return made;
  }();
  return group;
}

const EC_GROUP* group_of(Curve curve) {
  switch (curve) {
    case Curve::p256: return shared_group<NID_X9_62_prime256v1>();
    case Curve::p384: return shared_group<NID_secp384r1>();
    case Curve::p521: return shared_group<NID_secp521r1>();
  }
  std::abort();
}

// SEC 1 section 2.3.4, the uncompressed form: OpenSSL refuses coordinates outside the field and points off
// the curve.
EcKeyPtr import(const EcKey& key) {
  const std::size_t size = field_bytes(key.curve);
  if (key.x.size() != size || key.y.size() != size) return nullptr;
  std::array<std::uint8_t, 1 + 2 * 66> point;
  point[0] = 0x04;
  std::memcpy(point.data() + 1, key.x.data(), size);
  std::memcpy(point.data() + 1 + size, key.y.data(), size);
  EcKeyPtr out(EC_KEY_new());
  if (!out || EC_KEY_set_group(out.get(), group_of(key.curve)) != 1 ||
      EC_KEY_oct2key(out.get(), point.data(), 1 + 2 * size, nullptr) != 1) {
    ERR_clear_error();
    return nullptr;
  }
  return out;
}

// A number in 1..n-1 where n is the order of the curve, or null.
NumberPtr scalar(ByteView big_endian, const EC_GROUP* group) {
  if (big_endian.size() > 66) return nullptr;
  NumberPtr out(BN_bin2bn(big_endian.data(), static_cast<int>(big_endian.size()), nullptr));
  if (!out || BN_is_zero(out.get()) || BN_cmp(out.get(), EC_GROUP_get0_order(group)) >= 0) return nullptr;
  return out;
}

struct Ready {
  EcKeyPtr key;
  SignaturePtr signature;  // null: the key or a number is not well formed
};

Ready prepare(const EcKey& key, ByteView r, ByteView s) {
  const EC_GROUP* group = group_of(key.curve);
  NumberPtr r_number = scalar(r, group), s_number = scalar(s, group);
  if (!r_number || !s_number) return {};
  Ready out{import(key), SignaturePtr(ECDSA_SIG_new())};
  if (!out.key || !out.signature ||
      ECDSA_SIG_set0(out.signature.get(), r_number.get(), s_number.get()) != 1) {
    return {};
  }
  (void)r_number.release();  // ECDSA_SIG_set0 took both
  (void)s_number.release();
  return out;
}

bool holds(const Ready& ready, ByteView digest) {
  const bool good = ECDSA_do_verify(digest.data(), static_cast<int>(digest.size()), ready.signature.get(),
                                    ready.key.get()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

}  // namespace

bool point_on_curve(const EcKey& key) { return import(key) != nullptr; }

bool ecdsa_holds(const EcKey& key, ByteView digest, ByteView r, ByteView s) {
  const Ready ready = prepare(key, r, s);
  return ready.signature && holds(ready, digest);
}

std::function<bool()> prepared_ecdsa(const EcKey& key, ByteView digest, ByteView r, ByteView s) {
  auto ready = std::make_shared<const Ready>(prepare(key, r, s));
  if (!ready->signature) return {};
  return [ready, digest = to_bytes(digest)] { return holds(*ready, digest); };
}

}  // namespace tee::crypto
