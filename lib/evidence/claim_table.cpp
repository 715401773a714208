// The table of claims: names, kinds and lengths per evidence type.
#include <deque>
#include <string>
#include <vector>

#include "evidence/claims.h"

namespace tee {

namespace {

using Type = EvidenceType;
using Kind = ClaimKind;

struct Column {  // a row without its type
  std::string_view name;
  ClaimKind kind;
  std::size_t size = 0;
  bool identity = false;
  std::string_view what = {};
};

constexpr Column kEvery[] = {
    {"debug", Kind::boolean, 0, false, "the workload can be read or changed from outside"},
    {"firmware_version", Kind::text, 0, false,
     "version of the firmware that signed, as the vendor writes it"},
};

constexpr Column kSnp[] = {
    {"measurement", Kind::bytes, 48, true, "launch digest of the guest"},
    {"report_data", Kind::bytes, 64, false, "bytes that the guest chose"},
    {"host_data", Kind::bytes, 32, false, "bytes that the host chose at launch"},
    {"id_key_digest", Kind::bytes, 48, false, "SHA-384 of the key that signed the ID block"},
    {"author_key_digest", Kind::bytes, 48, false, "SHA-384 of the key that certified the ID key"},
    {"family_id", Kind::bytes, 16, false, "family id of the ID block"},
    {"image_id", Kind::bytes, 16, false, "image id of the ID block"},
    {"chip_id", Kind::bytes, 64, false, "identity of the chip; zero when masked"},
    {"report_id", Kind::bytes, 32, false, "identity of this run of the guest"},
    {"report_id_ma", Kind::bytes, 32, false, "report id of the migration agent; all ff without one"},
    {"guest_svn", Kind::integer, 0, false, "security version of the ID block"},
    {"policy", Kind::integer, 0, false, "guest policy bits"},
    {"vmpl", Kind::integer, 0, false, "privilege level that asked for the report"},
    {"version", Kind::integer, 0, false, "version of the report format"},
    {"platform_info", Kind::integer, 0, false, "platform information bits"},
    {"signing_key", Kind::text, 0, false, "vcek or vlek"},
    {"csp_id", Kind::text, 0, false, "cloud that the VLEK was given to"},
    {"product", Kind::text, 0, false, "product line, such as Milan"},
    {"cpuid_fms", Kind::bytes, 3, false, "CPU family, model and stepping"},
    {"current_tcb", Kind::json, 0, false, "TCB that runs now"},
    {"reported_tcb", Kind::json, 0, false, "TCB that the signing key was made for"},
    {"committed_tcb", Kind::json, 0, false, "TCB below which the host cannot go back"},
    {"launch_tcb", Kind::json, 0, false, "TCB at the launch of the guest"},
};

constexpr Column kTdx[] = {
    {"measurement", Kind::bytes, 48, true, "the same as mr_td"},
    {"mr_td", Kind::bytes, 48, true, "measurement of the TD at build time; firmware only"},
    {"rtmr0", Kind::bytes, 48, false, "run-time register 0: firmware configuration"},
    {"rtmr1", Kind::bytes, 48, true, "run-time register 1: boot loader and kernel"},
    {"rtmr2", Kind::bytes, 48, true, "run-time register 2: kernel command line, initrd, operating system"},
    {"rtmr3", Kind::bytes, 48, false, "run-time register 3: application"},
    {"report_data", Kind::bytes, 64, false, "bytes that the guest chose"},
    {"mr_config_id", Kind::bytes, 48, false, "configuration that the host named"},
    {"mr_owner", Kind::bytes, 48, false, "owner that the host named"},
    {"mr_owner_config", Kind::bytes, 48, false, "owner's configuration that the host named"},
    {"mr_seam", Kind::bytes, 48, false, "measurement of the TDX module"},
    {"mr_signer_seam", Kind::bytes, 48, false, "signer of the TDX module; zero for Intel's"},
    {"mr_servicetd", Kind::bytes, 48, false, "hash of bound service TDs; zero without one"},
    {"td_attributes", Kind::bytes, 8, false, "TD attributes, bytes as in the quote"},
    {"xfam", Kind::bytes, 8, false, "extended features, bytes as in the quote"},
    {"seam_attributes", Kind::bytes, 8, false, "attributes of the TDX module"},
    {"tee_tcb_svn", Kind::bytes, 16, false, "security versions of the TDX module"},
    {"qe_vendor_id", Kind::bytes, 16, false, "vendor of the quoting enclave"},
    {"fmspc", Kind::bytes, 6, false, "platform family, from the PCK certificate"},
    {"pce_id", Kind::bytes, 2, false, "id of the provisioning enclave"},
    {"ppid", Kind::bytes, 16, false, "identity of the platform, from the PCK certificate"},
    {"platform_instance_id", Kind::bytes, 16, false, "identity of the multi-package platform"},
};

constexpr Column kSgx[] = {
    {"measurement", Kind::bytes, 32, true, "the same as mr_enclave"},
    {"mr_enclave", Kind::bytes, 32, true, "measurement of the enclave"},
    {"mr_signer", Kind::bytes, 32, true, "hash of the signer's key; with isv_prod_id and isv_svn"},
    {"isv_prod_id", Kind::integer, 0, true, "product id that the signer gave"},
    {"isv_svn", Kind::integer, 0, true, "security version that the signer gave; >=N for a minimum"},
    {"report_data", Kind::bytes, 64, false, "bytes that the enclave chose"},
    {"attributes", Kind::bytes, 16, false, "enclave attributes"},
    {"misc_select", Kind::bytes, 4, false, "extended information bits"},
    {"config_id", Kind::bytes, 64, false, "configuration of the enclave (KSS)"},
    {"config_svn", Kind::integer, 0, false, "security version of the configuration (KSS)"},
    {"isv_family_id", Kind::bytes, 16, false, "family id (KSS)"},
    {"isv_ext_prod_id", Kind::bytes, 16, false, "extended product id (KSS)"},
    {"cpu_svn", Kind::bytes, 16, false, "security version of the CPU"},
    {"fmspc", Kind::bytes, 6, false, "platform family, from the PCK certificate"},
    {"pce_id", Kind::bytes, 2, false, "id of the provisioning enclave"},
};

constexpr Column kNitro[] = {
    {"measurement", Kind::bytes, 48, true, "the same as pcr0"},
    {"module_id", Kind::text, 0, false, "instance and enclave"},
    {"instance_id", Kind::text, 0, false, "parent instance, from module_id"},
    {"timestamp", Kind::text, 0, false, "signed time, RFC 3339"},
    {"nonce", Kind::bytes, 0, false, "nonce of the request"},
    {"user_data", Kind::bytes, 0, false, "bytes that the enclave chose"},
    {"public_key", Kind::bytes, 0, false, "key that the enclave chose, as it wrote it"},
};

constexpr Column kNitroTpm[] = {
    {"module_id", Kind::text, 0, false, "instance"},
    {"timestamp", Kind::text, 0, false, "signed time, RFC 3339"},
    {"nonce", Kind::bytes, 0, false, "nonce of the request"},
    {"user_data", Kind::bytes, 0, false, "bytes that the instance chose"},
    {"public_key", Kind::bytes, 0, false, "key that the instance chose, as it wrote it"},
};

constexpr Column kGcpToken[] = {
    {"measurement", Kind::bytes, 32, true, "the same as image_digest"},
    {"image_digest", Kind::bytes, 32, true, "digest of the container image; sha256: in front is allowed"},
    {"image_signer", Kind::text, 0, true, "id of a key that signed the image"},
    {"image_reference", Kind::text, 0, false, "name that the image was pulled by"},
    {"image_id", Kind::text, 0, false, "digest of the image configuration"},
    {"restart_policy", Kind::text, 0, false, "restart policy of the container"},
    {"args", Kind::json, 0, false, "command line of the container"},
    {"env", Kind::json, 0, false, "environment of the container"},
    {"env_override", Kind::json, 0, false, "environment that the operator of the VM set"},
    {"cmd_override", Kind::json, 0, false, "command line that the operator of the VM set"},
    {"aud", Kind::text, 0, false, "audience of the token"},
    {"iss", Kind::text, 0, false, "issuer of the token"},
    {"sub", Kind::text, 0, false, "VM that the token speaks of"},
    {"eat_nonce", Kind::text, 0, false, "nonce of the request, exact text"},
    {"dbgstat", Kind::text, 0, false, "debug state as Google writes it"},
    {"hwmodel", Kind::text, 0, false, "hardware model"},
    {"swname", Kind::text, 0, false, "name of the operating system image"},
    {"swversion", Kind::text, 0, false, "version of the operating system image"},
    {"secboot", Kind::boolean, 0, false, "Secure Boot was on"},
    {"support_attributes", Kind::json, 0, false, "LATEST, STABLE, USABLE, EXPERIMENTAL"},
    {"project_id", Kind::text, 0, false, "project of the VM"},
    {"zone", Kind::text, 0, false, "zone of the VM"},
    {"instance_id", Kind::text, 0, false, "id of the VM"},
    {"instance_name", Kind::text, 0, false, "name of the VM"},
    {"service_accounts", Kind::json, 0, false, "service accounts of the VM"},
    {"attester_tcb", Kind::json, 0, false, "technology behind the token"},
};

constexpr Column kEar[] = {
    {"status", Kind::text, 0, false, "worst status of all submodules: affirming, none, warning or contraindicated"},
    {"hardware_evidence", Kind::boolean, 0, false, "always false: this is another verifier's word about hardware"},
    {"policy_sha256", Kind::bytes, 32, false, "hash of the questions that the verifier was asked"},
    {"evidence_sha256", Kind::bytes, 32, false, "hash of the evidence that the verifier judged"},
    {"evidence_type", Kind::text, 0, false, "kind of that evidence"},
    {"verifier_developer", Kind::text, 0, false, "who made the verifier, in its own words"},
    {"verifier_build", Kind::text, 0, false, "name and version of the verifier, in its own words"},
    {"eat_profile", Kind::text, 0, false, "profile of the token; pinning it accepts one that is not known"},
    {"eat_nonce", Kind::text, 0, false, "nonce that the evidence answered, exact text"},
    {"aud", Kind::text, 0, false, "audience of the token"},
    {"iss", Kind::text, 0, false, "issuer of the token"},
};

constexpr Column kMaa[] = {
    {"measurement", Kind::bytes, 48, true, "launch measurement of the SNP guest, or mr_td"},
    {"mr_td", Kind::bytes, 48, true, "measurement of the TD"},
    {"iss", Kind::text, 0, false, "issuer of the token"},
    {"attestation_type", Kind::text, 0, false, "kind of evidence that the service saw"},
    {"compliance_status", Kind::text, 0, false, "whether Azure calls the VM compliant"},
    {"policy_hash", Kind::bytes, 32, false, "hash of the service's policy"},
    {"id_key_digest", Kind::bytes, 48, false, "SHA-384 of the key that signed the ID block"},
    {"author_key_digest", Kind::bytes, 48, false, "SHA-384 of the key that certified the ID key"},
    {"host_data", Kind::bytes, 32, false, "bytes that the host chose at launch"},
    {"report_data", Kind::bytes, 64, false, "report data of the hardware report"},
    {"user_data", Kind::bytes, 0, false, "runtime user data"},
    {"guest_svn", Kind::integer, 0, false, "security version of the ID block"},
    {"vmpl", Kind::integer, 0, false, "privilege level that asked for the report"},
};

constexpr Column kVtpm[] = {
    {"user_data", Kind::bytes, 0, false, "user data that the hardware report covers"},
    {"secure_boot", Kind::boolean, 0, false, "Secure Boot was on"},
    {"vm_unique_id", Kind::text, 0, false, "id of the VM"},
};

// What a replayed event log proves beside the registers (S17).
constexpr Column kEventLog[] = {
    {"event_digests", Kind::json, 0, false, "digests of the event log, in order, per register"},
    {"image_reference", Kind::text, 0, false, "container image by name, from the workload's log"},
    {"image_digest", Kind::bytes, 32, false, "container image, from the workload's log"},
    {"restart_policy", Kind::text, 0, false, "restart policy, from the workload's log"},
    {"args", Kind::json, 0, false, "arguments, from the workload's log"},
    {"env", Kind::json, 0, false, "environment, from the workload's log"},
    {"cmd_override", Kind::json, 0, false, "overridden arguments, from the workload's log"},
    {"env_override", Kind::json, 0, false, "overridden environment, from the workload's log"},
};
constexpr Column kSecureBoot[] = {
    {"secure_boot", Kind::boolean, 0, false, "Secure Boot was on, by the event log"}};

constexpr Column kNvidia[] = {
    {"ueid", Kind::text, 0, false, "identity of the device"},
    {"hwmodel", Kind::text, 0, false, "hardware model"},
    {"arch", Kind::text, 0, false, "architecture, such as HOPPER"},
    {"driver_version", Kind::text, 0, false, "version of the driver"},
    {"vbios_version", Kind::text, 0, false, "version of the VBIOS"},
    {"nonce", Kind::bytes, 32, false, "nonce of the request"},
    {"fwid", Kind::bytes, 48, false, "hash of the firmware that the device key is tied to"},
    {"cc_mode", Kind::text, 0, false, "confidential computing mode"},
    {"measurements_match", Kind::boolean, 0, false, "all measurements are among the reference values"},
};

class Builder {
 public:
  void add(Type type, std::span<const Column> columns) {
    for (const Column& c : columns) add(type, c);
  }
  void add_pcrs(Type type, const std::string& prefix, unsigned from, unsigned to, std::size_t size,
                unsigned identities, std::string_view what) {
    for (unsigned i = from; i <= to; ++i) {
      names_.push_back(prefix + std::to_string(i));
      add(type, {names_.back(), Kind::bytes, size, i < identities, what});
    }
  }
  std::vector<ClaimRow> rows;

 private:
  void add(Type type, const Column& c) { rows.push_back({type, c.name, c.kind, c.size, c.identity, c.what}); }
  inline static std::deque<std::string> names_;  // keeps its elements in place: rows point at them
};

// Quotes of a virtual TPM carry the report of the CPU below; its names are the same.
void add_vtpm(Builder& b, Type type) {
  b.add(type, kVtpm);
  if (type != Type::tpm_quote) {
    b.add(type, kSnp);
    for (const Column& c : kTdx)
      if (c.name != "measurement" && c.name != "report_data")
        b.add(type, {&c, 1});  // these stand among the SNP names
  }
  for (const std::size_t size :
       {std::size_t{20}, std::size_t{32}, std::size_t{48}})  // SHA-1, SHA-256, SHA-384 bank
    b.add_pcrs(type, "pcr", 0, 23, size, 16, "platform configuration register");
}

std::vector<ClaimRow> build() {
  Builder b;
  for (Type t : all_evidence_types()) b.add(t, kEvery);
  b.add(Type::sev_snp_report, kSnp);
  b.add(Type::tdx_quote, kTdx);
  b.add(Type::tdx_quote, kSecureBoot);
  for (Type t : {Type::tdx_quote, Type::azure_vtpm, Type::gce_vtpm, Type::tpm_quote}) b.add(t, kEventLog);
  b.add(Type::sgx_quote, kSgx);
  b.add(Type::nitro_document, kNitro);
  b.add_pcrs(Type::nitro_document, "pcr", 0, 31, 48, 1, "platform configuration register of the enclave");
  b.add(Type::nitrotpm_document, kNitroTpm);
  b.add_pcrs(Type::nitrotpm_document, "nitrotpm_pcr", 0, 31, 48, 0,
             "platform configuration register of the instance");
  b.add(Type::gcp_confidential_token, kGcpToken);
  b.add(Type::azure_maa_token, kMaa);
  b.add(Type::ear, kEar);
  add_vtpm(b, Type::azure_vtpm);
  add_vtpm(b, Type::gce_vtpm);
  add_vtpm(b, Type::tpm_quote);
  b.add(Type::nvidia_gpu_report, kNvidia);
  b.add(Type::nvidia_nras_token, kNvidia);
  return std::move(b.rows);
}

}  // namespace

std::span<const ClaimRow> claim_table() {
  static const std::vector<ClaimRow> rows = build();
  return rows;
}

}  // namespace tee
