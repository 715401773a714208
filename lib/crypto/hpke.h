// HPKE (RFC 9180), the one suite DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. Floor F1.
//
// Low-order public keys are refused (section 7.1.4). A context counts its messages: the sequence number is part of each nonce.
#pragma once

#include "crypto/aead.h"
#include "crypto/kdf.h"
#include "crypto/x25519.h"

namespace tee::crypto {

inline constexpr std::uint16_t kHpkeKem = 0x0020, kHpkeKdf = 0x0001, kHpkeAead = 0x0003;  // RFC 9180 section 7

enum class HpkeMode : std::uint8_t { base = 0, psk = 1, auth = 2, auth_psk = 3 };

struct HpkePsk {
  ByteView key;  // at least 32 bytes
  ByteView id;   // not empty
};

class HpkeContext {
 public:
  Bytes seal(ByteView aad, ByteView plain);
  std::optional<Secret> open(ByteView aad, ByteView sealed);  // a message that does not open is not counted
  Secret derive(ByteView exporter_context, std::size_t size) const;  // "Context.Export", section 5.3
  std::array<std::uint8_t, kNonceBytes> nonce() const;               // of the next message
  std::uint64_t sequence() const { return sequence_; }

 private:
  friend std::optional<HpkeContext> make_context(HpkeMode, ByteView, ByteView, const std::optional<HpkePsk>&);
  HpkeContext(Secret key, std::array<std::uint8_t, kNonceBytes> base_nonce, Secret exporter)
      : key_(Aead::chacha20_poly1305, key.view()), base_nonce_(base_nonce), exporter_(std::move(exporter)) {}

  AeadKey key_;
  std::array<std::uint8_t, kNonceBytes> base_nonce_;
  Secret exporter_;
  std::uint64_t sequence_ = 0;
};

struct HpkeSender {
  X25519Public enc{};  // the encapsulated key, sent beside the messages
  HpkeContext context;
};

// DeriveKeyPair (section 7.1.3).
X25519Pair hpke_derive_pair(ByteView input);

// `sender` makes it the auth mode, `psk` the psk mode. nullopt: a low-order point, or a psk without an id or the reverse.
struct HpkeSendOptions {
  const X25519Pair* sender = nullptr;
  std::optional<HpkePsk> psk = {};
  const X25519Pair* ephemeral = nullptr;  // for known-answer tests; otherwise fresh
};
std::optional<HpkeSender> hpke_send(ByteView recipient, ByteView info, const HpkeSendOptions& options = {});

struct HpkeReceiveOptions {
  std::optional<X25519Public> sender;
  std::optional<HpkePsk> psk = {};
};
std::optional<HpkeContext> hpke_receive(const X25519Pair& recipient, ByteView enc, ByteView info, const HpkeReceiveOptions& options = {});

}  // namespace tee::crypto
