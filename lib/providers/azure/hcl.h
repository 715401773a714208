// The HCL report of an Azure confidential VM: a hardware report and, bound into its report data, the runtime data that
// names the vTPM's attestation key. NV index 0x01400001. Floor F3.
//
// Little-endian. Everything but the hardware report and the runtime data is unmeasured: read to find them, never believed.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "codec/json.h"
#include "crypto/key.h"

namespace tee::azure {

enum class Hardware { snp, tdx };

struct HclReport {
  Hardware hardware = Hardware::snp;
  ByteView hardware_report;   // SNP: 1184 bytes; TDX: the 1024-byte TDREPORT
  ByteView report_data;       // 64 bytes inside it
  ByteView runtime_data;      // exactly the hashed bytes
};
// Views point into `bytes`. Errors: magic, versions, types and hash other than known, sizes that do not fit.
Result<HclReport> parse_hcl(ByteView bytes);
bool binds_runtime_data(const HclReport& report);  // SHA-256 in the first half of report data, zero in the second

struct RuntimeData {
  crypto::PublicKey attestation_key;  // the one key with kid HCLAkPub
  std::optional<Bytes> user_data;     // 64 bytes; older paravisors have none
  std::optional<bool> secure_boot;
  std::string vm_unique_id;
  Json document;
};
// Strict JSON. Errors: no or several HCLAkPub, another key than RSA of 2048 bits or more with exponent 65537.
Result<RuntimeData> parse_runtime_data(ByteView json);

}  // namespace tee::azure
