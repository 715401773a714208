#include "providers/tdx/claims.h"

#include "base/encoding.h"
#include "providers/shared/intel_dcap/describe.h"
#include "providers/shared/intel_dcap/tcb_evaluate.h"
#include "providers/tdx/evidence.h"

namespace tee::tdx {

namespace {

// The TDX module's version as its identity is called, "TDX_01", with its security version.
std::string module_text(const intel::Svn16& svn) {
  const std::uint8_t major[] = {svn[intel::kModuleMajor]};
  return "TDX module " + hex(major) + ", SVN " + std::to_string(svn[intel::kModuleSvn]);
}

}  // namespace

void state_claims(const intel::QuoteHead& head, Findings& out) {
  const intel::TdReport& r = head.td;
  Claims& claims = out.claims;
  intel::state_common_claims(head, out);
  claims["measurement"] = to_bytes(r.mr_td);
  claims["mr_td"] = to_bytes(r.mr_td);
  for (std::size_t i = 0; i < r.rtmr.size(); ++i) claims["rtmr" + std::to_string(i)] = to_bytes(r.rtmr[i]);
  claims["mr_config_id"] = to_bytes(r.mr_config_id);
  claims["mr_owner"] = to_bytes(r.mr_owner);
  claims["mr_owner_config"] = to_bytes(r.mr_owner_config);
  claims["mr_seam"] = to_bytes(r.mr_seam);
  claims["mr_signer_seam"] = to_bytes(r.mr_signer_seam);
  claims["seam_attributes"] = to_bytes(r.seam_attributes);
  claims["td_attributes"] = to_bytes(r.td_attributes);
  claims["xfam"] = to_bytes(r.xfam);
  claims["tee_tcb_svn"] = to_bytes(r.tee_tcb_svn);
  claims["qe_vendor_id"] = to_bytes(head.header.vendor_id);
  claims["debug"] = (number(r.td_attributes) & attribute::kDebug) != 0;
  claims["firmware_version"] = module_text(r.td15 ? r.td15->tee_tcb_svn2 : r.tee_tcb_svn);
  if (r.td15) claims["mr_servicetd"] = to_bytes(r.td15->mr_servicetd);
}

void state_platform(const intel::PckFields& fields, Findings& out) {
  Claims& claims = out.claims;
  claims["fmspc"] = to_bytes(fields.fmspc);
  claims["pce_id"] = to_bytes(fields.pce_id);
  claims["ppid"] = to_bytes(fields.ppid);
  if (fields.platform_instance_id) claims["platform_instance_id"] = to_bytes(*fields.platform_instance_id);
  out.vendor["pck"] = intel::describe(fields);
}

}  // namespace tee::tdx
