// The SGX extension of a PCK certificate: which platform it is, and its security versions. Floor F3.
//
// Intel SGX PCK Certificate and CRL Profile Specification, section 1.3.5; OIDs are
// below 1.2.840.113741.1.13.1. The order of the elements is not fixed; an element that is missing, doubled or
// unknown makes the extension unreadable.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "providers/shared/intel_dcap/report_body.h"

namespace tee::intel {

inline constexpr std::string_view kSgxExtensionOid = "1.2.840.113741.1.13.1";

struct PckConfiguration {
  std::optional<bool> dynamic_platform, cached_keys, smt_enabled;
};

struct PckFields {
  Svn16 ppid{};
  Svn16 components{};  // .2.1 to .2.16
  std::uint16_t pce_svn = 0;
  Svn16 cpu_svn{};  // raw; levels are matched on the components
  std::array<std::uint8_t, 2> pce_id{};
  std::array<std::uint8_t, 6> fmspc{};
  std::uint64_t sgx_type = 0;  // 0 Standard, 1 Scalable, 2 ScalableWithIntegrity
  // Certificates of the Platform CA only.
  std::optional<Svn16> platform_instance_id;
  std::optional<PckConfiguration> configuration;
};

// `value` is the content of the extension.
Result<PckFields> parse_pck_extension(ByteView value);
std::string_view sgx_type_text(std::uint64_t type);

}  // namespace tee::intel
