#include "mint/azure/maa_plans.h"

#include "base/encoding.h"

namespace tee::mint::azure {

namespace {

const std::string kIssuer = "https://sharedweu.weu.attest.azure.net";
const std::string kMeasurement(96, '4'), kMrTd(96, '6'), kNonce(128, 'd');
constexpr std::string_view kPolicyHash = "9NY0VnTQ-IiBriBplVUpFbczcDaEBUwsiFYAzHu_gco";

std::string report_data() { return std::string(64, '2') + std::string(64, '0'); }

Json runtime_key(const char* kid, const char* use) {
  Json key = token::jwk(token::second_key().public_key(), kid);
  key.erase("use");
  key.erase("alg");
  key["key_ops"] = Json::array({use});
  return key;
}

Json runtime() {
  return {{"keys", Json::array({runtime_key("HCLAkPub", "sign"), runtime_key("HCLEkPub", "encrypt")})},
          {"user-data", kNonce},
          {"vm-configuration",
           {{"secure-boot", true},
            {"tpm-enabled", true},
            {"vmUniqueId", "00000000-0000-0000-0000-000000000001"}}}};
}

Json snp_claims() {
  const std::string zeros(96, '0');
  return {{"x-ms-attestation-type", "sevsnpvm"},
          {"x-ms-compliance-status", "azure-compliant-cvm"},
          {"x-ms-runtime", runtime()},
          {"x-ms-sevsnpvm-authorkeydigest", zeros},
          {"x-ms-sevsnpvm-bootloader-svn", 10},
          {"x-ms-sevsnpvm-familyId", std::string(32, '0')},
          {"x-ms-sevsnpvm-guestsvn", 65549},
          {"x-ms-sevsnpvm-hostdata", std::string(64, '0')},
          {"x-ms-sevsnpvm-idkeydigest", std::string(96, '9')},
          {"x-ms-sevsnpvm-imageId", std::string(32, '0')},
          {"x-ms-sevsnpvm-is-debuggable", false},
          {"x-ms-sevsnpvm-launchmeasurement", kMeasurement},
          {"x-ms-sevsnpvm-microcode-svn", 88},
          {"x-ms-sevsnpvm-migration-allowed", false},
          {"x-ms-sevsnpvm-reportdata", report_data()},
          {"x-ms-sevsnpvm-reportid", std::string(64, 'e')},
          {"x-ms-sevsnpvm-snpfw-svn", 27},
          {"x-ms-sevsnpvm-tee-svn", 0},
          {"x-ms-sevsnpvm-vmpl", 0}};
}

Json tdx_claims() {
  Json c{{"x-ms-attestation-type", "tdxvm"},
         {"x-ms-compliance-status", "azure-compliant-cvm"},
         {"x-ms-runtime", runtime()},
         {"eat_profile", "https://aka.ms/maa-eat-profile-tdxvm"},
         {"intuse", "generic"},
         {"dbgstat", "disabled"},
         {"attester_tcb_status", "UpToDate"},
         {"tdx_mrtd", kMrTd},
         {"tdx_report_data", report_data()},
         {"tdx_td_attributes", "0000001000000000"},
         {"tdx_td_attributes_debug", false},
         {"tdx_td_attributes_migratable", false},
         {"tdx_td_attributes_septve_disable", true},
         {"tdx_xfam", "e718060000000000"}};
  for (const char* name : {"tdx_rtmr0", "tdx_rtmr1", "tdx_rtmr2", "tdx_rtmr3"})
    c[name] = std::string(96, '0');
  return c;
}

token::Plan plan(const Json& claims, const std::string& pin) {
  token::Plan p;
  p.issuer = kIssuer;
  p.provider = "azure_cvm";
  p.type = "azure_maa_token";
  p.kid = "rFl9xM+g7TvX63y0/seZtIn20MD5SYAnGblKFasau8I=";
  p.second_kid = "XxRc2vLh1E5FrsNawnRH3PzuFgqg3q7NvCdnjoJHBGE=";
  p.header = {{"alg", "RS256"}, {"jku", kIssuer + "/certs"}, {"kid", p.kid}, {"typ", "JWT"}};
  p.claims = claims;
  p.claims.update(Json{{"iss", kIssuer},
                       {"iat", token::kIssued},
                       {"nbf", token::kIssued},
                       {"exp", token::kIssued + 28'800},
                       {"jti", std::string(64, '1')},
                       {"x-ms-policy-hash", kPolicyHash},
                       {"x-ms-ver", "1.0"}});
  p.signer = &token::signing_key();
  p.keys = {token::jwk(token::signing_key().public_key(), p.kid),
            token::jwk(token::second_key().public_key(), p.second_kid)};
  p.flags = {"--nonce", kNonce,     "--expect",
             pin,       "--expect", "policy_hash=" + hex(from_base64(kPolicyHash, Base64::url).value())};
  return p;
}

}  // namespace

token::Plan snp_plan() { return plan(snp_claims(), "measurement=" + kMeasurement); }
token::Plan tdx_plan() { return plan(tdx_claims(), "mr_td=" + kMrTd); }

token::Plan guest_plan() {
  const Json outer{{"x-ms-attestation-type", "azurevm"},
                   {"secureboot", true},
                   {"x-ms-azurevm-attestation-protocol-ver", "2.0"},
                   {"x-ms-azurevm-attested-pcrs", Json::array({0, 1, 2, 3, 4, 5, 6, 7})},
                   {"x-ms-azurevm-bootdebug-enabled", false},
                   {"x-ms-azurevm-hypervisordebug-enabled", false},
                   {"x-ms-azurevm-kerneldebug-enabled", false},
                   {"x-ms-isolation-tee", snp_claims()},
                   {"x-ms-runtime",
                    {{"client-payload", {{"nonce", base64(from_hex(std::string(64, '3')).value())}}},
                     {"keys", Json::array({runtime_key("TpmEphemeralEncryptionKey", "encrypt")})}}}};
  return plan(outer, "measurement=" + kMeasurement);
}

}  // namespace tee::mint::azure
