// Reports changed after they were signed, and signatures that break their format.
#include <algorithm>

#include "base/encoding.h"
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

constexpr std::size_t kR = 0x2a0, kS = 0x2e8;

// Order of P-384 (FIPS 186-4, D.1.2.4), big-endian.
Bytes order() {
  return from_hex(
             "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc5297"
             "3")
      .value_or(Bytes(48));
}

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code,
         std::function<void(Bytes&)> step) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
  row.bytes = std::move(step);
  return row;
}

void put_number(Bytes& report, std::size_t at, const Bytes& big_endian) {
  std::copy(big_endian.rbegin(), big_endian.rend(), report.begin() + static_cast<std::ptrdiff_t>(at));
}

Bytes get_number(const Bytes& report, std::size_t at) {
  const auto from = report.begin() + static_cast<std::ptrdiff_t>(at);
  Bytes out(from, from + 48);
  std::reverse(out.begin(), out.end());
  return out;
}

// a - b for a > b, both big-endian of one length.
Bytes minus(Bytes a, const Bytes& b) {
  int borrow = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    int digit = a[i] - b[i] - borrow;
    borrow = digit < 0 ? 1 : 0;
    a[i] = static_cast<std::uint8_t>(digit + 256 * borrow);
  }
  return a;
}

// The certificate still names this chip and TCB, so the report is a forgery and not another chip's.
void add_flips(std::vector<Row>& rows) {
  struct Place {
    const char* field;
    std::size_t offset;
  };
  constexpr Place kPlaces[] = {
      {"guest-svn", 0x04},          {"policy", 0x0a},           {"family-id", 0x10},
      {"image-id", 0x20},           {"platform-info", 0x40},    {"report-data", 0x50},
      {"measurement", 0x90},        {"host-data", 0xc0},        {"id-key-digest", 0xe0},
      {"author-key-digest", 0x110}, {"report-id", 0x140},       {"stepping", 0x18a},
      {"committed-tcb", 0x1e7},     {"current-version", 0x1e8}, {"launch-tcb", 0x1f0},
  };
  for (const Place& p : kPlaces)
    bad(rows, std::string("bad-flipped-") + p.field, "one bit changed after signing", "signature.invalid",
        [at = p.offset](Bytes& b) { b[at] ^= 1; });
  bad(rows, "bad-flipped-reported-tcb", "the certificate is then for another TCB of the same chip",
      "snp.vek.tcb", [](Bytes& b) { b[0x180] ^= 1; });
  bad(rows, "bad-flipped-signing-key", "SIGNING_KEY changed to a reserved value", "snp.report.key_info",
      [](Bytes& b) { b[0x48] ^= 0x08; });
  // What names the chip was changed: no certificate at hand claims the report any more.
  bad(rows, "bad-flipped-chip-id", "the report then names another chip", "chain.missing", [](Bytes& b) {
    b[0x1a0] ^= 1;
  }).exit = 4;
  bad(rows, "bad-flipped-to-vlek", "the report then says that a VLEK signed", "chain.missing", [](Bytes& b) {
    b[0x48] ^= 0x04;
  }).exit = 4;
}

void add_numbers(std::vector<Row>& rows) {
  bad(rows, "bad-flipped-r", "one bit of R changed", "signature.invalid", [](Bytes& b) { b[kR] ^= 1; });
  bad(rows, "bad-flipped-s", "one bit of S changed", "signature.invalid", [](Bytes& b) { b[kS] ^= 1; });
  bad(rows, "bad-r-and-s-swapped", "R and S in each other's place", "signature.invalid",
      [](Bytes& b) { std::swap_ranges(b.begin() + kR, b.begin() + kR + 72, b.begin() + kS); });
  for (const auto& [name, at] : {std::pair("r", kR), std::pair("s", kS)}) {
    const std::string n(name);
    bad(rows, "bad-" + n + "-zero", "a number out of range", "signature.malformed",
        [at = at](Bytes& b) { put_number(b, at, Bytes(48, 0)); });
    bad(rows, "bad-" + n + "-order", "a number out of range", "signature.malformed",
        [at = at](Bytes& b) { put_number(b, at, order()); });
    bad(rows, "bad-" + n + "-all-ones", "a number out of range", "signature.malformed",
        [at = at](Bytes& b) { put_number(b, at, Bytes(48, 0xff)); });
    bad(rows, "bad-" + n + "-high-first", "bytes above 48 are set", "signature.malformed",
        [at = at](Bytes& b) { b[at + 48] = 1; });
    bad(rows, "bad-" + n + "-high-last", "bytes above 48 are set", "signature.malformed",
        [at = at](Bytes& b) { b[at + 71] = 1; });
  }
  bad(rows, "bad-after-signature-first", "bytes after S are set", "signature.malformed",
      [](Bytes& b) { b[0x330] = 1; });
  bad(rows, "bad-after-signature-last", "bytes after S are set", "signature.malformed",
      [](Bytes& b) { b[0x49f] = 1; });
}

void add_algorithms(std::vector<Row>& rows) {
  for (const std::uint32_t algorithm : {0u, 2u, 0x101u}) {
    Row& row =
        rows.emplace_back(Row{"bad-signature-algo-" + std::to_string(algorithm),
                              "another SIGNATURE_ALGO, signed along", 1, "snp.report.signature_algorithm"});
    row.scene = [algorithm](Scene& s) { s.report.signature_algo = algorithm; };
  }
}

}  // namespace

void add_signature_rows(std::vector<Row>& rows) {
  add_flips(rows);
  add_numbers(rows);
  add_algorithms(rows);
  Row& twin = bad(rows, "good-signature-twin", "(R, n - S) is the same signature of the same report", {},
                  [](Bytes& b) { put_number(b, kS, minus(order(), get_number(b, kS))); });
  twin.exit = 0;
}

}  // namespace tee::mint::snp
