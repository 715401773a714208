#include "providers/snp/evidence.h"

#include <algorithm>

#include "providers/snp/codes.h"

namespace tee::snp {

namespace {

template <std::size_t N>
std::array<std::uint8_t, N> reversed(ByteView little_endian) {
  std::array<std::uint8_t, N> out{};
  if (little_endian.size() == N) std::reverse_copy(little_endian.begin(), little_endian.end(), out.begin());
  return out;
}

// CURRENT_BUILD, CURRENT_MINOR, CURRENT_MAJOR: the build stands first.
FirmwareVersion read_firmware(Cursor& in) {
  FirmwareVersion out;
  out.build = in.u8();
  out.minor = in.u8();
  out.major = in.u8();
  return out;
}

// Offset 2A0, table 23: R and S of 72 bytes each, little-endian, then zeros.
void read_signature(Cursor& in, Report& out) {
  out.r = reversed<48>(in.take(48));
  out.r_high = in.take(24);
  out.s = reversed<48>(in.take(48));
  out.s_high = in.take(24);
  out.after_signature = in.take(368);
}

// Bytes 188..29F: CPUID from version 3, mitigation vectors from version 5, else reserved.
void read_versioned(Cursor& in, Report& out) {
  out.reserved_188 = in.take(24);
  std::copy_n(out.reserved_188.begin(), std::min<std::size_t>(3, out.reserved_188.size()),
              out.cpuid_fms.begin());
  out.chip_id = in.array<64>();
  out.committed_tcb = in.array<8>();
  out.current = read_firmware(in);
  out.reserved_1eb = in.take(1);
  out.committed = read_firmware(in);
  out.reserved_1ef = in.take(1);
  out.launch_tcb = in.array<8>();
  out.reserved_1f8 = in.take(168);
  Cursor vectors(out.reserved_1f8);
  out.launch_mit_vector = vectors.u64le();
  out.current_mit_vector = vectors.u64le();
}

}  // namespace

std::string FirmwareVersion::text() const {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
}

std::optional<Product> Report::cpuid_product() const {
  return has_cpuid() ? product_from_cpuid(cpuid_fms[0], cpuid_fms[1]) : std::nullopt;
}

Result<Report> parse_report(ByteView bytes) {
  if (bytes.size() != kReportSize)
    return fail(code::input_malformed,
                "an SNP report of 1184 bytes expected, found " + std::to_string(bytes.size()) + " bytes");
  Report out;
  out.raw = bytes;
  out.signed_bytes = bytes.first(kSignedSize);
  Cursor in(bytes);
  out.version = in.u32le();
  out.guest_svn = in.u32le();
  out.policy = in.u64le();
  out.family_id = in.array<16>();
  out.image_id = in.array<16>();
  out.vmpl = in.u32le();
  out.signature_algo = in.u32le();
  out.current_tcb = in.array<8>();
  out.platform_info = in.u64le();
  out.key_info = in.u32le();
  out.reserved_04c = in.take(4);
  out.report_data = in.array<64>();
  out.measurement = in.array<48>();
  out.host_data = in.array<32>();
  out.id_key_digest = in.array<48>();
  out.author_key_digest = in.array<48>();
  out.report_id = in.array<32>();
  out.report_id_ma = in.array<32>();
  out.reported_tcb = in.array<8>();
  read_versioned(in, out);
  read_signature(in, out);
  TEE_CHECK(in.finish("SNP report"));
  return out;
}

}  // namespace tee::snp
