#include "providers/azure/maa_claims.h"

#include "providers/azure/codes.h"

namespace tee::azure {

namespace {

constexpr std::uint8_t kDebugBit = 0x01;  // TDX module 1.5 ABI, ATTRIBUTES: bit 0 DEBUG, in the first byte

void bytes(Claims& claims, const char* name, const std::optional<Bytes>& value) {
  if (value) claims[name] = *value;
}

std::optional<bool> debug_of(const TdxClaims& tdx) {
  const bool bit = tdx.td_attributes && (tdx.td_attributes->front() & kDebugBit);
  if (bit || tdx.attributes_debug == true || tdx.dbgstat == "enabled") return true;
  if (tdx.dbgstat == "disabled" && tdx.attributes_debug == false) return false;
  return std::nullopt;
}

}  // namespace

std::optional<bool> debug_state(const MaaToken& token) {
  std::optional<bool> hardware;
  if (token.snp) hardware = token.snp->debuggable;
  if (token.tdx) hardware = debug_of(*token.tdx);
  if (!token.guest_debug.empty()) return true;
  return hardware;
}

void state_maa_claims(const MaaToken& t, const std::string& issuer, Findings& out) {
  Claims& claims = out.claims;
  if (!issuer.empty()) claims["iss"] = issuer;
  if (t.tee_type) claims["attestation_type"] = *t.tee_type;
  if (t.compliance) claims["compliance_status"] = *t.compliance;
  bytes(claims, "policy_hash", t.policy_hash);
  bytes(claims, "user_data", t.hardware_runtime.user_data);
  if (const auto debug = debug_state(t)) claims["debug"] = *debug;
  if (t.snp) {
    bytes(claims, "measurement", t.snp->measurement);
    bytes(claims, "report_data", t.snp->report_data);
    bytes(claims, "host_data", t.snp->host_data);
    bytes(claims, "id_key_digest", t.snp->id_key_digest);
    bytes(claims, "author_key_digest", t.snp->author_key_digest);
    if (t.snp->guest_svn) claims["guest_svn"] = *t.snp->guest_svn;
    if (t.snp->vmpl) claims["vmpl"] = *t.snp->vmpl;
  }
  if (t.tdx) {
    bytes(claims, "measurement", t.tdx->mr_td);
    bytes(claims, "mr_td", t.tdx->mr_td);
    bytes(claims, "report_data", t.tdx->report_data);
  }
}

// user-data is a fixed field of the runtime data, so shorter values are padded with zeros. The service's own
// nonce claim and the client payload are texts.
void offer_binding(const MaaToken& t, Findings& out) {
  BindingSurface& b = out.binding;
  b.user_data = t.hardware_runtime.user_data;
  b.user_data_padded = true;
  b.nonce = b.user_data;
  b.nonce_padded = true;
  b.report_freshness = {"azure.report_freshness", &code::report_freshness};
  if (t.nonce) b.nonce_texts.push_back(*t.nonce);
  if (t.guest_runtime.client_nonce) b.nonce_texts.push_back(*t.guest_runtime.client_nonce);
  if (const auto& key = t.guest_runtime.encryption_key)
    b.public_key = crypto::encode_spki(*key);
  else if (const auto& inner = t.hardware_runtime.encryption_key)
    b.public_key = crypto::encode_spki(*inner);
}

}  // namespace tee::azure
