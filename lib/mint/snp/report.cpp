#include "mint/snp/report.h"

#include <algorithm>

#include "crypto/digest.h"

namespace tee::mint::snp {

namespace {

// Recognisable and different for every field: the digest of its name.
template <std::size_t N>
std::array<std::uint8_t, N> named(std::string_view name) {
  const auto digest = crypto::sha512(as_bytes(name));
  std::array<std::uint8_t, N> out{};
  std::copy_n(digest.begin(), N, out.begin());
  return out;
}

void put_reversed(Writer& out, ByteView big_endian, std::size_t size) {
  Bytes little(big_endian.rbegin(), big_endian.rend());
  little.resize(size);
  out.bytes(little);
}

void put(Writer& out, const FirmwareBytes& firmware) {
  out.u8(firmware.build).u8(firmware.minor).u8(firmware.major).u8(0);
}

std::array<std::uint8_t, 3> usual_fms(Line line) {
  switch (line) {
    case Line::milan: return {0x19, 0x01, 0x01};
    case Line::genoa: return {0x19, 0x11, 0x01};
    case Line::turin: return {0x1a, 0x02, 0x01};
  }
  return {};
}

}  // namespace

std::string_view to_string(Line line) {
  switch (line) {
    case Line::milan: return "Milan";
    case Line::genoa: return "Genoa";
    case Line::turin: return "Turin";
  }
  return "?";
}

Tcb encode_tcb(Line line, const TcbNumbers& n) {
  if (line == Line::turin) return {n.fmc, n.bl, n.tee, n.snp, 0, 0, 0, n.ucode};
  return {n.bl, n.tee, 0, 0, 0, 0, n.snp, n.ucode};
}

ReportSpec usual_report(Line line, std::uint32_t version, Kind kind) {
  ReportSpec out;
  out.version = version;
  out.family_id = named<16>("family");
  out.image_id = named<16>("image");
  // Microcode on both sides of 0x80, where AMD's INTEGER grows by a byte.
  const TcbNumbers reported =
      line == Line::milan ? TcbNumbers{4, 1, 24, 219, 0} : TcbNumbers{9, 2, 23, 84, 3};
  out.reported = out.committed = out.current = out.launch = encode_tcb(line, reported);
  out.key_info = kind == Kind::vlek ? 4 : 0;
  out.report_data = named<64>("report data");
  out.measurement = named<48>("measurement");
  out.host_data = named<32>("host data");
  out.id_key_digest = named<48>("id key");
  out.author_key_digest = named<48>("author key");
  out.report_id = named<32>("report id");
  out.report_id_ma.fill(0xff);
  out.fms = usual_fms(line);
  if (kind == Kind::vcek) out.chip_id = named<64>("chip");
  if (line == Line::turin) std::fill(out.chip_id.begin() + 8, out.chip_id.end(), std::uint8_t{0});
  out.launch_mit_vector = 0x1;
  out.current_mit_vector = 0x3;
  return out;
}

Bytes encode_signed_part(const ReportSpec& r) {
  Writer out;
  out.u32le(r.version).u32le(r.guest_svn).u64le(r.policy).bytes(r.family_id).bytes(r.image_id);
  out.u32le(r.vmpl)
      .u32le(r.signature_algo)
      .bytes(r.current)
      .u64le(r.platform_info)
      .u32le(r.key_info)
      .zeros(4);
  out.bytes(r.report_data).bytes(r.measurement).bytes(r.host_data).bytes(r.id_key_digest);
  out.bytes(r.author_key_digest).bytes(r.report_id).bytes(r.report_id_ma).bytes(r.reported);
  if (r.version >= 3)
    out.bytes(r.fms);
  else
    out.zeros(3);
  out.zeros(21).bytes(r.chip_id).bytes(r.committed);
  put(out, r.current_firmware);
  put(out, r.committed_firmware);
  out.bytes(r.launch);
  if (r.version >= 5)
    out.u64le(r.launch_mit_vector).u64le(r.current_mit_vector);
  else
    out.zeros(16);
  out.zeros(152);
  return std::move(out).take();
}

Bytes encode_signature(ByteView r, ByteView s) {
  Writer out;
  put_reversed(out, r, 72);
  put_reversed(out, s, 72);
  out.zeros(512 - 144);
  return std::move(out).take();
}

Result<Bytes> sign_report(ByteView signed_part, const crypto::PrivateKey& key) {
  TEE_TRY(const Bytes raw, key.sign(crypto::Scheme::ecdsa_sha384, signed_part, crypto::EcForm::raw));
  const ByteView numbers = raw;
  Bytes out = to_bytes(signed_part);
  append(out, encode_signature(numbers.first(raw.size() / 2), numbers.subspan(raw.size() / 2)));
  return out;
}

}  // namespace tee::mint::snp
