// TPM quotes made to order (TCG TPM 2.0 Library, Part 2 "Structures"). Part of lib/mint (floor F3).
//
// Written from the document and not from the reader in lib/providers: two independent readings of one table.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "crypto/sign.h"

namespace tee::mint::vtpm {

// TPM_ALG_ID, Part 2 section 6.3.
inline constexpr std::uint16_t kSha1 = 0x0004, kSha256 = 0x000b, kSha384 = 0x000c, kRsaSsa = 0x0014,
                               kRsaPss = 0x0016, kEcdsa = 0x0018;

using Pcrs = std::vector<Bytes>;
Pcrs usual_pcrs();  // 24 values of 32 bytes, each the digest of its name

struct Selection {
  std::uint16_t bank = kSha256;
  std::uint32_t bits = 0xffffff;
};

// TPMS_ATTEST, Part 2 section 10.12.12.
struct QuoteSpec {
  std::uint32_t magic = 0xff544347;
  std::uint16_t type = 0x8018;
  Bytes qualified_signer;                    // empty: a usual Name of 34 bytes
  std::optional<std::uint16_t> signer_size;  // written instead of the real one
  Bytes extra_data;
  std::uint64_t clock = 1234567;
  std::uint32_t reset_count = 3, restart_count = 1;
  std::uint8_t safe = 1;
  std::vector<Selection> selections = {Selection{}};
  Pcrs pcrs = usual_pcrs();         // the values that the digest is made of
  std::optional<Bytes> pcr_digest;  // written instead of the real one
  Bytes tail;                       // after the structure
};
Bytes encode_attest(const QuoteSpec& spec);

// Keys of 2048 bits that last as long as the process.
enum class Key { attestation, encryption };
const crypto::PrivateKey& tpm_key(Key key);

// How the signature is made and written. SHA-1 is never computed: the field alone says it.
struct SignatureSpec {
  Key key = Key::attestation;
  std::uint16_t scheme = kRsaSsa, hash = kSha256;
  enum class Form { tpmt, bare } form = Form::bare;
};
Result<Bytes> sign_attest(ByteView attest, const SignatureSpec& spec);

}  // namespace tee::mint::vtpm
