// The signed measurement report of one NVIDIA device: an SPDM 1.1 GET_MEASUREMENTS request and its MEASUREMENTS
// response (DMTF DSP0274 1.1.1, tables 41 and 43), with NVIDIA's opaque data behind. Floor F3.
//
// Little-endian, except the signature (r ‖ s, big-endian). All lengths are read from the report; the signature stands at a
// parsed offset, since genuine reports may have zero bytes behind it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace tee::nvidia {

// Types of NVIDIA's opaque data.
namespace opaque {
inline constexpr std::uint16_t kDriverVersion = 3, kGpuInfo = 4, kVbiosVersion = 6, kNvdec0 = 11, kMeasurementCounts = 12, kBoardId = 14,
                               kChipSku = 15, kChipSkuMod = 16, kProject = 17, kProjectSku = 18, kProjectSkuMod = 19, kFwid = 20,
                               kProtectedPcie = 21, kSwitchPdi = 22, kLockStatus = 25, kSwitchGpuPdis = 26, kVersion = 34,
                               kChipInfo = 35, kFeatureFlag = 36;
}

struct Report {
  Bytes nonce;            // 32: the caller's, in the request
  Bytes responder_nonce;  // 32: the device's own random; answers nothing
  std::map<unsigned, Bytes> measurements;  // RIM index (SPDM index - 1) -> 48 bytes
  std::map<std::uint16_t, Bytes> opaque;   // type -> bytes; unknown types kept
  ByteView signed_bytes;  // [0, signature)
  ByteView signature;     // 96 bytes
  std::size_t used = 0;   // up to and with the signature

  std::optional<ByteView> field(std::uint16_t type) const;
  std::string text(std::uint16_t type) const;  // NUL padding removed; "" when absent
  // Switch reports carry the VBIOS version as text; GPUs as 8 bytes ("96.00.A5.00.01").
  std::string vbios_version() const;
  std::string driver_version() const { return text(opaque::kDriverVersion); }
  unsigned opaque_version() const;             // 0 when absent
};

// Views point into `bytes`. Everything is checked: versions and codes, block count and sizes, ascending unique indexes, opaque
// lengths, no duplicate opaque types, zero bytes only behind the signature.
Result<Report> parse_report(ByteView bytes);

// By the first bytes: SPDM 1.1 request and response headers where they belong.
bool looks_like_report(ByteView bytes);

}  // namespace tee::nvidia
