// How an SNP report is judged: every check, in the order of the specification.
//
// Documents: AMD SEV-SNP ABI 56860 (report), AMD 57230 (certificates and CRLs). Nothing returns
// early: a report that fails one check is still put through all others, so that the result names
// everything that is wrong.
#include "crypto/digest.h"
#include "providers/snp/claims.h"
#include "providers/snp/codes.h"
#include "providers/snp/container.h"
#include "providers/snp/inspect.h"
#include "providers/snp/judge.h"
#include "providers/snp/policy.h"
#include "providers/snp/revocation.h"
#include "providers/snp/verifier.h"

namespace tee::snp {

namespace {

// What an unknown version means by its fields is not known, so it states nothing.
void state_claims(const Subject& s, Findings& out) {
  out.vendor["report"] = decode_report(s.report, s.layout);
  if (s.vek) out.vendor["vek"] = decode_vek(s.vek->profile);
  if (!s.report.known_version()) return;
  std::optional<Product> product = s.report.cpuid_product();
  if (!product && s.signed_by_vek() && s.vek->path.ok()) product = certified_product(s);
  out.claims = make_claims(s.report, s.layout, product, s.signed_by_vek() ? &s.vek->profile : nullptr);
  out.binding.report_data = to_bytes(s.report.report_data);
}

void judge_report(const Report& report, const CollateralSet& collateral, const AppraisalOptions& options,
                  Findings& out) {
  Subject s{report, collateral, options, trust_base(options), {}, {}};
  s.vek = find_endorsement(report, collateral, s.base, options.at);
  s.layout = layout_for(report, s.vek ? &s.vek->profile : nullptr);
  out.trust = s.base.trust;
  out.tcb.emplace();  // AMD gives no verdict: NotStated (S12)
  out.signed_bytes_sha256 = to_bytes(crypto::sha256(report.signed_bytes));
  state_claims(s, out);

  check_version(report, out);
  check_reserved(report, out);
  check_policy_form(report, out);
  check_key_info(report, out);
  check_chip_key(report, out);
  check_tcb_layout(s, out);

  check_signature_algorithm(report, out);
  check_signature(s, out);

  check_vek_found(s, out);
  check_vek_profile(s, out);
  check_vek_validity(s, out);
  check_vek_tcb(s, out);
  check_vek_hwid(s, out);

  check_ask(s, out);
  check_ark(s, out);
  list_chain(s, out);
  check_revocation(s.vek ? s.vek->path : VekPath{}, collateral, options, out);

  check_product(s, out);
  check_debug(report, options, out);
  check_migration(report, out);
  check_vmpl(report, options, out);
  check_tcb_order(report, s.layout, out);
  check_tcb_floor(report, s.layout, options, out);
  check_firmware_floor(report, options, out);
  check_platform_info(report, out);
}

void verify(const VerifyInput& input, Findings& out) {
  const Container container = open_container(input.evidence);
  out.judged_bytes = input.evidence.size();
  if (container.problem)
    out.fail(Area::form, "snp.report.form", *container.problem);
  else
    out.pass(Area::form, "snp.report.form", "form: " + std::string(to_string(container.form)));
  const Result<Report> report = parse_report(container.report);
  if (!report) {
    if (!container.problem) out.fail(Area::form, "snp.report.form", report.error());
    return;
  }
  if (container.table.empty()) return judge_report(*report, input.collateral, input.options, out);

  Result<CollateralSet> table = read_certificate_table(container.table, "certificate table", Origin::embedded);
  if (!table) out.fail(Area::form, "snp.report.table", code::report_trailing, table.error().message);
  CollateralSet all = input.collateral;
  if (table) all.merge(*std::move(table));
  judge_report(*report, all, input.options, out);
}

// The launch measurement covers all that is in the guest at launch: the one claim that
// names the workload (S5).
WorkloadAnswer workload(const std::set<std::string>& pinned, const Findings&, const AppraisalOptions&) {
  WorkloadAnswer out;
  out.answered = pinned.contains("measurement");
  if (!out.answered) out.missing = "--expect measurement=HEX";
  return out;
}

}  // namespace

const Verifier& verifier() {
  static const Verifier row{
      Provider::amd_sev_snp, EvidenceType::sev_snp_report, recognise, verify, inspect, workload};
  return row;
}

}  // namespace tee::snp
