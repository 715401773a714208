// The reports inside a quote: SGX enclave reports and the three sizes of TD reports. Wire bytes to structs.
// Floor F3.
//
// Intel SGX DCAP ECDSA Quote Library API, A.4 "Enclave Report Body"; Intel TDX DCAP Quoting Library API, A.3
// "TD Quote Body"; the 885-byte body as Intel's verification library declares it. All integers are
// little-endian. `raw` is a view into the evidence; signatures are judged over it, never over re-written
// fields.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace tee::intel {

using Svn16 = std::array<std::uint8_t, 16>;
using Digest32 = std::array<std::uint8_t, 32>;
using Digest48 = std::array<std::uint8_t, 48>;
using ReportData = std::array<std::uint8_t, 64>;

inline constexpr std::size_t kEnclaveReportSize = 384, kTd10Size = 584, kTd15Size = 648,
                             kTd15ExtendedSize = 885;

struct EnclaveReport {
  ByteView raw;
  Svn16 cpu_svn{};
  std::array<std::uint8_t, 4> misc_select{};  // as in the report: little-endian
  std::array<std::uint8_t, 16> attributes{};  // 8 bytes of flags, 8 of XFRM
  Digest32 mr_enclave{}, mr_signer{};
  std::uint16_t isv_prod_id = 0, isv_svn = 0;
  ReportData report_data{};
  // Enclaves with key separation and sharing (KSS); zero in others.
  std::array<std::uint8_t, 16> isv_ext_prod_id{}, isv_family_id{};
  std::array<std::uint8_t, 64> config_id{};
  std::uint16_t config_svn = 0;

  bool debug() const { return (attributes[0] & 0x02) != 0; }
};

// What 1.5 added.
struct Td15Fields {
  Svn16 tee_tcb_svn2{};  // the module that runs now; tee_tcb_svn is the one that launched the TD
  Digest48 mr_servicetd{};
};

// What the extended form of 1.5 added.
struct Td15ExtendedFields {
  std::uint8_t vm_id = 0;
  Digest32 td_id{};
  Digest48 device_info{}, init_servicetd_hash{}, servicetd_hash{};
  std::array<std::uint8_t, 8> init_servicetd_attributes{}, servicetd_attributes{};
  Svn16 init_cpu_svn{}, init_tee_tcb_svn{};
  std::array<std::uint8_t, 12> init_fmspc{};
};

struct TdReport {
  ByteView raw;
  Svn16 tee_tcb_svn{};
  Digest48 mr_seam{}, mr_signer_seam{};
  std::array<std::uint8_t, 8> seam_attributes{}, td_attributes{}, xfam{};
  Digest48 mr_td{}, mr_config_id{}, mr_owner{}, mr_owner_config{};
  std::array<Digest48, 4> rtmr{};
  ReportData report_data{};
  std::optional<Td15Fields> td15;
  std::optional<Td15ExtendedFields> extended;
};

Result<EnclaveReport> parse_enclave_report(ByteView bytes);  // exactly 384 bytes
Result<TdReport> parse_td_report(ByteView bytes);            // exactly 584, 648 or 885 bytes

}  // namespace tee::intel
