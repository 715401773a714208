#include "providers/sgx/claims.h"

#include "providers/shared/intel_dcap/describe.h"

namespace tee::sgx {

void state_claims(const intel::QuoteHead& head, Findings& out) {
  const intel::EnclaveReport& r = head.enclave;
  Claims& claims = out.claims;
  intel::state_common_claims(head, out);
  claims["measurement"] = to_bytes(r.mr_enclave);
  claims["mr_enclave"] = to_bytes(r.mr_enclave);
  claims["mr_signer"] = to_bytes(r.mr_signer);
  claims["isv_prod_id"] = std::uint64_t{r.isv_prod_id};
  claims["isv_svn"] = std::uint64_t{r.isv_svn};
  claims["attributes"] = to_bytes(r.attributes);
  claims["misc_select"] = to_bytes(r.misc_select);
  claims["config_id"] = to_bytes(r.config_id);
  claims["config_svn"] = std::uint64_t{r.config_svn};
  claims["isv_family_id"] = to_bytes(r.isv_family_id);
  claims["isv_ext_prod_id"] = to_bytes(r.isv_ext_prod_id);
  claims["cpu_svn"] = to_bytes(r.cpu_svn);
  claims["debug"] = r.debug();
}

void state_platform(const intel::PckFields& fields, Findings& out) {
  out.claims["fmspc"] = to_bytes(fields.fmspc);
  out.claims["pce_id"] = to_bytes(fields.pce_id);
  out.vendor["pck"] = intel::describe(fields);
}

}  // namespace tee::sgx
