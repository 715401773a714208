#include "verify/shape.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "codec/jwt.h"
#include "codec/pem.h"
#include "evidence/codes.h"
#include "evidence/collateral.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

std::uint32_t u32le_at(ByteView b, std::size_t offset) { return Cursor(b.subspan(offset)).u32le(); }

bool contains(ByteView b, std::string_view what) { return as_text(b).find(what) != std::string_view::npos; }

// AMD SEV-SNP ABI 56860, table 23: version at 0, signature algorithm at 0x34; section 7.3: a response holds
// it at 0x20.
bool snp_report(ByteView b) {
  const auto report = [](ByteView r) {
    return r.size() >= 1184 && u32le_at(r, 0) >= 2 && u32le_at(r, 0) <= 5 && u32le_at(r, 0x34) == 1;
  };
  return report(b) || (b.size() == 4000 && report(b.subspan(0x20)));
}

// Intel DCAP quote header: version at 0, key type at 2, TEE type at 4, QE vendor id at 12.
constexpr std::uint8_t kIntelVendor[] = {0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9,
                                         0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07};
bool intel_quote(ByteView b) { return b.size() >= 48 && equal(b.subspan(12, 16), kIntelVendor); }
bool tdx_quote(ByteView b) { return intel_quote(b) && u32le_at(b, 4) == 0x81; }
bool sgx_quote(ByteView b) { return intel_quote(b) && u32le_at(b, 4) != 0x81; }

// COSE_Sign1 (RFC 9052), tagged or not, with a protected header of ES384 as the Nitro security module writes
// it.
bool cose_message(ByteView b) {
  if (!b.empty() && b[0] == 0xd2) b = b.subspan(1);
  return b.size() > 8 && b[0] == 0x84 && (b[1] >> 5) == 2;
}
bool nitro_document(ByteView b) {
  return cose_message(b) && contains(b, "module_id") && contains(b, "cabundle");
}

// SPDM 1.1 GET_MEASUREMENTS and the answer to it, or the evidence JSON and detached EAT of NVIDIA's services.
bool nvidia_evidence(ByteView b) {
  if (b.size() > 45 && b[0] == 0x11 && b[1] == 0xe0 && b[37] == 0x11 && b[38] == 0x60) return true;
  if (b.empty() || (b[0] != '[' && b[0] != '{')) return false;
  return (contains(b, "\"evidence\"") && contains(b, "\"certificate\"")) ||
         (b[0] == '[' && contains(b, "\"JWT\""));
}

// The HCL report of Azure's paravisor, or the JSON forms around it.
bool azure_evidence(ByteView b) {
  if (as_text(b).starts_with("HCLA")) return true;
  const bool quote = contains(b, "\"tpm_quote\"") || (contains(b, "\"quote\"") && contains(b, "\"pcrs\""));
  return !b.empty() && b[0] == '{' && quote && (contains(b, "\"hcl_report\"") || contains(b, "\"report\""));
}

// go-tpm-tools' attestation of a vTPM.
bool gce_evidence(ByteView b) {
  return !b.empty() && b[0] == '{' && contains(b, "\"quotes\"") &&
         (contains(b, "\"akPub\"") || contains(b, "\"ak_pub_tpmt_public_hex\""));
}

// The claims of a token as text; empty when the bytes are no token.
std::string token_claims(ByteView b) {
  if (!jwt::looks_compact(b)) return {};
  const std::string_view text = jwt::without_line_end(b);
  const std::size_t dot = text.find('.');
  const Result<Bytes> claims = from_base64_lenient(text.substr(dot + 1, text.rfind('.') - dot - 1));
  return claims ? std::string(as_text(*claims)) : std::string();
}

std::optional<Provider> token_provider(ByteView b) {
  const std::string claims = token_claims(b);
  const auto mentions = [&](std::string_view what) { return claims.find(what) != std::string::npos; };
  if (mentions("confidentialcomputing.googleapis.com")) return Provider::gcp_confidential;
  if (mentions(".attest.azure.net") || mentions("\"x-ms-")) return Provider::azure_cvm;
  if (mentions(".attestation.nvidia.com") || mentions("\"x-nvidia-")) return Provider::nvidia_gpu;
  return std::nullopt;
}

struct Shape {
  Provider provider;
  bool (*fits)(ByteView);
};
constexpr Shape kShapes[] = {
    {Provider::amd_sev_snp, snp_report},    {Provider::intel_tdx, tdx_quote},
    {Provider::intel_sgx, sgx_quote},       {Provider::aws_nitro, nitro_document},
    {Provider::azure_cvm, azure_evidence},  {Provider::gcp_confidential, gce_evidence},
    {Provider::nvidia_gpu, nvidia_evidence}};

// A CBOR Web Token (RFC 8392): tag 61, or a COSE message that is no attestation document.
bool cbor_token(ByteView b) { return (b.size() > 2 && b[0] == 0xd8 && b[1] == 0x3d) || cose_message(b); }

Error no_evidence(const Code& code, std::string message, std::string hint = {}) {
  return Error(code, std::move(message), std::move(hint));
}

}  // namespace

std::optional<Provider> absent_provider(ByteView bytes) {
  if (const auto provider = token_provider(bytes)) {
    if (!provider_built(*provider)) return provider;
    return std::nullopt;
  }
  for (const Shape& s : kShapes)
    if (!provider_built(s.provider) && s.fits(bytes)) return s.provider;
  return std::nullopt;
}

Error why_no_evidence(ByteView bytes) {
  if (bytes.empty())
    return no_evidence(code::evidence_unrecognised, "evidence is expected, but the input is empty");
  // TDREPORT (Intel TDX module ABI, REPORTMACSTRUCT): 1024 bytes, type 0x81.
  if (bytes.size() == 1024 && bytes[0] == 0x81)
    return no_evidence(code::evidence_unsupported,
                       "this is a TDREPORT, which only the CPU that made it can check",
                       "a quote is needed: have the TDREPORT signed by the quoting enclave");
  if (cbor_token(bytes))
    return no_evidence(code::evidence_unsupported,
                       "this is a quote as CBOR Web Token (CWT), which is not supported");
  if (contains(bytes.first(std::min<std::size_t>(bytes.size(), 128)), "Spec ID Event03"))
    return no_evidence(code::evidence_unrecognised,
                       "this is an event log, which says nothing without a quote over it");
  if (jwt::looks_compact(bytes))
    return no_evidence(code::evidence_unrecognised, "this is a token, but of no known attestation service");
  if (read_collateral(bytes, "input", Origin::supplied))
    return no_evidence(code::evidence_unrecognised, "this is collateral, not evidence",
                       "give it with --collateral beside the evidence");
  if (pem::looks_like_pem(as_text(bytes)))
    return no_evidence(code::evidence_unrecognised, "this is PEM text, not evidence");
  return no_evidence(code::evidence_unrecognised, "the input is no evidence of any known kind");
}

}  // namespace tee::verify
