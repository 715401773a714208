#include "providers/gcp/vtpm_evidence.h"

#include "base/encoding.h"
#include "codec/der.h"
#include "providers/shared/vtpm/json.h"

namespace tee::gcp {

namespace {

using vtpm::Encoding;

constexpr std::string_view kInstanceOid = "1.3.6.1.4.1.11129.2.1.21";
constexpr std::size_t kMostQuotes = 8, kMostIntermediates = 8;

// The names of one form.
struct Names {
  Encoding encoding;
  std::string_view ak, certificate, attest, signature;
};
constexpr Names kProto{Encoding::base64, "akPub", "akCert", "quote", "rawSig"};
constexpr Names kHex{Encoding::hex, "ak_pub_tpmt_public_hex", "ak_cert_der_hex", "tpms_attest_hex",
                     "tpmt_signature_hex"};

auto malformed(std::string what) {
  return fail(code::input_malformed, "vTPM attestation: " + std::move(what));
}

Result<BankQuote> parse_quote(const Json& object, const Names& names) {
  BankQuote out;
  TEE_TRY(out.attest, vtpm::bytes_of(object, names.attest, names.encoding));
  TEE_TRY(const Bytes signature, vtpm::bytes_of(object, names.signature, names.encoding));
  TEE_TRY(out.signature, vtpm::parse_signature(signature));
  // protojson: {"hash": "SHA256", "pcrs": {"0": …}}. The bank is taken from the signed bytes.
  const Json* values = json::find(object, "pcrs");
  const bool nested = values && json::find(*values, "pcrs") != nullptr;
  TEE_TRY(out.pcrs, vtpm::pcrs_of(nested ? *values : object, "pcrs", names.encoding));
  return out;
}

Result<crypto::Certificate> parse_der(ByteView der) { return crypto::parse_certificate(der); }

Status parse_certificates(const Json& document, const Names& names, VtpmAttestation& out) {
  if (const Json* own = json::find(document, names.certificate); own && *own != "") {
    TEE_TRY(const Bytes der, vtpm::bytes_of(document, names.certificate, names.encoding));
    TEE_TRY(out.certificate, parse_der(der));
  }
  const Json* list = json::find(document, "intermediateCerts");
  if (!list) return {};
  if (!list->is_array() || list->size() > kMostIntermediates)
    return malformed("intermediateCerts is no short list");
  for (const Json& entry : *list) {
    const Json wrapped = Json::object({{"certificate", entry}});
    TEE_TRY(const Bytes der, vtpm::bytes_of(wrapped, "certificate", names.encoding));
    TEE_TRY(crypto::Certificate certificate, parse_der(der));
    out.intermediates.push_back(std::move(certificate));
  }
  return {};
}

Result<std::uint64_t> number(der::Reader& in) {
  TEE_TRY(const der::Element e, in.expect(der::kInteger));
  return der::unsigned_integer(e);
}

Result<std::string> text(der::Reader& in) {
  TEE_TRY(const der::Element e, in.expect(der::kUtf8String));
  return std::string(as_text(e.content));
}

// SEQUENCE { zone, projectNumber, projectId, instanceId, instanceName, [0] SEQUENCE { [0] securityVersion,
// [1] isProduction, … } }
Result<CertifiedInstance> parse_instance(ByteView value) {
  CertifiedInstance out;
  der::Reader outer(value);
  TEE_TRY(der::Reader in, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(out.zone, text(in));
  TEE_TRY(out.project_number, number(in));
  TEE_TRY(out.project_id, text(in));
  TEE_TRY(out.instance_id, number(in));
  TEE_TRY(out.instance_name, text(in));
  TEE_TRY(der::Reader tagged, in.enter(der::context(0)));
  TEE_TRY(der::Reader security, tagged.enter(der::kSequence));
  TEE_TRY(der::Reader version, security.enter(der::context(0)));
  TEE_CHECK(number(version));
  TEE_TRY(der::Reader production, security.enter(der::context(1)));
  TEE_TRY(const der::Element truth, production.expect(der::kBoolean));
  TEE_TRY(out.production, der::boolean(truth));
  return out;
}

}  // namespace

bool recognise_vtpm(ByteView bytes) {
  const std::string_view view = as_text(bytes);
  const std::size_t first = view.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || view[first] != '{' ||
      view.find("\"quotes\"") == std::string_view::npos)
    return false;
  const auto document = json::parse(view);
  if (!document || !document->is_object()) return false;
  return document->contains("quotes") && (document->contains(kProto.ak) || document->contains(kHex.ak));
}

Result<VtpmAttestation> parse_vtpm(ByteView bytes) {
  TEE_TRY(const Json document, json::parse(as_text(bytes)));
  const bool proto = document.contains(kProto.ak), as_hex = document.contains(kHex.ak);
  if (proto == as_hex) return malformed("expected the attestation key under exactly one name");
  const Names& names = proto ? kProto : kHex;
  VtpmAttestation out;
  TEE_TRY(const Bytes area, vtpm::bytes_of(document, names.ak, names.encoding));
  TEE_TRY(out.ak, vtpm::parse_public(area));
  TEE_CHECK(parse_certificates(document, names, out));
  const Json* quotes = json::find(document, "quotes");
  if (!quotes || !quotes->is_array() || quotes->size() > kMostQuotes)
    return malformed("quotes is no short list");
  for (const Json& entry : *quotes) {
    TEE_TRY(BankQuote quote, parse_quote(entry, names));
    out.quotes.push_back(std::move(quote));
  }
  return out;
}

const BankQuote* chosen_quote(const VtpmAttestation& attestation) {
  for (const std::uint16_t bank : {vtpm::alg::kSha256, vtpm::alg::kSha384}) {
    const BankQuote* found = nullptr;
    for (const BankQuote& q : attestation.quotes) {
      const auto info = vtpm::parse_attest(q.attest);
      if (!info || info->selections.size() != 1 || info->selections[0].bank != bank) continue;
      if (found) return nullptr;
      found = &q;
    }
    if (found) return found;
  }
  return nullptr;
}

std::optional<CertifiedInstance> instance_of(const crypto::Certificate& certificate) {
  const crypto::Extension* extension = certificate.extension(kInstanceOid);
  if (!extension) return std::nullopt;
  auto parsed = parse_instance(extension->value);
  if (!parsed) return std::nullopt;
  return *std::move(parsed);
}

}  // namespace tee::gcp
