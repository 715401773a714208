// X25519 keys as people keep them: age recipients and identities, in Bech32 (BIP 173). Floor F4.
#pragma once

#include <string>
#include <string_view>

#include "crypto/x25519.h"
#include "seal/stream.h"

namespace tee::seal {

struct Recipient {
  crypto::X25519Public key{};
  std::string text;  // "age1…"
};

std::string recipient_text(const crypto::X25519Public& key);
// "age1…" or x25519:HEX. usage.value.
Result<Recipient> read_recipient(std::string_view text);

// "AGE-SECRET-KEY-1…", in guarded memory.
crypto::Secret identity_text(const crypto::X25519Pair& pair);
// A file of identities as age-keygen writes it: comments and one identity. seal.state_unusable.
Result<crypto::X25519Pair> read_identity(Feed& file);

}  // namespace tee::seal
