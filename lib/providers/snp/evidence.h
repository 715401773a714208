// The SNP attestation report: wire bytes to a struct, no judgement. Floor F3.
//
// AMD SEV-SNP ABI 56860, table 23 (ATTESTATION_REPORT). Field offsets never moved between versions 2 and 5.
// Views point into the evidence: the signature is always judged over the bytes as received.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "providers/snp/tcb.h"

namespace tee::snp {

inline constexpr std::size_t kReportSize = 0x4a0, kSignedSize = 0x2a0;

// Bits of POLICY (section 4.3). Bits 63:26 must be zero.
namespace policy_bit {
inline constexpr unsigned kSmt = 16, kMustBeOne = 17, kMigrateMa = 18, kDebug = 19, kSingleSocket = 20,
                          kCxl = 21, kMemAes256Xts = 22, kRaplDisabled = 23, kCiphertextHiding = 24,
                          kPageSwapDisabled = 25, kFirstReserved = 26;
}
// Values of SIGNING_KEY in KEY_INFO.
namespace signing_key {
inline constexpr unsigned kVcek = 0, kVlek = 1, kNone = 7;
}

struct FirmwareVersion {
  unsigned major = 0, minor = 0, build = 0;
  std::string text() const;  // "1.55.29"
};

struct Report {
  ByteView raw;           // 1184 bytes
  ByteView signed_bytes;  // 000..29F
  std::uint32_t version = 0, guest_svn = 0;
  std::uint64_t policy = 0;
  std::array<std::uint8_t, 16> family_id{}, image_id{};
  std::uint32_t vmpl = 0, signature_algo = 0;
  TcbVersion current_tcb{}, reported_tcb{}, committed_tcb{}, launch_tcb{};
  std::uint64_t platform_info = 0;
  std::uint32_t key_info = 0;
  std::array<std::uint8_t, 64> report_data{}, chip_id{};
  std::array<std::uint8_t, 48> measurement{}, id_key_digest{}, author_key_digest{};
  std::array<std::uint8_t, 32> host_data{}, report_id{}, report_id_ma{};
  std::array<std::uint8_t, 3> cpuid_fms{};  // version 3 and later: family, model, stepping
  FirmwareVersion current, committed;
  std::uint64_t launch_mit_vector = 0, current_mit_vector = 0;  // version 5

  ByteView reserved_04c, reserved_188, reserved_1eb, reserved_1ef,
      reserved_1f8;                          // as version 2 delimits them
  std::array<std::uint8_t, 48> r{}, s{};     // big-endian
  ByteView r_high, s_high, after_signature;  // must be zero for P-384

  bool known_version() const { return version >= 2 && version <= 5; }
  bool has_cpuid() const { return version >= 3; }
  bool has_mit_vectors() const { return version >= 5; }
  bool policy_has(unsigned bit) const { return (policy >> bit & 1) != 0; }
  bool chip_key_masked() const { return (key_info >> 1 & 1) != 0; }
  bool author_key_enabled() const { return (key_info & 1) != 0; }
  unsigned signing_key() const { return key_info >> 2 & 7; }
  bool chip_id_masked() const { return all_zero(chip_id); }
  std::optional<Product> cpuid_product() const;  // nullopt: version 2, or a CPUID of no known product
};

// Exactly 1184 bytes, any version: which versions are acceptable is the verifier's matter.
Result<Report> parse_report(ByteView bytes);

}  // namespace tee::snp
