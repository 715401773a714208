// Sections 1 and 2 of the judgement: the report's own form, and its signature (AMD SEV-SNP
// ABI 56860, table 23).
#include "providers/snp/codes.h"
#include "providers/snp/judge.h"

namespace tee::snp {

namespace {

// Order of the group of P-384 (FIPS 186-4, D.1.2.4), big-endian.
constexpr std::array<std::uint8_t, 48> kOrderP384{
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
    0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73};

// R and S are 48-byte numbers from 1 to n-1; everything else in the 512 bytes is zero. Unsigned bytes, so
// only these rules keep a report from having many forms.
std::optional<std::string> signature_problem(const Report& report) {
  if (!all_zero(report.r_high) || !all_zero(report.s_high)) return "R or S is longer than 48 bytes";
  if (!all_zero(report.after_signature)) return "bytes after S are set";
  if (all_zero(report.r) || all_zero(report.s)) return "R or S is zero";
  if (report.r >= kOrderP384 || report.s >= kOrderP384) return "R or S is not below the order of the curve";
  return std::nullopt;
}

}  // namespace

void check_version(const Report& report, Findings& out) {
  const std::string actual = std::to_string(report.version);
  if (!report.known_version()) {
    out.fail(Area::form, "snp.report.version", code::evidence_version, "a report version that is not known",
             "2 to 5", actual);
    return;
  }
  out.pass(Area::form, "snp.report.version", "report version " + actual);
  if (report.version == 4)
    out.warn(code::report_version4, "what version 4 adds is not published; read like version 3");
}

// Bytes that the version leaves zero: 04C, the tail of 188..19F, 1EB, 1EF, the tail of 1F8..29F.
void check_reserved(const Report& report, Findings& out) {
  struct Range {
    const char* offset;
    ByteView bytes;
  };
  std::vector<Range> ranges{
      {"04C", report.reserved_04c}, {"1EB", report.reserved_1eb}, {"1EF", report.reserved_1ef}};
  if (report.has_cpuid())
    ranges.push_back({"18B", report.reserved_188.subspan(3)});
  else
    ranges.push_back({"188", report.reserved_188});
  if (report.version <= 3) ranges.push_back({"1F8", report.reserved_1f8});
  if (report.version == 5) ranges.push_back({"208", report.reserved_1f8.subspan(16)});
  if (!report.known_version()) {
    out.skip(Area::form, "snp.report.reserved", code::evidence_version,
             "which fields this version reserves is not known");
    return;
  }
  std::string set;
  for (const Range& r : ranges)
    if (!all_zero(r.bytes)) set += (set.empty() ? "" : ", ") + std::string(r.offset);
  if (set.empty())
    out.pass(Area::form, "snp.report.reserved", "reserved fields are zero");
  else
    out.fail(Area::form, "snp.report.reserved", code::report_reserved, "reserved fields are set", "zero",
             "set at " + set);
}

// POLICY: bit 17 is one, bits 63:26 are zero (section 4.3).
void check_policy_form(const Report& report, Findings& out) {
  if (!report.policy_has(policy_bit::kMustBeOne))
    out.fail(Area::form, "snp.policy.reserved", code::policy_reserved, "bit 17 of POLICY is not one", "1",
             "0");
  else if (report.policy >> policy_bit::kFirstReserved != 0)
    out.fail(Area::form, "snp.policy.reserved", code::policy_reserved, "reserved bits of POLICY are set");
  else
    out.pass(Area::form, "snp.policy.reserved", "reserved bits of POLICY are as they must be");
}

// KEY_INFO: SIGNING_KEY is VCEK or VLEK, and bits 31:5 are zero.
void check_key_info(const Report& report, Findings& out) {
  const unsigned key = report.signing_key();
  if (key > signing_key::kVlek)
    out.fail(Area::form, "snp.report.key_info", code::key_info, "SIGNING_KEY names no endorsement key",
             "0 or 1", std::to_string(key));
  else if (report.key_info >> 5 != 0)
    out.fail(Area::form, "snp.report.key_info", code::key_info, "reserved bits of KEY_INFO are set");
  else
    out.pass(Area::form, "snp.report.key_info",
             key == signing_key::kVlek ? "signed by a VLEK" : "signed by a VCEK");
}

// With a masked chip key the firmware writes zeros where the signature would be.
void check_chip_key(const Report& report, Findings& out) {
  if (report.chip_key_masked())
    out.fail(Area::signature, "snp.report.chip_key", code::chip_key_masked,
             "MASK_CHIP_KEY is set: firmware did not sign");
  else
    out.pass(Area::form, "snp.report.chip_key", "the chip key is not masked");
}

// Reserved bytes of the four TCB versions in the layout of the product.
void check_tcb_layout(const Subject& s, Findings& out) {
  const Report& r = s.report;
  std::string set;
  const auto look = [&](const char* name, const TcbVersion& tcb) {
    if (!parts_of(tcb, s.layout).reserved_clear) set += (set.empty() ? "" : ", ") + std::string(name);
  };
  look("current", r.current_tcb);
  look("reported", r.reported_tcb);
  look("committed", r.committed_tcb);
  look("launch", r.launch_tcb);
  if (set.empty())
    out.pass(Area::form, "snp.tcb.layout", "the TCB versions follow the layout of the product");
  else
    out.fail(Area::form, "snp.tcb.layout", code::tcb_layout, "reserved bytes of TCB versions are set", "zero",
             set);
}

void check_signature_algorithm(const Report& report, Findings& out) {
  if (report.signature_algo == 1)
    out.pass(Area::signature, "snp.report.signature_algorithm", "ECDSA P-384 with SHA-384");
  else
    out.fail(Area::signature, "snp.report.signature_algorithm", code::signature_algorithm,
             "another signature algorithm", "1", std::to_string(report.signature_algo));
}

void check_signature(const Subject& s, Findings& out) {
  if (const auto problem = signature_problem(s.report))
    out.fail(Area::signature, "snp.report.signature", code::signature_malformed, *problem);
  else if (s.signed_by_vek())
    out.pass(Area::signature, "snp.report.signature", "the report is signed by the certified key");
  else if (s.vek && s.vek->belongs == Endorsement::Belongs::claims)
    out.fail(Area::signature, "snp.report.signature", code::signature_invalid,
             "the key of the certificate for this chip and TCB does not verify the report");
  else
    out.undecided(Area::signature, "snp.report.signature", code::chain_missing,
                  "no certificate for the key that signed the report", "--collateral");
}

}  // namespace tee::snp
