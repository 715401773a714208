#include "providers/snp/container.h"

#include <algorithm>
#include <vector>

#include "providers/snp/codes.h"
#include "providers/snp/evidence.h"

namespace tee::snp {

namespace {

constexpr std::size_t kResponseHeader = 0x20, kResponseSize = 4000;
constexpr std::size_t kTableEntry = 24, kMaxTable = 64u << 10;  // the kernel's own limit is 16 KiB

// Enough fixed bits to tell a report from anything else; a changed field elsewhere does not hide it.
bool looks_like_report(ByteView bytes) {
  Cursor in(bytes);
  const std::uint32_t version = in.u32le();
  in.skip(4);
  const std::uint64_t policy = in.u64le();
  in.skip(32);
  const std::uint32_t vmpl = in.u32le(), algorithm = in.u32le();
  return in.ok() && version >= 1 && version <= 15 && algorithm == 1 && (vmpl <= 3 || vmpl == 0xffffffff) &&
         policy >> policy_bit::kFirstReserved == 0 && (policy >> policy_bit::kMustBeOne & 1) != 0;
}

struct ResponseHeader {
  std::uint32_t status = 0, report_size = 0;
  bool plausible = false;
};

// MSG_REPORT_RSP: status, report size, 24 reserved bytes.
ResponseHeader read_response_header(ByteView bytes) {
  Cursor in(bytes);
  ResponseHeader out;
  out.status = in.u32le();
  out.report_size = in.u32le();
  const ByteView reserved = in.take(24);
  out.plausible = in.ok() && out.report_size == kReportSize && all_zero(reserved) && out.status <= 0xff;
  return out;
}

struct TableEntry {
  std::uint32_t offset = 0, length = 0;
};

tl::unexpected<Error> bad_table(const std::string& why) {
  return fail(code::report_trailing, "the bytes after the report are no certificate table: " + why);
}

// The entries before the all-zero one; `header` becomes the size of all of them with their terminator.
Result<std::vector<TableEntry>> read_entries(ByteView table, std::size_t& header) {
  std::vector<TableEntry> out;
  Cursor in(table);
  while (true) {
    const ByteView raw = in.take(kTableEntry);
    if (!in.ok()) return bad_table("no terminating entry");
    if (all_zero(raw)) break;
    Cursor fields(raw);
    TableEntry entry;
    fields.skip(16);  // what an entry holds is told by evidence/collateral.h
    entry.offset = fields.u32le();
    entry.length = fields.u32le();
    out.push_back(entry);
  }
  header = in.offset();
  return out;
}

Container open_response(ByteView evidence, const ResponseHeader& header) {
  Container out;
  out.form = Container::Form::response;
  if (header.status != 0) {
    out.problem = Error(code::response_status, "status 0 expected, found " + std::to_string(header.status));
    return out;
  }
  const ByteView body = evidence.subspan(kResponseHeader);
  if (body.size() < kReportSize || evidence.size() > kResponseSize) {
    out.problem = Error(code::input_malformed,
                        "a firmware response of at most 4000 bytes with a report of 1184 expected, found " +
                            std::to_string(evidence.size()) + " bytes");
    return out;
  }
  out.report = body.first(kReportSize);
  if (!all_zero(body.subspan(kReportSize)))
    out.problem = Error(code::report_trailing, "zeros expected after the report in a firmware response");
  return out;
}

}  // namespace

std::string_view to_string(Container::Form form) {
  switch (form) {
    case Container::Form::report: return "report";
    case Container::Form::response: return "response";
    case Container::Form::extended: return "extended";
  }
  return "?";
}

Container open_container(ByteView evidence) {
  if (!looks_like_report(evidence) && evidence.size() != kReportSize)
    if (const ResponseHeader header = read_response_header(evidence); header.plausible)
      return open_response(evidence, header);
  Container out;
  if (evidence.size() < kReportSize) {
    out.problem = Error(code::input_malformed, "an SNP report of 1184 bytes expected, found " +
                                                   std::to_string(evidence.size()) + " bytes");
    return out;
  }
  out.report = evidence.first(kReportSize);
  if (evidence.size() == kReportSize) return out;
  out.form = Container::Form::extended;
  const ByteView rest = evidence.subspan(kReportSize);
  const Result<std::size_t> entries = check_table(rest);
  if (!entries)
    out.problem = entries.error();
  else if (*entries > 0)
    out.table = rest;
  return out;
}

Result<std::size_t> check_table(ByteView table) {
  if (table.size() < kTableEntry || table.size() > kMaxTable)
    return bad_table("24 bytes to 64 KiB expected, found " + std::to_string(table.size()) + " bytes");
  std::size_t end = 0;  // of the bytes accounted for so far
  TEE_TRY(std::vector<TableEntry> entries, read_entries(table, end));
  const std::size_t header = end;
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  for (const TableEntry& e : entries) {
    if (e.offset < header) return bad_table("an entry points into the header");
    if (e.offset > table.size() || e.length > table.size() - e.offset)
      return bad_table("an entry points outside");
    if (e.offset > end && !all_zero(table.subspan(end, e.offset - end)))
      return bad_table("bytes that no entry names");
    end = std::max<std::size_t>(end, std::size_t{e.offset} + e.length);
  }
  if (!all_zero(table.subspan(end))) return bad_table("bytes that no entry names");
  return entries.size();
}

bool recognise(ByteView evidence) {
  if (looks_like_report(evidence)) return true;
  if (evidence.size() == kReportSize) {
    // No other evidence is 1184 bytes of binary by rule; a quote cut to that length has a key
    // type in bytes 2 and 3.
    const std::uint16_t high = static_cast<std::uint16_t>(evidence[2] | evidence[3] << 8);
    return high == 0 || high == 0xffff;
  }
  return read_response_header(evidence).plausible;
}

}  // namespace tee::snp
