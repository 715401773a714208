#include "providers/azure/maa_evidence.h"

#include <algorithm>

#include "base/encoding.h"
#include "providers/shared/token/jwks.h"

namespace tee::azure {

namespace {

using token::Members;

SnpClaims parse_snp(const Members& in) {
  SnpClaims out;
  out.measurement = in.hex_bytes("x-ms-sevsnpvm-launchmeasurement", 48);
  out.report_data = in.hex_bytes("x-ms-sevsnpvm-reportdata", 64);
  out.host_data = in.hex_bytes("x-ms-sevsnpvm-hostdata", 32);
  out.id_key_digest = in.hex_bytes("x-ms-sevsnpvm-idkeydigest", 48);
  out.author_key_digest = in.hex_bytes("x-ms-sevsnpvm-authorkeydigest", 48);
  out.guest_svn = in.integer("x-ms-sevsnpvm-guestsvn");
  out.vmpl = in.integer("x-ms-sevsnpvm-vmpl");
  out.debuggable = in.truth("x-ms-sevsnpvm-is-debuggable");
  out.migration_allowed = in.truth("x-ms-sevsnpvm-migration-allowed");
  static constexpr std::pair<const char*, const char*> kComponents[] = {
      {"bl", "x-ms-sevsnpvm-bootloader-svn"},
      {"tee", "x-ms-sevsnpvm-tee-svn"},
      {"snp", "x-ms-sevsnpvm-snpfw-svn"},
      {"ucode", "x-ms-sevsnpvm-microcode-svn"}};
  for (const auto& [name, claim] : kComponents)
    if (const auto value = in.integer(claim)) out.tcb[name] = *value;
  return out;
}

TdxClaims parse_tdx(const Members& in) {
  TdxClaims out;
  out.mr_td = in.hex_bytes("tdx_mrtd", 48);
  out.report_data = in.hex_bytes("tdx_report_data", 64);
  out.td_attributes = in.hex_bytes("tdx_td_attributes", 8);
  out.attributes_debug = in.truth("tdx_td_attributes_debug");
  out.attributes_migratable = in.truth("tdx_td_attributes_migratable");
  out.dbgstat = in.text("dbgstat");
  out.tcb_status = in.text("attester_tcb_status");
  return out;
}

bool for_encryption(const Json& jwk) {
  const Json* ops = json::find(jwk, "key_ops");
  return ops && ops->is_array() && std::find(ops->begin(), ops->end(), "encrypt") != ops->end();
}

// Key Vault wraps for the first key of the list that is meant for encryption.
std::optional<crypto::PublicKey> encryption_key(const Json& runtime) {
  const Json* keys = json::find(runtime, "keys");
  if (!keys || !keys->is_array()) return std::nullopt;
  const auto first = std::find_if(keys->begin(), keys->end(), for_encryption);
  if (first == keys->end()) return std::nullopt;
  Result<crypto::PublicKey> key = token::key_of_jwk(*first);
  return key ? std::optional(*std::move(key)) : std::nullopt;
}

// The caller of the service composes this object, so members that do not look like a paravisor's are nobody's
// fault.
Runtime parse_runtime(const Json& object) {
  Runtime out;
  out.present = true;
  if (const auto text = json::text_of(object, "user-data")) {
    if (Result<Bytes> bytes = from_hex(*text); bytes && !bytes->empty()) out.user_data = *std::move(bytes);
  }
  if (const Json* payload = json::find(object, "client-payload"))
    out.client_nonce = json::text_of(*payload, "nonce");
  out.encryption_key = encryption_key(object);
  return out;
}

// A number in some callers' requests, a text in the reference.
std::optional<std::string> nonce_of(const Json& claims, const Members& in) {
  const Json* nonce = json::find(claims, "nonce");
  if (nonce && nonce->is_number_unsigned()) return std::to_string(nonce->get<std::uint64_t>());
  return in.text("nonce");
}

Texts debug_facilities(const Json& claims, const Members& in) {
  Texts out;
  for (const char* name : {"x-ms-azurevm-bootdebug-enabled", "x-ms-azurevm-hypervisordebug-enabled",
                           "x-ms-azurevm-kerneldebug-enabled"})
    if (claims.contains(name) && in.truth(name) != false) out.emplace_back(name);
  return out;
}

}  // namespace

MaaToken parse_maa_claims(const Json& claims) {
  MaaToken out;
  const Members in(claims, "", out.problems);
  out.type = in.text("x-ms-attestation-type");
  out.policy_hash = in.base64url_bytes("x-ms-policy-hash", 32);
  out.nonce = nonce_of(claims, in);
  out.guest_debug = debug_facilities(claims, in);
  if (const Json* runtime = in.object("x-ms-runtime")) out.guest_runtime = parse_runtime(*runtime);

  const bool nested = out.type == "azurevm";
  const Json* hardware = nested ? in.object("x-ms-isolation-tee") : &claims;
  if (!hardware) return out;
  const std::string path = nested ? "x-ms-isolation-tee." : "";
  const Members tee(*hardware, path, out.problems);
  out.tee_type = tee.text("x-ms-attestation-type");
  out.compliance = tee.text("x-ms-compliance-status");
  if (!nested)
    out.hardware_runtime = out.guest_runtime;
  else if (const Json* runtime = tee.object("x-ms-runtime"))
    out.hardware_runtime = parse_runtime(*runtime);
  if (out.tee_type == "sevsnpvm") out.snp = parse_snp(tee);
  if (out.tee_type == "tdxvm") out.tdx = parse_tdx(tee);
  return out;
}

}  // namespace tee::azure
