// The identity of Intel's quoting enclaves: what their report must show. Parsed from the signed bytes. Floor
// F3.
//
// Intel PCS API, "Enclave Identity" V2. "QE" signs SGX quotes, "TD_QE" TDX quotes; "QVE" is the verification
// enclave and signs none.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "providers/shared/intel_dcap/report_body.h"
#include "providers/shared/intel_dcap/tcb_info.h"

namespace tee::intel {

struct QeIdentity {
  std::string id;
  Time issued{}, next_update{};
  std::uint64_t evaluation = 0;
  std::array<std::uint8_t, 4> misc_select{}, misc_select_mask{};  // bytes in the order of the report
  std::array<std::uint8_t, 16> attributes{}, attributes_mask{};
  Digest32 mr_signer{};
  std::uint16_t isv_prod_id = 0;
  std::vector<SvnLevel> levels;  // newest first
};

// `body` is exactly the signed object. Error intel.collateral.unusable.
Result<QeIdentity> parse_qe_identity(ByteView body);

// What of the report does not match the identity; empty when all does.
struct Difference {
  std::string_view field;
  std::string expected, actual;
};
std::vector<Difference> compare(const QeIdentity& identity, const EnclaveReport& report);

}  // namespace tee::intel
