// The report's fields, and the wrappings around it.
#include "providers/snp/evidence.h"

#include "base/encoding.h"
#include "helpers.h"
#include "providers/snp/container.h"

using namespace tee;
using namespace tee::test;

TEST_CASE("a report is read field by field at the offsets of the specification") {
  Bytes b(snp::kReportSize);
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  const auto r = snp::parse_report(b);
  REQUIRE(r.has_value());
  const auto u32 = [&b](std::size_t at) { return Cursor(ByteView(b).subspan(at)).u32le(); };
  const auto u64 = [&b](std::size_t at) { return Cursor(ByteView(b).subspan(at)).u64le(); };
  const auto at = [&b](std::size_t from, std::size_t size) { return ByteView(b).subspan(from, size); };
  CHECK(r->version == u32(0x000));
  CHECK(r->guest_svn == u32(0x004));
  CHECK(r->policy == u64(0x008));
  CHECK(equal(r->family_id, at(0x010, 16)));
  CHECK(equal(r->image_id, at(0x020, 16)));
  CHECK(r->vmpl == u32(0x030));
  CHECK(r->signature_algo == u32(0x034));
  CHECK(equal(r->current_tcb, at(0x038, 8)));
  CHECK(r->platform_info == u64(0x040));
  CHECK(r->key_info == u32(0x048));
  CHECK(equal(r->reserved_04c, at(0x04c, 4)));
  CHECK(equal(r->report_data, at(0x050, 64)));
  CHECK(equal(r->measurement, at(0x090, 48)));
  CHECK(equal(r->host_data, at(0x0c0, 32)));
  CHECK(equal(r->id_key_digest, at(0x0e0, 48)));
  CHECK(equal(r->author_key_digest, at(0x110, 48)));
  CHECK(equal(r->report_id, at(0x140, 32)));
  CHECK(equal(r->report_id_ma, at(0x160, 32)));
  CHECK(equal(r->reported_tcb, at(0x180, 8)));
  CHECK(equal(r->cpuid_fms, at(0x188, 3)));
  CHECK(equal(r->chip_id, at(0x1a0, 64)));
  CHECK(equal(r->committed_tcb, at(0x1e0, 8)));
  CHECK(r->current.build == b[0x1e8]);
  CHECK(r->current.minor == b[0x1e9]);
  CHECK(r->current.major == b[0x1ea]);
  CHECK(r->committed.build == b[0x1ec]);
  CHECK(r->committed.major == b[0x1ee]);
  CHECK(equal(r->launch_tcb, at(0x1f0, 8)));
  CHECK(r->launch_mit_vector == u64(0x1f8));
  CHECK(r->current_mit_vector == u64(0x200));
  CHECK(equal(r->signed_bytes, at(0, 0x2a0)));
  CHECK(r->r[0] == b[0x2a0 + 47]);
  CHECK(r->r[47] == b[0x2a0]);
  CHECK(r->s[0] == b[0x2e8 + 47]);
  CHECK(equal(r->r_high, at(0x2d0, 24)));
  CHECK(equal(r->s_high, at(0x318, 24)));
  CHECK(equal(r->after_signature, at(0x330, 368)));
}

TEST_CASE("bad-length: a report has 1184 bytes") {
  for (const std::size_t size : {0u, 1u, 671u, 672u, 1183u, 1185u, 2368u})
    CHECK_FALSE(snp::parse_report(Bytes(size)).has_value());
  CHECK(snp::parse_report(Bytes(1184)).has_value());
}

TEST_CASE("a firmware version is written major, minor, build") {
  CHECK(snp::FirmwareVersion{1, 55, 29}.text() == "1.55.29");
}

TEST_CASE("reports are recognised whole, cut and wrapped; other bytes are not") {
  const Bytes report = made().report;
  CHECK(snp::recognise(report));
  CHECK(snp::recognise(ByteView(report).first(700)));
  CHECK(snp::recognise(Bytes(1184)));
  CHECK_FALSE(snp::recognise(Bytes()));
  CHECK_FALSE(snp::recognise(Bytes(31)));
  CHECK_FALSE(snp::recognise(Bytes(4000)));
  CHECK_FALSE(snp::recognise(Bytes(4000, 0xff)));
  // A quote of the same length: version 4, key type 2.
  Bytes quote(1184);
  quote[0] = 4;
  quote[2] = 2;
  CHECK_FALSE(snp::recognise(quote));
  Writer response;
  response.u32le(0).u32le(1184).zeros(24).bytes(report).zeros(2784);
  CHECK(snp::recognise(response.view()));
}

namespace {

Bytes table(std::size_t offset, std::size_t length, std::size_t size) {
  Writer out;
  out.bytes(Bytes(16, 0x63))
      .u32le(static_cast<std::uint32_t>(offset))
      .u32le(static_cast<std::uint32_t>(length));
  out.zeros(size - 24);
  return std::move(out).take();
}

}  // namespace

TEST_CASE("certificate tables: entries stay behind the header and inside the table") {
  CHECK(snp::check_table(Bytes(24)).value_or(9) == 0);
  CHECK(snp::check_table(Bytes(4096)).value_or(9) == 0);
  CHECK(snp::check_table(table(48, 52, 100)).value_or(9) == 1);
  CHECK(snp::check_table(table(48, 0, 48)).value_or(9) == 1);
  CHECK(snp::check_table(table(100, 0, 100)).value_or(9) == 1);
}

TEST_CASE("bad-table-bounds_S20") {
  CHECK_FALSE(snp::check_table(Bytes()).has_value());
  CHECK_FALSE(snp::check_table(Bytes(23)).has_value());
  CHECK_FALSE(snp::check_table(Bytes((64u << 10) + 1)).has_value());
  CHECK_FALSE(snp::check_table(table(48, 53, 100)).has_value());
  CHECK_FALSE(snp::check_table(table(47, 10, 100)).has_value());
  CHECK_FALSE(snp::check_table(table(0, 10, 100)).has_value());
  CHECK_FALSE(snp::check_table(table(101, 0, 100)).has_value());
  CHECK_FALSE(snp::check_table(table(0xffffffff, 0xffffffff, 100)).has_value());
  CHECK_FALSE(snp::check_table(table(48, 52, 100)).value_or(0) == 0);
  Bytes junk = table(48, 10, 100);
  junk[60] = 1;
  CHECK_FALSE(snp::check_table(junk).has_value());
  CHECK_FALSE(snp::check_table(Bytes(24 * 3, 0x63)).has_value());
}

TEST_CASE("inspect decodes without judging") {
  Made m = made(Line::turin, 5);
  m.report[0x90] ^= 1;
  const auto decoded = snp::verifier().inspect(m.report);
  REQUIRE(decoded.has_value());
  CHECK((*decoded)["firmware_version"] == "1.55.40");
  CHECK((*decoded)["report"]["cpuid"]["product"] == "Turin");
  CHECK((*decoded)["report"]["reported_tcb"]["fmc"] == 3);
  CHECK((*decoded)["signature"]["r"].get<std::string>().size() == 96);
  CHECK_FALSE(snp::verifier().inspect(Bytes(100)).has_value());

  Bytes extended = m.report;
  append(extended, mint::snp::encode_table({{mint::snp::TableGuid::vcek, m.vek}}));
  const auto with_table = snp::verifier().inspect(extended);
  REQUIRE(with_table.has_value());
  REQUIRE((*with_table)["certificates"].size() == 1);
  CHECK((*with_table)["certificates"][0]["vek"]["kind"] == "vcek");
  CHECK((*with_table)["certificates"][0]["vek"]["hwid"] == hex(ByteView(m.scene.report.chip_id).first(8)));
}
