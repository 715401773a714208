#include "seal/identity.h"

#include "base/encoding.h"
#include "seal/codes.h"
#include "seal/state.h"

namespace tee::seal {

namespace {

// BIP 173. Tables are indexed by values of five bits; with secrets of 52 characters the timing leak of a cache line is accepted, as
// the files they come from are local.
constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::string_view kRecipientPrefix = "age", kIdentityPrefix = "age-secret-key-";
constexpr std::size_t kDataSymbols = 52, kChecksum = 6;  // 256 bits, four of padding
using Symbols = std::array<std::uint8_t, kDataSymbols + kChecksum>;

std::uint32_t step(std::uint32_t sum, std::uint8_t value) {
  constexpr std::uint32_t kGenerator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
  const std::uint32_t top = sum >> 25;
  sum = (sum & 0x1ffffff) << 5 ^ value;
  for (unsigned i = 0; i < 5; ++i) sum ^= (top >> i & 1) != 0 ? kGenerator[i] : 0;
  return sum;
}

std::uint32_t checksum(std::string_view prefix, std::span<const std::uint8_t> symbols) {
  std::uint32_t sum = 1;
  for (const char c : prefix) sum = step(sum, static_cast<std::uint8_t>(c >> 5));
  sum = step(sum, 0);
  for (const char c : prefix) sum = step(sum, static_cast<std::uint8_t>(c & 31));
  for (const std::uint8_t s : symbols) sum = step(sum, s);
  return sum;
}

// 32 bytes to characters behind `prefix` and "1", written to `out`.
void encode(std::string_view prefix, ByteView data, std::span<std::uint8_t> out) {
  Symbols symbols{};
  std::uint32_t held = 0;
  unsigned bits = 0;
  std::size_t n = 0;
  for (const std::uint8_t byte : data) {
    held = held << 8 | byte;
    for (bits += 8; bits >= 5; bits -= 5) symbols[n++] = static_cast<std::uint8_t>(held >> (bits - 5) & 31);
  }
  symbols[n++] = static_cast<std::uint8_t>(held << (5 - bits) & 31);
  const std::uint32_t sum = checksum(prefix, symbols) ^ 1;
  for (std::size_t i = 0; i < kChecksum; ++i) symbols[kDataSymbols + i] = static_cast<std::uint8_t>(sum >> (5 * (5 - i)) & 31);
  for (std::size_t i = 0; i < symbols.size(); ++i) out[i] = static_cast<std::uint8_t>(kAlphabet[symbols[i]]);
  crypto::wipe(symbols);
}

// Text of one case, lowered by the caller's `low`; 32 bytes into `out`.
bool decode(std::string_view prefix, ByteView text, std::span<std::uint8_t> out) {
  if (text.size() != prefix.size() + 1 + kDataSymbols + kChecksum) return false;
  if (as_text(text.first(prefix.size() + 1)) != std::string(prefix) + "1") return false;
  Symbols symbols{};
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const std::size_t value = kAlphabet.find(static_cast<char>(text[prefix.size() + 1 + i]));
    if (value == std::string_view::npos) return false;
    symbols[i] = static_cast<std::uint8_t>(value);
  }
  bool good = checksum(prefix, symbols) == 1;
  std::uint32_t held = 0;
  unsigned bits = 0;
  std::size_t n = 0;
  for (std::size_t i = 0; i < kDataSymbols; ++i) {
    held = held << 5 | symbols[i];
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    if (n < out.size()) out[n++] = static_cast<std::uint8_t>(held >> bits);
  }
  good = good && (held & 0x0f) == 0;  // padding bits are zero
  crypto::wipe(symbols);
  held = 0;
  return good;
}

tl::unexpected<Error> bad_recipient() {
  return fail(code::usage_value, "a recipient is age1... or x25519:HEX of 32 bytes", "tee-seal keygen --form identity, or age-keygen, makes one");
}

}  // namespace

std::string recipient_text(const crypto::X25519Public& key) {
  std::string out(kRecipientPrefix);
  out += '1';
  std::array<std::uint8_t, kDataSymbols + kChecksum> symbols;
  encode(kRecipientPrefix, key, symbols);
  return out + std::string(as_text(symbols));
}

Result<Recipient> read_recipient(std::string_view text) {
  Recipient out;
  constexpr std::string_view kHex = "x25519:";
  if (text.starts_with(kHex)) {
    const auto key = from_hex(text.substr(kHex.size()));
    if (!key || key->size() != out.key.size()) return bad_recipient();
    std::copy(key->begin(), key->end(), out.key.begin());
  } else {
    std::string low(text);
    bool upper = false, lower = false;
    for (char& c : low) {
      upper |= c >= 'A' && c <= 'Z';
      lower |= c >= 'a' && c <= 'z';
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    if ((upper && lower) || !decode(kRecipientPrefix, as_bytes(low), out.key)) return bad_recipient();
  }
  out.text = recipient_text(out.key);
  return out;
}

crypto::Secret identity_text(const crypto::X25519Pair& pair) {
  crypto::Secret out(kIdentityPrefix.size() + 1 + kDataSymbols + kChecksum);
  std::copy(kIdentityPrefix.begin(), kIdentityPrefix.end(), out.bytes().begin());
  out.bytes()[kIdentityPrefix.size()] = '1';
  encode(kIdentityPrefix, pair.private_key.view(), out.bytes().subspan(kIdentityPrefix.size() + 1));
  for (std::uint8_t& c : out.bytes())
    if (c >= 'a' && c <= 'z') c = static_cast<std::uint8_t>(c - 32);
  return out;
}

Result<crypto::X25519Pair> read_identity(Feed& file) {
  TEE_TRY(crypto::Secret text, read_whole(file, 16u << 10));
  std::optional<crypto::Secret> key;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && text.view()[end] != '\n') ++end;
    std::span<std::uint8_t> line = text.bytes().subspan(at, end - at);
    at = end + 1;
    if (!line.empty() && line.back() == '\r') line = line.first(line.size() - 1);
    if (line.empty() || line[0] == '#') continue;
    for (std::uint8_t& c : line) {
      if (c >= 'a' && c <= 'z') return fail(code::seal_state_unusable, "an identity is written in capitals: AGE-SECRET-KEY-1...");
      if (c >= 'A' && c <= 'Z') c = static_cast<std::uint8_t>(c + 32);
    }
    crypto::Secret found(32);
    if (key || !decode(kIdentityPrefix, line, found.bytes()))
      return fail(code::seal_state_unusable, "the file of the private key does not hold one identity, AGE-SECRET-KEY-1...",
                  "tee-seal keygen --form identity, or age-keygen, makes one");
    key = std::move(found);
  }
  if (!key) return fail(code::seal_state_unusable, "the file of the private key holds no identity, AGE-SECRET-KEY-1...");
  return crypto::x25519_pair(*std::move(key));
}

}  // namespace tee::seal
