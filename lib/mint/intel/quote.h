// The quote in the making: header, body, report of the quoting enclave, signatures, certification data. Every
// part and every size field can be replaced (Intel SGX API, A.4; Intel TDX API, A.3). Part of lib/mint (floor
// F3).
#pragma once

#include <cstdint>
#include <optional>

#include "mint/intel/pki.h"
#include "mint/intel/platform.h"

namespace tee::mint::intel {

// Offsets in the bodies, for variants that change one field.
namespace td {
inline constexpr std::size_t kTeeTcbSvn = 0, kMrSeam = 16, kMrSignerSeam = 64, kSeamAttributes = 112,
                             kAttributes = 120, kXfam = 128, kMrTd = 136, kRtmr0 = 328, kReportData = 520,
                             kTeeTcbSvn2 = 584, kMrServiceTd = 600, kInitServiceTdHash = 729,
                             kServiceTdHash = 829;
}
namespace enclave {
inline constexpr std::size_t kMiscSelect = 16, kAttributes = 48, kMrEnclave = 64, kMrSigner = 128,
                             kIsvProdId = 256, kIsvSvn = 258, kReportData = 320;
}
namespace header {
inline constexpr std::size_t kVersion = 0, kKeyType = 2, kTeeType = 4, kVendorId = 12;
}

enum class Body { enclave, td10, td15, td15_extended };

// Before it is signed.
struct Draft {
  unsigned version = 4;
  Bytes header, descriptor, body;  // descriptor: version 5 only
  Bytes qe_report;                 // report data is filled in when it is signed, unless it was set
  Bytes qe_auth_data;
  bool keep_qe_report_data = false;
  crypto::PrivateKey attestation_key;
};
Draft draft(unsigned version, Body body, ByteView report_data);
void put(Bytes& into, std::size_t offset, ByteView bytes);

// After. Size fields left empty are computed.
struct Parts {
  Bytes header, descriptor, body, signature, attestation_key, qe_report, qe_report_signature, qe_auth_data,
      certification;
  std::uint16_t certification_type = 5, outer_type = 6;
  std::optional<std::uint32_t> auth_size, outer_size, certification_size;
  std::optional<std::uint16_t> qe_auth_size;
  Bytes inside_tail;   // behind the certification data, within the counted sizes
  Bytes tail;          // behind the quote
  bool nested = true;  // version 4 and 5

  Bytes encode() const;
};
Result<Parts> sign(const Draft& draft, const crypto::PrivateKey& pck_key, Bytes certification);

}  // namespace tee::mint::intel
