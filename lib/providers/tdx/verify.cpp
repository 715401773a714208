// What TDX adds to the common part: the attributes of the TD, its features, service TDs, and the TDX module.
#include "providers/tdx/verify.h"

#include "base/encoding.h"
#include "providers/shared/intel_dcap/judge.h"
#include "providers/shared/intel_dcap/tcb_evaluate.h"
#include "providers/tdx/claims.h"
#include "providers/tdx/codes.h"
#include "providers/tdx/evidence.h"

namespace tee::tdx {

namespace {

using intel::TdReport;

void check_debug(const TdReport& td, const AppraisalOptions& options, Findings& out) {
  if ((number(td.td_attributes) & attribute::kDebug) == 0)
    out.pass(Area::platform, "tdx.debug", "not a debug TD");
  else if (options.allow_debug)
    out.passed_by("--allow-debug", Area::platform, "tdx.debug", "the TD runs in debug mode");
  else
    out.fail(Area::platform, "tdx.debug", code::debug_enabled, "the TD runs in debug mode");
}

bool pinned(const AppraisalOptions& options, std::string_view name, const ClaimValue& value) {
  const Expectation* e = options.expectation(name);
  return e != nullptr && meets(value, *e);
}

void check_attributes(const TdReport& td, const AppraisalOptions& options, Findings& out) {
  const std::uint64_t bits = number(td.td_attributes);
  if ((bits & ~attribute::kKnown) != 0)
    out.fail(Area::platform, "tdx.attributes", code::attributes, "reserved TD attributes are set", {},
             hex(td.td_attributes));
  else
    out.pass(Area::platform, "tdx.attributes", "no reserved TD attribute is set");

  if ((bits & attribute::kMigratable) != 0)
    out.fail(Area::platform, "tdx.migratable", code::migratable, "the TD can be migrated", {},
             hex(td.td_attributes));
  else
    out.pass(Area::platform, "tdx.migratable", "the TD cannot be migrated");

  if ((bits & attribute::kPerfmon) == 0)
    out.pass(Area::platform, "tdx.perfmon", "performance counters are closed");
  else if (pinned(options, "td_attributes", to_bytes(td.td_attributes)))
    out.pass(Area::platform, "tdx.perfmon", "performance counters are open, as expected of td_attributes");
  else
    out.fail(Area::platform, "tdx.perfmon", code::perfmon, "performance counters are open to the TD", {},
             hex(td.td_attributes));
}

void check_xfam(const TdReport& td, Findings& out) {
  const std::uint64_t bits = number(td.xfam);
  if ((bits & xfam_bit::kRequired) != xfam_bit::kRequired)
    out.fail(Area::platform, "tdx.xfam", code::xfam, "x87 and SSE state must be enabled", "bits 0 and 1",
             hex(td.xfam));
  else if ((bits & ~xfam_bit::kAllowed) != 0)
    out.fail(Area::platform, "tdx.xfam", code::xfam, "features outside the allowed mask", "within 0x6dbe7",
             hex(td.xfam));
  else
    out.pass(Area::platform, "tdx.xfam", "the extended features are allowed ones");
}

// The extended body repeats the hash, as of now and as of the first launch; neither may name another service
// TD.
bool other_service_td(const TdReport& td) {
  if (!td.extended) return false;
  for (const intel::Digest48& hash : {td.extended->init_servicetd_hash, td.extended->servicetd_hash})
    if (!all_zero(hash) && hash != td.td15->mr_servicetd) return true;
  return false;
}

void check_service_td(const TdReport& td, const AppraisalOptions& options, Findings& out) {
  const std::string id = "tdx.servicetd";
  if (!td.td15) {
    out.pass(Area::platform, id, "the report is of TDX 1.0, which knows no service TDs");
  } else if (other_service_td(td)) {
    out.fail(Area::platform, id, code::servicetd,
             "a service TD is or was bound that MRSERVICETD does not name");
  } else if (all_zero(td.td15->mr_servicetd)) {
    out.pass(Area::platform, id, "no service TD is bound");
  } else if (pinned(options, "mr_servicetd", to_bytes(td.td15->mr_servicetd))) {
    out.pass(Area::platform, id, "the service TD is the expected one");
  } else {
    Check& c = out.fail(Area::platform, id, code::servicetd, "a service TD is bound that was not expected",
                        std::string(96, '0'), hex(td.td15->mr_servicetd));
    c.enable_with = "--expect";
  }
}

// 4.1.2.5.12 of Intel's verification library: the module's signer and attributes against its identity;
// attributes zero.
void check_module(const TdReport& td, const std::optional<intel::TcbInfo>& info, Findings& out) {
  const std::string id = "tdx.seam";
  const std::uint8_t major = td.tee_tcb_svn[intel::kModuleMajor];
  const intel::ModuleIdentity* identity = info ? info->module_for(major) : nullptr;
  if (!all_zero(td.seam_attributes)) {
    out.fail(Area::platform, id, code::module, "the TDX module has attributes", "0000000000000000",
             hex(td.seam_attributes));
  } else if (info && identity == nullptr) {
    out.fail(Area::platform, id, code::module,
             "the TCB info lists no TDX module of major version " + std::to_string(major));
  } else if (identity != nullptr && identity->attributes != td.seam_attributes) {
    out.fail(Area::platform, id, code::module, "the attributes of the TDX module differ",
             hex(identity->attributes), hex(td.seam_attributes));
  } else if (identity != nullptr && identity->mr_signer != td.mr_signer_seam) {
    out.fail(Area::platform, id, code::module, "the TDX module is signed by somebody else",
             hex(identity->mr_signer), hex(td.mr_signer_seam));
  } else if (identity == nullptr && !all_zero(td.mr_signer_seam)) {
    out.fail(Area::platform, id, code::module, "the TDX module is not signed by Intel", std::string(96, '0'),
             hex(td.mr_signer_seam));
  } else if (identity == nullptr) {
    out.undecided(Area::platform, id, code::collateral_missing,
                  "without TCB info the TDX module cannot be judged", "--collateral");
  } else {
    out.pass(Area::platform, id, "the TDX module is Intel's");
  }
}

void verify_quote(const VerifyInput& input, Findings& out) {
  const Result<intel::QuoteHead> head = intel::parse_quote_head(input.evidence);
  if (!head) {
    out.fail(Area::form, "intel.quote.format", head.error());
    return;
  }
  if (head->tee != intel::Tee::tdx) {
    out.fail(Area::form, "intel.quote.format", code::evidence_type_mismatch, "the quote is not for TDX");
    return;
  }
  state_claims(*head, out);
  const intel::Judged judged = intel::judge_quote(input, *head, Provider::intel_tdx, out);
  if (judged.chain.fields) state_platform(*judged.chain.fields, out);
  check_debug(head->td, input.options, out);
  check_attributes(head->td, input.options, out);
  check_xfam(head->td, out);
  check_service_td(head->td, input.options, out);
  check_module(head->td, judged.documents.tcb_info.content, out);
}

}  // namespace

void verify(const VerifyInput& input, Findings& out) {
  switch (form_of(input.evidence)) {
    case Form::local_report:
      out.fail(Area::form, "intel.quote.format", code::local_report,
               "a TDREPORT, which only its own CPU can authenticate");
      return;
    case Form::cwt:
      out.fail(Area::form, "intel.quote.format", code::quote_cwt, "unsupported quote format: CBOR Web Token");
      return;
    default: verify_quote(input, out);
  }
}

}  // namespace tee::tdx
