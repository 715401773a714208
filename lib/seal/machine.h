// seal and unseal: secrets under a root of this machine. Floor F4.
//
// The file key is wrapped with AES-256-GCM under HKDF-SHA256(salt, root secret, context): the salt is random, 32 bytes, new for each
// blob, so the wrapping nonce is zero; context = LP("tee-seal-1") ‖ LP(root) ‖ LP(key id) ‖ LP(fields as JSON), where LP is u32be length ‖
// bytes. The stream is AES-256-GCM.
#pragma once

#include "seal/blob.h"
#include "seal/identity.h"
#include "seal/root.h"

namespace tee::seal {

// usage.value: 1 to 128 of A-Z a-z 0-9 . _ : / @ + -
Status check_key_id(std::string_view key_id);

struct SealRequest {
  const Root& root;
  std::string key_id;
  std::vector<Recipient> recovery;  // who can open it when the machine is gone
};
// How many bytes were sealed. The root is asked twice, and the wrapped key opened again, before anything is written.
Result<std::uint64_t> seal_data(const SealRequest& request, Feed& plain, const Sink& out);

struct UnsealRequest {
  const Root& root;
  std::string key_id;
};
// seal.header_mismatch before any key is derived (S34), seal.not_ours, seal.header_changed and those of open_stream.
Result<std::uint64_t> unseal_data(const UnsealRequest& request, Feed& sealed, const Sink& out);
// By the recovery key: needs no machine. seal.not_ours when it is not among those for which the blob was made.
Result<std::uint64_t> recover_data(const crypto::X25519Pair& identity, Feed& sealed, const Sink& out);

// The seed systems' wire form: nonce (12) ‖ ciphertext ‖ tag (16) of AES-256-GCM, at most 64 MiB, under a key without salt. A random
// nonce under a constant key does not survive snapshots of the machine, so this is written on request only.
inline constexpr std::size_t kLargestSeed = 64u << 20;
Result<std::uint64_t> seal_seed(const SealRequest& request, Feed& plain, const Sink& out);
Result<std::uint64_t> unseal_seed(const UnsealRequest& request, Feed& sealed, const Sink& out);

// Reads what the Tenzro platform sealed: key = SHA-256(SHA-256(uuid ‖ vendor tag ‖ measurement, if any) ‖ "aes256gcm-enclave-key"). All of
// that is public, so anybody can open such data.
struct TenzroLegacy {
  std::string key_id;       // UUID text
  std::string vendor_tag;   // "intel-tdx"
  std::optional<Bytes> measurement;  // 32 bytes
};
Result<std::uint64_t> unseal_tenzro(const TenzroLegacy& request, Feed& sealed, const Sink& out);

}  // namespace tee::seal
