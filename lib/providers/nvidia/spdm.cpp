#include "providers/nvidia/spdm.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::nvidia {

namespace {

constexpr std::uint8_t kSpdm11 = 0x11, kGetMeasurements = 0xe0, kMeasurements = 0x60;
constexpr std::uint8_t kSignatureRequested = 0x01, kAllMeasurements = 0xff, kDmtfSpec = 0x01, kDigestValue = 0x01;
constexpr std::size_t kNonceBytes = 32, kValueBytes = 48, kSignatureBytes = 96, kResponseAt = 37;
constexpr std::size_t kBlockHead = 3;  // type and value size inside the measurement

auto malformed(std::string what) { return fail(code::input_malformed, "SPDM report: " + std::move(what)); }

// Measurement blocks, DSP0274 table 44: index, specification, size, then DMTF type, value size, value (table 45).
Status parse_blocks(ByteView record, unsigned count, Report& to) {
  Cursor in(record);
  unsigned last = 0;
  for (unsigned i = 0; i < count; ++i) {
    const unsigned index = in.u8();
    const std::uint8_t spec = in.u8();
    const std::size_t size = in.u16le();
    const std::uint8_t type = in.u8();
    const std::size_t value_size = in.u16le();
    const ByteView value = in.take(value_size);
    if (!in.ok()) return malformed("the measurement record ends inside a block");
    if (spec != kDmtfSpec || type != kDigestValue) return malformed("a measurement block of an unknown specification or type");
    if (value_size != kValueBytes || size != value_size + kBlockHead) return malformed("a measurement value that has not 48 bytes");
    if (index <= last) return malformed("measurement indexes are not ascending and unique");
    last = index;
    to.measurements.emplace(index - 1, to_bytes(value));
  }
  return in.finish("SPDM measurement record");
}

Status parse_opaque(ByteView data, Report& to) {
  Cursor in(data);
  while (in.remaining() > 0) {
    const std::uint16_t type = in.u16le();
    const std::size_t size = in.u16le();
    const ByteView value = in.take(size);
    if (!in.ok()) return malformed("the opaque data ends inside a field");
    if (!to.opaque.emplace(type, to_bytes(value)).second) return malformed("an opaque field occurs twice");
  }
  return in.finish("SPDM opaque data");
}

Status parse_request(Cursor& in, Report& to) {
  if (in.u8() != kSpdm11) return malformed("the request is not SPDM 1.1");
  if (in.u8() != kGetMeasurements) return malformed("the request is no GET_MEASUREMENTS");
  const std::uint8_t attributes = in.u8(), operation = in.u8();
  if (attributes != kSignatureRequested || operation != kAllMeasurements)
    return malformed("the request does not ask for all measurements with a signature");
  to.nonce = to_bytes(in.take(kNonceBytes));
  in.skip(1);  // slot
  return in.finish("SPDM request", Cursor::Left::allow);
}

std::string decode_gpu_vbios(ByteView raw) {
  // 8 bytes: reversed, the last four and the one before the middle are the version (NVIDIA attestation SDK, VBIOS decode).
  Bytes reversed(raw.rbegin(), raw.rend());
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  const std::uint8_t parts[] = {reversed[4], reversed[5], reversed[6], reversed[7], reversed[3]};
  for (std::uint8_t b : parts) {
    if (!out.empty()) out += '.';
    out += kDigits[b >> 4];
    out += kDigits[b & 15];
  }
  return out;
}

}  // namespace

std::optional<ByteView> Report::field(std::uint16_t type) const {
  const auto it = opaque.find(type);
  if (it == opaque.end()) return std::nullopt;
  return ByteView(it->second);
}

std::string Report::text(std::uint16_t type) const {
  const auto value = field(type);
  if (!value) return {};
  std::string_view s = as_text(*value);
  while (!s.empty() && s.back() == '\0') s.remove_suffix(1);
  return std::string(s);
}

std::string Report::vbios_version() const {
  const auto value = field(opaque::kVbiosVersion);
  if (!value) return {};
  return value->size() == 8 ? decode_gpu_vbios(*value) : text(opaque::kVbiosVersion);
}

unsigned Report::opaque_version() const {
  const auto value = field(opaque::kVersion);
  if (!value || value->size() != 2) return 0;
  return static_cast<unsigned>((*value)[0] | ((*value)[1] << 8));
}

bool looks_like_report(ByteView b) {
  return b.size() > kResponseAt + 1 && b[0] == kSpdm11 && b[1] == kGetMeasurements && b[kResponseAt] == kSpdm11 &&
         b[kResponseAt + 1] == kMeasurements;
}

Result<Report> parse_report(ByteView bytes) {
  Report r;
  Cursor in(bytes);
  TEE_CHECK(parse_request(in, r));
  if (in.u8() != kSpdm11) return malformed("the response is not SPDM 1.1");
  if (in.u8() != kMeasurements) return malformed("the response is no MEASUREMENTS");
  in.skip(2);  // param1, param2
  const unsigned count = in.u8();
  const ByteView length = in.take(3);
  if (!in.ok()) return malformed("it ends inside the response header");
  if (count == 0) return malformed("it holds no measurement");
  const std::size_t record_size = static_cast<std::size_t>(length[0] | (length[1] << 8) | (length[2] << 16));
  const ByteView record = in.take(record_size);
  r.responder_nonce = to_bytes(in.take(kNonceBytes));
  const std::size_t opaque_size = in.u16le();
  const ByteView opaque_data = in.take(opaque_size);
  const std::size_t signature_at = in.offset();
  r.signature = in.take(kSignatureBytes);
  if (!in.ok()) return malformed("a length reaches past its end");
  if (opaque_size == 0) return malformed("it holds no opaque data");
  r.used = in.offset();
  if (!all_zero(in.rest())) return malformed("bytes other than zero follow the signature");
  r.signed_bytes = bytes.first(signature_at);
  TEE_CHECK(parse_blocks(record, count, r));
  TEE_CHECK(parse_opaque(opaque_data, r));
  return r;
}

}  // namespace tee::nvidia
