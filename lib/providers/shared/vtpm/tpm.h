// TPM 2.0 structures that a quote consists of, parsed by us: the verifier links no TPM library. Floor F3 (shared).
//
// Source: TCG TPM 2.0 Library, Part 2 "Structures": TPMS_ATTEST (section 10.12.12), TPMT_SIGNATURE (11.3.4), TPMT_PUBLIC (12.2.4).
// All integers are big-endian. Parsers say what stands there; quote.h judges.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "crypto/key.h"

namespace tee::vtpm {

// TPM_ALG_ID values, Part 2 section 6.3.
namespace alg {
inline constexpr std::uint16_t kRsa = 0x0001, kSha1 = 0x0004, kSha256 = 0x000b, kSha384 = 0x000c, kSha512 = 0x000d,
                               kNull = 0x0010, kRsaSsa = 0x0014, kRsaPss = 0x0016, kEcdsa = 0x0018, kEcc = 0x0023;
}
std::optional<crypto::Hash> hash_of(std::uint16_t tpm_alg);

inline constexpr unsigned kPcrCount = 24;

// TPMS_PCR_SELECTION: one bank and the PCRs chosen in it.
struct PcrSelection {
  std::uint16_t bank = 0;  // TPM_ALG_ID
  std::uint32_t bits = 0;  // bit i = PCR i
  bool has(unsigned pcr) const { return pcr < kPcrCount && ((bits >> pcr) & 1u) != 0; }
  unsigned count() const;
};

// TPMS_ATTEST of type quote.
struct QuoteInfo {
  std::uint32_t magic = 0;        // 0xff544347 says: made inside a TPM
  std::uint16_t type = 0;         // 0x8018 TPM_ST_ATTEST_QUOTE
  Bytes qualified_signer, extra_data;
  std::uint64_t clock = 0;
  std::uint32_t reset_count = 0, restart_count = 0;
  std::uint8_t safe = 0;
  std::uint64_t firmware_version = 0;
  std::vector<PcrSelection> selections;  // empty unless type is a quote
  Bytes pcr_digest;
};
inline constexpr std::uint32_t kMagic = 0xff544347;
inline constexpr std::uint16_t kTypeQuote = 0x8018;
// Whole input. Another type than a quote parses up to its type-specific part, which is left in no field.
Result<QuoteInfo> parse_attest(ByteView attest);

// TPMT_SIGNATURE, or the bare RSASSA signature that some envelopes carry.
struct Signature {
  std::uint16_t scheme = 0, hash = 0;
  Bytes rsa;   // RSASSA, RSAPSS
  Bytes r, s;  // ECDSA, as written (not padded)
};
Result<Signature> parse_signature(ByteView tpmt_signature);
// The crypto scheme and the bytes to verify; nullopt when the algorithm is none that we accept (SHA-1 included).
struct CheckableSignature { crypto::Scheme scheme; Bytes bytes; };
std::optional<CheckableSignature> checkable(const Signature& signature, const crypto::PublicKey& key);

// TPMT_PUBLIC of an attestation key.
struct PublicArea {
  std::uint16_t type = 0, name_alg = 0;
  std::uint32_t attributes = 0;
  std::uint16_t scheme = alg::kNull, scheme_hash = 0;
  crypto::PublicKey key;
  Bytes name;                     // nameAlg ‖ H(TPMT_PUBLIC)
  bool fixed_tpm() const { return (attributes & (1u << 1)) != 0; }
  bool restricted() const { return (attributes & (1u << 16)) != 0; }
  bool decrypts() const { return (attributes & (1u << 17)) != 0; }
  bool signs() const { return (attributes & (1u << 18)) != 0; }
  // Only such a key proves anything: it signs nothing that the TPM did not make itself.
  bool is_attestation_key() const { return fixed_tpm() && restricted() && signs() && !decrypts(); }
};
// TPMT_PUBLIC, or TPM2B_PUBLIC (two bytes of length in front).
Result<PublicArea> parse_public(ByteView bytes);

// PCR values of one bank as supplied beside a quote: index -> value.
using PcrValues = std::map<unsigned, Bytes>;
// Hash over the selected values in the order of the quote: H is the hash of the signing scheme, not of the bank. nullopt when
// a selected PCR is missing or has another size than its bank.
std::optional<Bytes> digest_of(const PcrSelection& selection, const PcrValues& values, crypto::Hash hash);

}  // namespace tee::vtpm
