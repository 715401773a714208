// Questions about a genuine report: expectations, freshness, and what is left unasked (S4 to S6).
#include "base/encoding.h"
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

using Flags = std::vector<std::string>;
using FlagsFor = std::function<Flags(const ReportSpec&)>;

void asking(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
            FlagsFor flags) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), exit, std::move(code)});
  row.ask = [flags = std::move(flags)](const Made& made, Case& c) {
    c.flags = flags(made.scene.report);
    return Status();
  };
}

struct ByteClaim {
  const char* name;
  ByteView (*of)(const ReportSpec&);
};

constexpr ByteClaim kClaims[] = {
    {"measurement", [](const ReportSpec& r) { return ByteView(r.measurement); }},
    {"host_data", [](const ReportSpec& r) { return ByteView(r.host_data); }},
    {"report_data", [](const ReportSpec& r) { return ByteView(r.report_data); }},
    {"id_key_digest", [](const ReportSpec& r) { return ByteView(r.id_key_digest); }},
    {"author_key_digest", [](const ReportSpec& r) { return ByteView(r.author_key_digest); }},
    {"family_id", [](const ReportSpec& r) { return ByteView(r.family_id); }},
    {"image_id", [](const ReportSpec& r) { return ByteView(r.image_id); }},
    {"chip_id", [](const ReportSpec& r) { return ByteView(r.chip_id); }},
    {"report_id", [](const ReportSpec& r) { return ByteView(r.report_id); }},
    {"report_id_ma", [](const ReportSpec& r) { return ByteView(r.report_id_ma); }},
};

std::string dashed(std::string name) {
  for (char& c : name)
    if (c == '_') c = '-';
  return name;
}

void add_claims(std::vector<Row>& rows) {
  for (const ByteClaim& claim : kClaims) {
    const std::string name = claim.name;
    asking(rows, "good-expect-" + dashed(name), "the claim has the expected value", 0, {},
           [=](const ReportSpec& r) {
             return Flags{"--genuine-only", "--expect", name + "=" + hex(claim.of(r))};
           });
    for (const std::size_t at : {std::size_t{0}, claim.of(ReportSpec{}).size() - 1})
      asking(rows, "bad-expect-" + dashed(name) + (at == 0 ? "-first-byte" : "-last-byte"),
             "one byte of the claim differs", 1, "workload.mismatch", [=](const ReportSpec& r) {
               Bytes value = to_bytes(claim.of(r));
               value[at] ^= 0x10;
               return Flags{"--genuine-only", "--expect", name + "=" + hex(value)};
             });
  }
  asking(
      rows, "bad-expect-measurement-prefix", "a prefix is no value", 2, "claim.length",
      [](const ReportSpec& r) {
        return Flags{"--genuine-only", "--expect", "measurement=" + hex(ByteView(r.measurement).first(47))};
      });
  asking(rows, "bad-expect-measurement-longer", "a longer value is no value", 2, "claim.length",
         [](const ReportSpec& r) {
           return Flags{"--genuine-only", "--expect", "measurement=" + hex(r.measurement) + "00"};
         });
  asking(rows, "bad-expect-measurement-zero_S5", "an all-zero measurement names no workload", 2,
         "claim.all_zero", [](const ReportSpec&) {
           return Flags{"--genuine-only", "--expect", "measurement=" + std::string(96, '0')};
         });
  for (const auto& [text, exit] :
       {std::pair("product=Genoa", 0), std::pair("product=Milan", 1), std::pair("debug=false", 0),
        std::pair("debug=true", 1), std::pair("vmpl=0", 0), std::pair("guest_svn=7", 0),
        std::pair("guest_svn=8", 1), std::pair("policy=0x30000", 0), std::pair("signing_key=vcek", 0),
        std::pair("signing_key=vlek", 1), std::pair("firmware_version=1.55.40", 0),
        std::pair("firmware_version=1.55.4", 1), std::pair("cpuid_fms=191101", 0),
        std::pair("cpuid_fms=191102", 1), std::pair("version=3", 0)}) {
    std::string name(exit == 0 ? "good-expect-" : "bad-expect-");
    for (const char* p = text; *p; ++p) name += *p == '=' || *p == '_' || *p == '.' ? '-' : *p;
    asking(rows, std::move(name), "a claim other than bytes", exit, exit == 0 ? "" : "workload.mismatch",
           [text = std::string(text)](const ReportSpec&) {
             return Flags{"--genuine-only", "--expect", text};
           });
  }
  asking(rows, "bad-expect-csp-on-vcek", "a VCEK names no cloud provider", 1, "claim.absent",
         [](const ReportSpec&) {
           return Flags{"--genuine-only", "--expect", "csp_id=CN=cc-mint-1.example"};
         });
}

void add_vlek(std::vector<Row>& rows) {
  asking(rows, "good-expect-csp", "the VLEK's cloud provider", 0, {}, [](const ReportSpec&) {
    return Flags{"--genuine-only", "--expect", "csp_id=CN=cc-mint-1.example"};
  });
  rows.back().kind = Kind::vlek;
  asking(rows, "bad-expect-csp-other", "another cloud provider's VLEK", 1, "workload.mismatch",
         [](const ReportSpec&) {
           return Flags{"--genuine-only", "--expect", "csp_id=CN=cc-mint-2.example"};
         });
  rows.back().kind = Kind::vlek;
  asking(rows, "bad-expect-chip-masked_S28", "a masked chip id answers no question", 1, "claim.absent",
         [](const ReportSpec&) {
           return Flags{"--genuine-only", "--expect", "chip_id=" + std::string(128, '0')};
         });
  rows.back().kind = Kind::vlek;
}

void add_open(std::vector<Row>& rows) {
  asking(rows, "bad-unasked_S5", "nothing was asked", 4, "workload.unasked",
         [](const ReportSpec&) { return Flags{}; });
  asking(rows, "bad-freshness-unasked_S6", "only the workload was asked for", 4, "freshness.unasked",
         [](const ReportSpec& r) {
           return Flags{"--expect", "measurement=" + hex(r.measurement)};
         });
  asking(rows, "bad-max-age-alone_S6", "a report carries no time", 4, "freshness.no_signed_time",
         [](const ReportSpec& r) {
           return Flags{"--expect", "measurement=" + hex(r.measurement), "--max-age", "10m"};
         });
  asking(rows, "bad-host-data-is-no-workload_S5", "a host-chosen field names no workload", 4,
         "workload.unasked", [](const ReportSpec& r) {
           return Flags{"--expect", "host_data=" + hex(r.host_data), "--report-data", hex(r.report_data)};
         });
  asking(rows, "bad-replayed", "a report that answers another nonce", 1, "freshness.nonce_mismatch",
         [](const ReportSpec&) {
           return Flags{"--genuine-only", "--nonce", std::string(128, '5')};
         });
  asking(rows, "bad-report-data-other", "other report data", 1, "freshness.report_data_mismatch",
         [](const ReportSpec&) {
           return Flags{"--genuine-only", "--report-data", std::string(128, '5')};
         });
}

}  // namespace

void add_question_rows(std::vector<Row>& rows) {
  add_claims(rows);
  add_vlek(rows);
  add_open(rows);
}

}  // namespace tee::mint::snp
