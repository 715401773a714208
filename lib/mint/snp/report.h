// SNP reports made to order (AMD SEV-SNP ABI 56860, table 23). Part of lib/mint (floor F3).
//
// Written from the document and not from the reader in lib/providers: two independent readings of one table.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "crypto/sign.h"

namespace tee::mint::snp {

enum class Line { milan, genoa, turin };
std::string_view to_string(Line line);  // "Milan"

using Tcb = std::array<std::uint8_t, 8>;

struct TcbNumbers {
  std::uint8_t bl = 0, tee = 0, snp = 0, ucode = 0, fmc = 0;
};
Tcb encode_tcb(Line line, const TcbNumbers& numbers);

struct FirmwareBytes {
  std::uint8_t major = 1, minor = 55, build = 40;
};

struct ReportSpec {
  std::uint32_t version = 3, guest_svn = 7;
  std::uint64_t policy = 0x30000;
  std::array<std::uint8_t, 16> family_id{}, image_id{};
  std::uint32_t vmpl = 0, signature_algo = 1;
  Tcb current{}, reported{}, committed{}, launch{};
  std::uint64_t platform_info = 0x25;
  std::uint32_t key_info = 0;
  std::array<std::uint8_t, 64> report_data{}, chip_id{};
  std::array<std::uint8_t, 48> measurement{}, id_key_digest{}, author_key_digest{};
  std::array<std::uint8_t, 32> host_data{}, report_id{}, report_id_ma{};
  std::array<std::uint8_t, 3> fms{};  // written from version 3 on
  FirmwareBytes current_firmware, committed_firmware;
  std::uint64_t launch_mit_vector = 0, current_mit_vector = 0;  // written from version 5 on
};

// A whole report of that line, version and key kind, with every field set to something recognisable.
enum class Kind { vcek, vlek };
ReportSpec usual_report(Line line, std::uint32_t version, Kind kind);

// The signed 672 bytes, and the 1184 of the report.
Bytes encode_signed_part(const ReportSpec& spec);
Result<Bytes> sign_report(ByteView signed_part, const crypto::PrivateKey& key);
// The 512 bytes of a signature from big-endian numbers.
Bytes encode_signature(ByteView r, ByteView s);

}  // namespace tee::mint::snp
