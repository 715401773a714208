#include "providers/shared/intel_dcap/describe.h"

#include "base/encoding.h"
#include "crypto/x509.h"

namespace tee::intel {

namespace {

Json flag_or_null(const std::optional<bool>& b) { return b ? Json(*b) : Json(nullptr); }

Json describe_certificate(const crypto::Certificate& c) {
  Json out{{"subject", printable(c.subject_text())},
           {"issuer", printable(c.issuer_text())},
           {"serial", c.serial_hex()},
           {"not_before", rfc3339(c.not_before)},
           {"not_after", rfc3339(c.not_after)},
           {"key", c.key ? crypto::describe(*c.key) : printable(c.key_problem)},
           {"sha256", hex(c.fingerprint())}};
  if (const crypto::Extension* extension = c.extension(kSgxExtensionOid)) {
    const Result<PckFields> fields = parse_pck_extension(extension->value);
    out["sgx_extension"] = fields ? describe(*fields) : Json{{"error", printable(fields.error().message)}};
  }
  return out;
}

std::string_view certification_name(std::uint16_t type) {
  switch (type) {
    case certification::kPpidPlain: return "PPID in clear text";
    case certification::kPpidRsa2048: return "PPID encrypted with RSA-2048";
    case certification::kPpidRsa3072: return "PPID encrypted with RSA-3072";
    case certification::kPckLeaf: return "PCK certificate";
    case certification::kPckChain: return "PCK certificate chain";
    default: return "?";
  }
}

Json describe_certification(const SignatureData& data) {
  Json out{{"type", data.certification_type},
           {"name", certification_name(data.certification_type)},
           {"bytes", data.certification_data.size()}};
  if (const auto request = parse_pck_request(data)) {
    out["cpu_svn"] = hex(request->cpu_svn);
    out["pce_svn"] = request->pce_svn;
    out["pce_id"] = request->pce_id;
    if (request->ppid) out["ppid"] = hex(*request->ppid);
  }
  if (data.certification_type < certification::kPckLeaf) return out;
  const auto certificates = crypto::parse_certificates(data.certification_data);
  if (!certificates) {
    out["error"] = printable(certificates.error().message);
    return out;
  }
  Json& list = out["certificates"] = Json::array();
  for (const crypto::Certificate& c : *certificates) list.push_back(describe_certificate(c));
  return out;
}

Json describe_signature_data(const SignatureData& data) {
  return {{"signature_bytes", data.signature.size()},
          {"attestation_key", hex(data.attestation_key)},
          {"qe_report", describe(data.qe_report)},
          {"qe_report_signature_bytes", data.qe_report_signature.size()},
          {"qe_auth_data", hex(data.qe_auth_data)},
          {"certification", describe_certification(data)}};
}

void add_extended(const Td15ExtendedFields& f, Json& to) {
  to["vm_id"] = f.vm_id;
  to["td_id"] = hex(f.td_id);
  to["device_info"] = hex(f.device_info);
  to["init_servicetd_hash"] = hex(f.init_servicetd_hash);
  to["init_servicetd_attributes"] = hex(f.init_servicetd_attributes);
  to["init_cpu_svn"] = hex(f.init_cpu_svn);
  to["init_tee_tcb_svn"] = hex(f.init_tee_tcb_svn);
  to["init_fmspc"] = hex(f.init_fmspc);
  to["servicetd_hash"] = hex(f.servicetd_hash);
  to["servicetd_attributes"] = hex(f.servicetd_attributes);
}

}  // namespace

Json describe(const EnclaveReport& r) {
  return {{"cpu_svn", hex(r.cpu_svn)},
          {"misc_select", hex(r.misc_select)},
          {"attributes", hex(r.attributes)},
          {"debug", r.debug()},
          {"mr_enclave", hex(r.mr_enclave)},
          {"mr_signer", hex(r.mr_signer)},
          {"isv_prod_id", r.isv_prod_id},
          {"isv_svn", r.isv_svn},
          {"isv_ext_prod_id", hex(r.isv_ext_prod_id)},
          {"isv_family_id", hex(r.isv_family_id)},
          {"config_id", hex(r.config_id)},
          {"config_svn", r.config_svn},
          {"report_data", hex(r.report_data)}};
}

Json describe(const TdReport& r) {
  Json out{{"tee_tcb_svn", hex(r.tee_tcb_svn)},
           {"mr_seam", hex(r.mr_seam)},
           {"mr_signer_seam", hex(r.mr_signer_seam)},
           {"seam_attributes", hex(r.seam_attributes)},
           {"td_attributes", hex(r.td_attributes)},
           {"xfam", hex(r.xfam)},
           {"mr_td", hex(r.mr_td)},
           {"mr_config_id", hex(r.mr_config_id)},
           {"mr_owner", hex(r.mr_owner)},
           {"mr_owner_config", hex(r.mr_owner_config)},
           {"report_data", hex(r.report_data)}};
  for (std::size_t i = 0; i < r.rtmr.size(); ++i) out["rtmr" + std::to_string(i)] = hex(r.rtmr[i]);
  if (r.td15) {
    out["tee_tcb_svn2"] = hex(r.td15->tee_tcb_svn2);
    out["mr_servicetd"] = hex(r.td15->mr_servicetd);
  }
  if (r.extended) add_extended(*r.extended, out);
  return out;
}

Json describe(const QuoteHeader& h) {
  Json out{{"version", h.version},
           {"attestation_key_type", h.key_type},
           {"tee_type", h.tee_type},
           {"qe_vendor_id", hex(h.vendor_id)},
           {"user_data", hex(h.user_data)}};
  if (h.version == 3) {
    out["qe_svn"] = h.qe_svn;
    out["pce_svn"] = h.pce_svn;
  }
  return out;
}

Json describe(const PckFields& f) {
  Json out{{"ppid", hex(f.ppid)},
           {"sgx_components", hex(f.components)},
           {"pce_svn", f.pce_svn},
           {"cpu_svn", hex(f.cpu_svn)},
           {"pce_id", hex(f.pce_id)},
           {"fmspc", hex(f.fmspc)},
           {"sgx_type", sgx_type_text(f.sgx_type)}};
  if (f.platform_instance_id) out["platform_instance_id"] = hex(*f.platform_instance_id);
  if (f.configuration)
    out["configuration"] = {{"dynamic_platform", flag_or_null(f.configuration->dynamic_platform)},
                            {"cached_keys", flag_or_null(f.configuration->cached_keys)},
                            {"smt_enabled", flag_or_null(f.configuration->smt_enabled)}};
  return out;
}

Json describe_head(const QuoteHead& head) {
  return {{"header", describe(head.header)},
          {"body", head.tee == Tee::tdx ? describe(head.td) : describe(head.enclave)},
          {"body_bytes", head.tee == Tee::tdx ? head.td.raw.size() : head.enclave.raw.size()},
          {"signed_bytes", head.signed_bytes.size()}};
}

Result<Json> inspect_quote(ByteView evidence) {
  TEE_TRY(const QuoteHead head, parse_quote_head(evidence));
  Json out = describe_head(head);
  TEE_TRY(const SignatureData data, parse_signature_data(evidence, head));
  out["signature_data"] = describe_signature_data(data);
  out["trailing_bytes"] = evidence.size() - data.quote_size;
  return out;
}

void state_common_claims(const QuoteHead& head, Findings& out) {
  out.claims["report_data"] = to_bytes(head.report_data());
  out.binding.report_data = to_bytes(head.report_data());
  out.vendor = describe_head(head);
}

}  // namespace tee::intel
