// The claims of an MAA token about a confidential VM, read with their types. Microsoft, "Azure Attestation
// claim sets". No policy here: what cannot be read is noted.
//
// Raw SNP and TDX tokens carry the hardware claims on top; tokens of the guest attestation service (azurevm)
// carry them inside x-ms-isolation-tee, beside what the vTPM showed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "crypto/key.h"
#include "providers/shared/token/members.h"

namespace tee::azure {

using token::Texts;

struct SnpClaims {
  std::optional<Bytes> measurement, report_data, host_data, id_key_digest, author_key_digest;
  std::optional<std::uint64_t> guest_svn, vmpl;
  std::optional<bool> debuggable, migration_allowed;
  std::map<std::string, std::uint64_t> tcb;  // bl, tee, snp, ucode
};

struct TdxClaims {
  std::optional<Bytes> mr_td, report_data, td_attributes;
  std::optional<bool> attributes_debug, attributes_migratable;
  std::optional<std::string> dbgstat, tcb_status;
};

// What the guest handed to the service and the hardware report covers.
struct Runtime {
  bool present = false;
  std::optional<Bytes> user_data;                   // hex in either case; 64 bytes from a paravisor
  std::optional<std::string> client_nonce;          // azurevm: client-payload.nonce
  std::optional<crypto::PublicKey> encryption_key;  // the first key for encryption
};

struct MaaToken {
  std::optional<std::string> type, tee_type;  // x-ms-attestation-type outside and of the hardware claims
  std::optional<std::string> compliance, nonce;
  std::optional<Bytes> policy_hash;
  std::optional<SnpClaims> snp;
  std::optional<TdxClaims> tdx;
  Runtime hardware_runtime, guest_runtime;  // the same object in raw tokens
  Texts guest_debug;                        // azurevm: debug facilities that are switched on

  Texts problems;
};

MaaToken parse_maa_claims(const Json& claims);

}  // namespace tee::azure
