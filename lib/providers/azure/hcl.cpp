#include "providers/azure/hcl.h"

#include "base/encoding.h"
#include "crypto/digest.h"

namespace tee::azure {

namespace {

constexpr std::size_t kHardwareBytes = 1184, kTdReportBytes = 1024, kRequestHead = 20, kReportDataBytes = 64;
constexpr std::size_t kSnpReportDataAt = 0x50, kTdReportDataAt = 128;
constexpr std::uint32_t kAkCertRequest = 2, kRequestVersion = 1, kTypeSnp = 2, kTypeTdx = 4, kHashSha256 = 1;

auto malformed(std::string what) { return fail(code::input_malformed, "HCL report: " + std::move(what)); }

// Attestation header: signature, version, report size, request type, status, reserved.
Status parse_header(Cursor& in) {
  if (as_text(in.take(4)) != "HCLA") return malformed("it does not begin with HCLA");
  const std::uint32_t version = in.u32le();
  in.skip(4);
  const std::uint32_t request = in.u32le();
  in.skip(16);
  if (!in.ok()) return malformed("it ends inside its header");
  if (version != 1 && version != 2) return malformed("its header has an unknown version");
  if (request != kAkCertRequest) return malformed("it was made for another purpose than the attestation key");
  return {};
}

Result<crypto::PublicKey> rsa_from_jwk(const Json& jwk) {
  const auto n = json::text_of(jwk, "n"), e = json::text_of(jwk, "e");
  if (json::text_of(jwk, "kty") != "RSA" || !n || !e) return malformed("the attestation key is no RSA key");
  const auto modulus = from_base64(*n, Base64::url), exponent = from_base64(*e, Base64::url);
  if (!modulus || !exponent) return malformed("the attestation key's numbers are not base64url");
  if (*exponent != Bytes{1, 0, 1}) return malformed("the attestation key has another exponent than 65537");
  TEE_TRY(crypto::PublicKey key, crypto::rsa_key(*modulus, *exponent));
  if (key.rsa()->bits() < 2048) return malformed("the attestation key is shorter than 2048 bits");
  return key;
}

// By its name, never by position: the encryption key stands beside it.
Result<crypto::PublicKey> find_attestation_key(const Json& document) {
  const Json* keys = json::find(document, "keys");
  if (!keys || !keys->is_array()) return malformed("the runtime data lists no keys");
  const Json* found = nullptr;
  for (const Json& jwk : *keys) {
    if (json::text_of(jwk, "kid") != "HCLAkPub") continue;
    if (found) return malformed("the runtime data has two attestation keys");
    found = &jwk;
  }
  if (!found) return malformed("the runtime data has no attestation key");
  return rsa_from_jwk(*found);
}

}  // namespace

Result<HclReport> parse_hcl(ByteView bytes) {
  Cursor in(bytes);
  TEE_CHECK(parse_header(in));
  const ByteView hardware = in.take(kHardwareBytes);
  const std::uint32_t data_size = in.u32le(), version = in.u32le(), type = in.u32le(), hash = in.u32le(), size = in.u32le();
  const ByteView runtime = in.take(size);
  if (!in.ok()) return malformed("a size reaches past its end");
  if (version != kRequestVersion) return malformed("its request data has an unknown version");
  if (type != kTypeSnp && type != kTypeTdx) return malformed("its hardware is neither SNP nor TDX");
  if (hash != kHashSha256) return malformed("its runtime data is not bound with SHA-256");
  if (size == 0 || data_size != kRequestHead + size) return malformed("its sizes disagree");
  if (!all_zero(in.rest())) return malformed("bytes other than zero follow the runtime data");
  HclReport r;
  r.hardware = type == kTypeSnp ? Hardware::snp : Hardware::tdx;
  r.hardware_report = type == kTypeSnp ? hardware : hardware.first(kTdReportBytes);
  r.report_data = hardware.subspan(type == kTypeSnp ? kSnpReportDataAt : kTdReportDataAt, kReportDataBytes);
  r.runtime_data = runtime;
  return r;
}

bool binds_runtime_data(const HclReport& r) {
  return equal(crypto::sha256(r.runtime_data), r.report_data.first(32)) && all_zero(r.report_data.subspan(32));
}

Result<RuntimeData> parse_runtime_data(ByteView text) {
  TEE_TRY(Json document, json::parse(as_text(text)));
  if (!document.is_object()) return malformed("the runtime data is no object");
  RuntimeData out;
  TEE_TRY(out.attestation_key, find_attestation_key(document));
  if (const auto user_data = json::text_of(document, "user-data")) {
    const auto bytes = from_hex(*user_data);
    if (!bytes || bytes->size() != kReportDataBytes) return malformed("its user-data is not 64 bytes of hex");
    out.user_data = *bytes;
  }
  if (const Json* vm = json::find(document, "vm-configuration")) {
    if (const Json* secure = json::find(*vm, "secure-boot"); secure && secure->is_boolean()) out.secure_boot = secure->get<bool>();
    out.vm_unique_id = json::text_of(*vm, "vmUniqueId").value_or("");
  }
  out.document = std::move(document);
  return out;
}

}  // namespace tee::azure
