// TDX evidence: which bytes are meant for this room, and the bits of a TD report that are judged. Floor F3.
//
// Intel TDX Module Base Specification, TDATTRIBUTES and XFAM; Intel SDM volume 3D for the TDREPORT.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "providers/shared/intel_dcap/report_body.h"

namespace tee::tdx {

// What the guest took from the CPU or from its quoting service.
enum class Form { none, quote, local_report, cwt };
Form form_of(ByteView evidence);

// TDATTRIBUTES as a number.
namespace attribute {
inline constexpr std::uint64_t kDebug = 1, kSeptVeDisable = 1ull << 28, kMigratable = 1ull << 29,
                               kPks = 1ull << 30, kKeyLocker = 1ull << 31, kPerfmon = 1ull << 63;
inline constexpr std::uint64_t kKnown = kDebug | kSeptVeDisable | kMigratable | kPks | kKeyLocker | kPerfmon;
}  // namespace attribute
namespace xfam_bit {
inline constexpr std::uint64_t kRequired = 0x3, kAllowed = 0x6dbe7;
}

std::uint64_t number(const std::array<std::uint8_t, 8>& little_endian);

}  // namespace tee::tdx
