#include "crypto/hpke.h"

namespace tee::crypto {

namespace {

constexpr std::uint8_t kKemSuite[] = {'K', 'E', 'M', 0x00, 0x20};
constexpr std::uint8_t kHpkeSuite[] = {'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x03};
constexpr std::string_view kVersion = "HPKE-v1";

// RFC 9180 section 4.
Secret labeled_extract(ByteView suite, ByteView salt, std::string_view label, ByteView input) {
  return hkdf_extract(salt, {as_bytes(kVersion), suite, as_bytes(label), input});
}

Secret labeled_expand(ByteView suite, ByteView key, std::string_view label, ByteView info, std::size_t size) {
  const std::uint8_t length[2] = {static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
  return hkdf_expand(key, {length, as_bytes(kVersion), suite, as_bytes(label), info}, size);
}

// Section 4.1: ExtractAndExpand.
Secret kem_secret(ByteView dh, ByteView kem_context) {
  return labeled_expand(kKemSuite, labeled_extract(kKemSuite, {}, "eae_prk", dh).view(), "shared_secret", kem_context, 32);
}

HpkeMode mode_of(bool auth, bool psk) { return static_cast<HpkeMode>((auth ? 2 : 0) + (psk ? 1 : 0)); }

Bytes joined(std::initializer_list<ByteView> parts) {
  Bytes out;
  for (const ByteView part : parts) append(out, part);
  return out;
}

}  // namespace

// Section 5.1: KeySchedule.
std::optional<HpkeContext> make_context(HpkeMode mode, ByteView shared, ByteView info, const std::optional<HpkePsk>& psk) {
  if (psk && (psk->key.size() < 32 || psk->id.empty())) return std::nullopt;
  const ByteView id = psk ? psk->id : ByteView(), key = psk ? psk->key : ByteView();
  const std::uint8_t mode_byte = static_cast<std::uint8_t>(mode);
  const Secret id_hash = labeled_extract(kHpkeSuite, {}, "psk_id_hash", id), info_hash = labeled_extract(kHpkeSuite, {}, "info_hash", info);
  const Bytes context = joined({{&mode_byte, 1}, id_hash.view(), info_hash.view()});
  const Secret secret = labeled_extract(kHpkeSuite, shared, "secret", key);
  const Secret nonce = labeled_expand(kHpkeSuite, secret.view(), "base_nonce", context, kNonceBytes);
  std::array<std::uint8_t, kNonceBytes> base_nonce;
  std::copy(nonce.view().begin(), nonce.view().end(), base_nonce.begin());
  return HpkeContext(labeled_expand(kHpkeSuite, secret.view(), "key", context, kAeadKeyBytes), base_nonce,
                     labeled_expand(kHpkeSuite, secret.view(), "exp", context, 32));
}

std::array<std::uint8_t, kNonceBytes> HpkeContext::nonce() const {
  std::array<std::uint8_t, kNonceBytes> out = base_nonce_;
  for (std::size_t i = 0; i < 8; ++i) out[kNonceBytes - 1 - i] ^= static_cast<std::uint8_t>(sequence_ >> (8 * i));
  return out;
}

Bytes HpkeContext::seal(ByteView aad, ByteView plain) {
  Bytes out(plain.size() + kTagBytes);
  key_.seal(nonce(), aad, plain, out);
  ++sequence_;
  return out;
}

std::optional<Secret> HpkeContext::open(ByteView aad, ByteView sealed) {
  if (sealed.size() < kTagBytes) return std::nullopt;
  Secret out(sealed.size() - kTagBytes);
  if (!key_.open(nonce(), aad, sealed, out.bytes())) return std::nullopt;
  ++sequence_;
  return out;
}

Secret HpkeContext::derive(ByteView exporter_context, std::size_t size) const {
  return labeled_expand(kHpkeSuite, exporter_.view(), "sec", exporter_context, size);
}

X25519Pair hpke_derive_pair(ByteView input) {
  return x25519_pair(labeled_expand(kKemSuite, labeled_extract(kKemSuite, {}, "dkp_prk", input).view(), "sk", {}, 32));
}

std::optional<HpkeSender> hpke_send(ByteView recipient, ByteView info, const HpkeSendOptions& options) {
  X25519Pair fresh;
  if (options.ephemeral == nullptr) fresh = x25519_generate();
  const X25519Pair& ephemeral = options.ephemeral != nullptr ? *options.ephemeral : fresh;
  std::optional<Secret> dh = x25519(ephemeral.private_key.view(), recipient);
  if (!dh) return std::nullopt;
  Bytes kem_context = joined({ephemeral.public_key, recipient});
  if (options.sender != nullptr) {
    const std::optional<Secret> identity = x25519(options.sender->private_key.view(), recipient);
    if (!identity) return std::nullopt;
    dh = Secret::joined({dh->view(), identity->view()});
    append(kem_context, options.sender->public_key);
  }
  const Secret shared = kem_secret(dh->view(), kem_context);
  auto context = make_context(mode_of(options.sender != nullptr, options.psk.has_value()), shared.view(), info, options.psk);
  if (!context) return std::nullopt;
  return HpkeSender{ephemeral.public_key, *std::move(context)};
}

std::optional<HpkeContext> hpke_receive(const X25519Pair& recipient, ByteView enc, ByteView info, const HpkeReceiveOptions& options) {
  std::optional<Secret> dh = x25519(recipient.private_key.view(), enc);
  if (!dh) return std::nullopt;
  Bytes kem_context = joined({enc, recipient.public_key});
  if (options.sender) {
    const std::optional<Secret> identity = x25519(recipient.private_key.view(), *options.sender);
    if (!identity) return std::nullopt;
    dh = Secret::joined({dh->view(), identity->view()});
    append(kem_context, *options.sender);
  }
  return make_context(mode_of(options.sender.has_value(), options.psk.has_value()), kem_secret(dh->view(), kem_context).view(), info,
                      options.psk);
}

}  // namespace tee::crypto
