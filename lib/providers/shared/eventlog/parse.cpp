// TCG and CEL records to events.
#include <algorithm>

#include "providers/shared/eventlog/log.h"

namespace tee::eventlog {

namespace {

constexpr std::size_t kMostAlgorithms = 8;
constexpr std::uint32_t kPaddingIndex = 0xffffffff;  // CCEL areas are filled with 0xff
constexpr std::string_view kSpecId = "Spec ID Event03";

auto malformed(std::string what) { return fail(code::input_malformed, "event log: " + std::move(what)); }

struct Algorithm {
  std::uint16_t id;
  std::size_t size;
};

// First record in the old form: SHA-1 digest of zeros, data TCG_EfiSpecIdEvent (PFP section 10.4.5.1).
Result<std::vector<Algorithm>> parse_spec_id(Cursor& in) {
  (void)in.u32le();  // PCR index
  const std::uint32_t event_type = in.u32le();
  const ByteView digest = in.take(20);
  const std::uint32_t size = in.u32le();
  const ByteView data = in.take(size);
  if (!in.ok() || event_type != type::kNoAction || !all_zero(digest)) return malformed("it does not begin with a Spec ID event");
  Cursor spec(data);
  const ByteView signature = spec.take(16);
  if (!spec.ok() || as_text(signature.first(15)) != kSpecId || signature[15] != 0)
    return malformed("the Spec ID event has another signature than \"Spec ID Event03\"");
  spec.skip(4 + 4);  // platform class; minor, major, errata, uintn size
  const std::uint32_t count = spec.u32le();
  if (count == 0 || count > kMostAlgorithms) return malformed("the Spec ID event declares no or too many digest algorithms");
  std::vector<Algorithm> out;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint16_t id = spec.u16le();
    out.push_back({id, spec.u16le()});
  }
  if (!spec.ok()) return malformed("the Spec ID event ends inside its algorithm list");
  for (const Algorithm& a : out)
    if (a.size == 0 || a.size > 64) return malformed("a digest algorithm with an impossible size");
  return out;
}

// TCG_PCR_EVENT2: index, type, digest count, {algorithm, digest}…, size, data.
Result<Event> parse_tcg_event(Cursor& in, const std::vector<Algorithm>& algorithms) {
  Event e;
  e.index = in.u32le();
  e.type = in.u32le();
  const std::uint32_t count = in.u32le();
  if (!in.ok()) return malformed("it ends inside a record");
  if (count != algorithms.size()) return malformed("a record has another number of digests than declared");
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint16_t id = in.u16le();
    const auto known = std::find_if(algorithms.begin(), algorithms.end(), [id](const Algorithm& a) { return a.id == id; });
    if (known == algorithms.end() || e.digest(id)) return malformed("a record has a digest algorithm that was not declared");
    e.digests.push_back({id, to_bytes(in.take(known->size))});
  }
  const std::uint32_t size = in.u32le();
  e.data = to_bytes(in.take(size));
  if (!in.ok()) return malformed("a record reaches past the end");
  return e;
}

bool is_padding(ByteView rest) {
  const auto same = [rest](std::uint8_t v) { return std::all_of(rest.begin(), rest.end(), [v](std::uint8_t b) { return b == v; }); };
  return same(0xff) || same(0x00);
}

Result<Log> parse_tcg(ByteView bytes) {
  Cursor in(bytes);
  TEE_TRY(const std::vector<Algorithm> algorithms, parse_spec_id(in));
  Log log;
  for (const Algorithm& a : algorithms) log.algorithms.push_back(a.id);
  while (in.remaining() > 0) {
    const ByteView rest = bytes.subspan(in.offset());
    Cursor peek(rest);
    const std::uint32_t index = peek.u32le();
    const std::uint32_t event_type = peek.u32le();
    if (rest.size() < 8 || index == kPaddingIndex || (index == 0 && event_type == 0)) {
      if (!is_padding(rest)) return malformed("records or other bytes follow the padding");
      break;
    }
    if (log.events.size() >= kMostEvents) return malformed("more than 65536 records");
    TEE_TRY(Event e, parse_tcg_event(in, algorithms));
    e.number = log.events.size();
    log.events.push_back(std::move(e));
  }
  log.used = in.offset();
  return log;
}

// CEL TLV: type u8, length u32be, value.
struct Tlv {
  std::uint8_t type = 0;
  ByteView value, whole;
};
Result<Tlv> take_tlv(Cursor& in, ByteView bytes) {
  const std::size_t begin = in.offset();
  Tlv t;
  t.type = in.u8();
  const std::uint32_t size = in.u32be();
  t.value = in.take(size);
  if (!in.ok()) return malformed("a CEL field reaches past the end");
  t.whole = bytes.subspan(begin, in.offset() - begin);
  return t;
}

constexpr std::uint8_t kCelRecordNumber = 0, kCelPcr = 1, kCelDigests = 3, kCelContent = 80, kCelMeasurementRegister = 108;

Result<Event> parse_cel_record(Cursor& in, ByteView bytes, std::uint64_t expected_number) {
  TEE_TRY(const Tlv number, take_tlv(in, bytes));
  Cursor n(number.value);
  if (number.type != kCelRecordNumber || n.u64be() != expected_number || !n.finish("record number"))
    return malformed("CEL records are not numbered in order");
  TEE_TRY(const Tlv index, take_tlv(in, bytes));
  if ((index.type != kCelPcr && index.type != kCelMeasurementRegister) || index.value.size() != 1)
    return malformed("a CEL record names no register");
  TEE_TRY(const Tlv digests, take_tlv(in, bytes));
  TEE_TRY(const Tlv content, take_tlv(in, bytes));
  if (digests.type != kCelDigests || content.type != kCelContent) return malformed("a CEL record has fields out of order");
  Event e;
  e.index = index.value[0];
  Cursor d(digests.value);
  while (d.remaining() > 0) {
    TEE_TRY(const Tlv one, take_tlv(d, digests.value));
    if (e.digest(one.type)) return malformed("a CEL record has a digest twice");
    e.digests.push_back({one.type, to_bytes(one.value)});
  }
  // The content holds exactly one nested TLV; the whole content field, header included, is what is hashed.
  Cursor c(content.value);
  TEE_TRY(const Tlv nested, take_tlv(c, content.value));
  if (c.remaining() != 0) return malformed("a CEL record has more than one content");
  e.type = nested.type;
  e.data = to_bytes(content.whole);
  return e;
}

Result<Log> parse_cel(ByteView bytes) {
  Cursor in(bytes);
  Log log;
  log.format = Format::cel;
  while (in.remaining() > 0) {
    if (log.events.size() >= kMostEvents) return malformed("more than 65536 records");
    TEE_TRY(Event e, parse_cel_record(in, bytes, log.events.size()));
    if (!log.events.empty() && log.events.front().index != e.index) return malformed("CEL records name different registers");
    e.number = log.events.size();
    for (const Digest& d : e.digests)
      if (std::find(log.algorithms.begin(), log.algorithms.end(), d.alg) == log.algorithms.end()) log.algorithms.push_back(d.alg);
    log.events.push_back(std::move(e));
  }
  log.used = in.offset();
  return log;
}

}  // namespace

const Bytes* Event::digest(std::uint16_t alg) const {
  for (const Digest& d : digests)
    if (d.alg == alg) return &d.value;
  return nullptr;
}

Result<Log> parse_log(ByteView bytes) {
  if (bytes.empty()) return malformed("it is empty");
  // A CEL record begins with field type 0 and a length of 8; a TCG log with the register index of its first record, zero, and
  // type EV_NO_ACTION, so the fifth byte tells them apart.
  if (bytes.size() >= 5 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0 && bytes[4] == 8) return parse_cel(bytes);
  return parse_tcg(bytes);
}

}  // namespace tee::eventlog
