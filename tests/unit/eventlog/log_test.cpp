// Event logs: parsing, replay and what may become a claim (S17), on logs made byte by byte.
#include <doctest/doctest.h>

#include "base/encoding.h"
#include "providers/shared/eventlog/codes.h"
#include "providers/shared/eventlog/facts.h"
#include "providers/shared/vtpm/tpm.h"

using namespace tee;
using namespace tee::eventlog;

namespace {

constexpr std::uint16_t kAlg = vtpm::alg::kSha384;

// A log of one SHA-384 bank, as a CCEL area holds it.
class Maker {
 public:
  Maker() {
    Writer spec;
    spec.text("Spec ID Event03").u8(0).u32le(0).u8(0).u8(2).u8(0).u8(2).u32le(1).u16le(kAlg).u16le(48).u8(0);
    out_.u32le(0).u32le(type::kNoAction).zeros(20).u32le(static_cast<std::uint32_t>(spec.size())).bytes(spec.view());
  }
  Maker& event(std::uint32_t index, std::uint32_t t, ByteView data) { return event(index, t, data, to_bytes(crypto::sha384(data))); }
  Maker& event(std::uint32_t index, std::uint32_t t, ByteView data, const Bytes& digest) {
    out_.u32le(index).u32le(t).u32le(1).u16le(kAlg).bytes(digest).u32le(static_cast<std::uint32_t>(data.size())).bytes(data);
    return *this;
  }
  Maker& separator(std::uint32_t index) { return event(index, type::kSeparator, Bytes(4, 0)); }
  Maker& secure_boot(std::uint8_t value) { return event(1, type::kVariableDriverConfig, variable("SecureBoot", {value})); }
  Maker& padding() {
    out_.bytes(Bytes(64, 0xff));
    return *this;
  }
  // A record written by hand: its digests, and the size that it says its data has.
  Maker& record(std::uint32_t index, std::uint32_t t, const std::vector<std::pair<std::uint16_t, Bytes>>& digests, std::uint32_t size, ByteView data) {
    out_.u32le(index).u32le(t).u32le(static_cast<std::uint32_t>(digests.size()));
    for (const auto& [id, digest] : digests) out_.u16le(id).bytes(digest);
    out_.u32le(size).bytes(data);
    return *this;
  }
  Bytes bytes() const { return out_.view(); }
  static Bytes variable(std::string_view name, const Bytes& value) {
    Writer w;
    w.bytes(*from_hex("61dfe48bca93d211aa0d00e098032b8c")).u64le(name.size()).u64le(value.size());
    for (char c : name) w.u16le(static_cast<std::uint8_t>(c));
    w.bytes(value);
    return std::move(w).take();
  }

 private:
  Writer out_;
};

Log parsed(const Maker& m) {
  auto log = parse_log(m.bytes());
  REQUIRE_MESSAGE(log.has_value(), (log ? "" : log.error().message));
  return *log;
}
bool has(const std::vector<Problem>& problems, const Code& code) {
  for (const auto& p : problems)
    if (p.code == &code) return true;
  return false;
}

Bytes tlv(std::uint8_t t, ByteView value) {
  Writer w;
  w.u8(t).u32be(static_cast<std::uint32_t>(value.size())).bytes(value);
  return std::move(w).take();
}
Bytes cel_record(std::uint64_t number, std::uint8_t content_type, std::string_view text, std::uint8_t reg = 4,
                 const std::optional<Bytes>& digest = {}) {
  const Bytes nested = tlv(content_type, as_bytes(text));
  Writer n;
  n.u64be(number);
  Bytes out = tlv(0, n.view());
  append(out, tlv(108, Bytes{reg}));
  const Bytes content = tlv(80, nested);
  append(out, tlv(3, tlv(0x0c, digest ? *digest : to_bytes(crypto::sha384(content)))));
  append(out, content);
  return out;
}

}  // namespace

TEST_CASE("replay: new = SHA-384(old || digest), MRTD and EV_NO_ACTION left out") {
  Maker m;
  const Bytes data{1, 2, 3};
  m.event(0, 0x8000000b, data).event(1, type::kNoAction, data).event(1, type::kEfiAction, data).padding();
  const auto registers = replay(parsed(m), kAlg, Registers::rtmr);
  REQUIRE(registers.size() == 1);
  Bytes joined(48, 0);
  append(joined, crypto::sha384(data));
  CHECK(registers.at(0) == to_bytes(crypto::sha384(joined)));
}
TEST_CASE("Secure Boot: on, off, not said") {
  CHECK(secure_boot(parsed(Maker().secure_boot(1).separator(1)), kAlg, Registers::rtmr) == true);
  CHECK(secure_boot(parsed(Maker().secure_boot(0).separator(1)), kAlg, Registers::rtmr) == false);
  CHECK_FALSE(secure_boot(parsed(Maker().separator(1)), kAlg, Registers::rtmr).has_value());
}
TEST_CASE("bad-secure-boot-digest_S17: a variable that is not what was measured states nothing") {
  Maker m;
  m.event(1, type::kVariableDriverConfig, Maker::variable("SecureBoot", {1}), Bytes(48, 7));
  const Log log = parsed(m);
  CHECK_FALSE(secure_boot(log, kAlg, Registers::rtmr).has_value());
  CHECK(has(check_order(log, kAlg, Registers::rtmr), eventlog::code::digest_mismatch));
}
TEST_CASE("bad-secure-boot-twice_S17") {
  CHECK(has(check_order(parsed(Maker().secure_boot(1).secure_boot(0)), kAlg, Registers::rtmr), eventlog::code::order));
}
TEST_CASE("bad-secure-boot-after-separator_S17") {
  CHECK(has(check_order(parsed(Maker().separator(1).secure_boot(1)), kAlg, Registers::rtmr), eventlog::code::order));
}
TEST_CASE("bad-duplicate-separator") {
  CHECK(has(check_order(parsed(Maker().separator(1).separator(1)), kAlg, Registers::pcr), eventlog::code::order));
  CHECK(has(check_order(parsed(Maker().separator(1).separator(1).separator(1)), kAlg, Registers::rtmr), eventlog::code::order));
  CHECK(check_order(parsed(Maker().separator(1).separator(1).separator(2)), kAlg, Registers::rtmr).empty());  // RTMR0: PCR 1 and 7
}
TEST_CASE("a command line with a label is shown, never claimed_S17") {
  Maker m;
  const std::string_view text("kernel_cmdline: /vmlinuz quiet\0", 31);
  m.event(3, type::kIpl, as_bytes(text), to_bytes(crypto::sha384(as_bytes(text.substr(16, 14)))));
  CHECK(unauthenticated(parsed(m), kAlg).size() == 1);
  CHECK(workload_claims(parsed(m), kAlg).empty());
}
TEST_CASE("bad-no-spec-id: a log begins with the Spec ID event, which says what its digests are") {
  CHECK_FALSE(parse_log({}).has_value());
  CHECK_FALSE(parse_log(Bytes(64, 0xff)).has_value());
  Bytes log = Maker().separator(1).bytes();
  log[32] = 'X';  // of "Spec ID Event03"
  CHECK_FALSE(parse_log(log).has_value());
  CHECK_FALSE(parse_log(ByteView(Maker().separator(1).bytes()).subspan(Maker().bytes().size())).has_value());
}
TEST_CASE("bad-digest-count: a record has exactly the declared digests") {
  const Bytes digest(48, 1);
  CHECK(parse_log(Maker().record(1, type::kEfiAction, {{kAlg, digest}}, 1, Bytes{1}).bytes()).has_value());
  CHECK_FALSE(parse_log(Maker().record(1, type::kEfiAction, {}, 1, Bytes{1}).bytes()).has_value());
  CHECK_FALSE(parse_log(Maker().record(1, type::kEfiAction, {{kAlg, digest}, {kAlg, digest}}, 1, Bytes{1}).bytes()).has_value());
}
TEST_CASE("bad-digest-algorithm: one that the Spec ID event does not list") {
  CHECK_FALSE(parse_log(Maker().record(1, type::kEfiAction, {{vtpm::alg::kSha256, Bytes(32, 1)}}, 1, Bytes{1}).bytes()).has_value());
  CHECK_FALSE(parse_log(Maker().record(1, type::kEfiAction, {{0x7777, Bytes(48, 1)}}, 1, Bytes{1}).bytes()).has_value());
}
TEST_CASE("bad-event-size: data that reaches past the end") {
  for (const std::uint32_t size : {2u, 0x7fffffffu, 0xffffffffu})
    CHECK_FALSE(parse_log(Maker().record(1, type::kEfiAction, {{kAlg, Bytes(48, 1)}}, size, Bytes{1}).bytes()).has_value());
}
TEST_CASE("bad-no-action-extended: whoever extends a register with EV_NO_ACTION gets another value than the replay") {
  const Bytes data{1, 2, 3};
  Bytes joined(48, 0);
  append(joined, crypto::sha384(data));
  const Bytes extended = to_bytes(crypto::sha384(joined));
  const auto registers = replay(parsed(Maker().event(1, type::kNoAction, data)), kAlg, Registers::rtmr);
  CHECK((!registers.contains(0) || registers.at(0) != extended));
}
TEST_CASE("bad-cel-digest: content that is not what was measured states nothing") {
  Bytes log = cel_record(0, 1, "sha256:" + std::string(64, 'a'), 4, Bytes(48, 7));
  append(log, cel_record(1, 8, ""));
  const auto parsed_log = parse_log(log);
  REQUIRE(parsed_log.has_value());
  CHECK(has(check_order(*parsed_log, kAlg, Registers::rtmr), eventlog::code::digest_mismatch));
  CHECK_FALSE(workload_claims(*parsed_log, kAlg).contains("image_digest"));
}
TEST_CASE("bad-cut: a log that ends inside a record, or goes on behind its padding") {
  Bytes behind = Maker().separator(1).padding().bytes();
  behind.push_back(1);
  CHECK_FALSE(parse_log(behind).has_value());                                // bytes behind the padding
  const Bytes whole = Maker().separator(1).bytes();
  for (std::size_t n = 1; n < whole.size(); ++n) {
    const auto log = parse_log(ByteView(whole).first(n));
    if (log) CHECK(log->events.empty());                                     // only a cut between records may pass
  }
}
TEST_CASE("CEL: records, claims, separator") {
  Bytes log;
  append(log, cel_record(0, 0, "registry/app:1"));
  append(log, cel_record(1, 1, "sha256:" + std::string(64, 'a')));
  append(log, cel_record(2, 4, "--serve"));
  append(log, cel_record(3, 8, ""));
  const auto parsed_log = parse_log(log);
  REQUIRE(parsed_log.has_value());
  CHECK(check_order(*parsed_log, kAlg, Registers::rtmr).empty());
  const Claims claims = workload_claims(*parsed_log, kAlg);
  CHECK(std::get<std::string>(claims.at("image_reference")) == "registry/app:1");
  CHECK(std::get<Bytes>(claims.at("image_digest")) == Bytes(32, 0xaa));
  CHECK(replay(*parsed_log, kAlg, Registers::rtmr).contains(3));
}
TEST_CASE("bad-cel-content-after-separator_S17") {
  Bytes log = cel_record(0, 8, "");
  append(log, cel_record(1, 1, "sha256:" + std::string(64, 'b')));
  CHECK(has(check_order(*parse_log(log), kAlg, Registers::rtmr), eventlog::code::order));
}
TEST_CASE("bad-cel-second-image-digest_S17") {
  Bytes log = cel_record(0, 1, "sha256:" + std::string(64, 'a'));
  append(log, cel_record(1, 1, "sha256:" + std::string(64, 'b')));
  append(log, cel_record(2, 8, ""));
  CHECK(has(check_order(*parse_log(log), kAlg, Registers::rtmr), eventlog::code::order));
}
TEST_CASE("bad-cel-no-separator_S17") {
  CHECK(has(check_order(*parse_log(cel_record(0, 0, "x")), kAlg, Registers::rtmr), eventlog::code::order));
}
TEST_CASE("bad-cel-other-register: a record of another register") {
  Bytes log = cel_record(0, 0, "x");
  append(log, cel_record(1, 8, "", 3));
  CHECK_FALSE(parse_log(log).has_value());
}
TEST_CASE("bad-records-swapped: the order is numbered in a CEL log, and shows in the registers of any") {
  Bytes swapped = cel_record(1, 0, "x");
  append(swapped, cel_record(0, 8, ""));
  CHECK_FALSE(parse_log(swapped).has_value());
  const Bytes a{1}, b{2};
  CHECK(replay(parsed(Maker().event(1, type::kEfiAction, a).event(1, type::kEfiAction, b)), kAlg, Registers::rtmr) !=
        replay(parsed(Maker().event(1, type::kEfiAction, b).event(1, type::kEfiAction, a)), kAlg, Registers::rtmr));
}
