#include "providers/tpm/evidence.h"

#include "codec/pem.h"
#include "providers/shared/vtpm/json.h"

namespace tee::tpm {

namespace {

using vtpm::Encoding;

Result<crypto::Certificate> read_certificate(const Json& object) {
  const auto text = json::text_of(object, "ak_certificate");
  if (!text) return fail(code::input_malformed, "TPM quote: ak_certificate is no text");
  Bytes bytes = to_bytes(as_bytes(*text));
  if (!pem::looks_like_pem(*text)) {
    TEE_TRY(bytes, vtpm::bytes_of(object, "ak_certificate", Encoding::any));
  }
  TEE_TRY(auto certificates, crypto::parse_certificates(bytes));
  if (certificates.size() != 1)
    return fail(code::input_malformed, "TPM quote: ak_certificate holds several certificates");
  return std::move(certificates.front());
}

}  // namespace

bool recognise(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{' ||
      text.find("\"tpm_quote\"") == std::string_view::npos)
    return false;
  const auto document = json::parse(text);
  if (!document || !document->is_object()) return false;
  // With a hardware report beside it, it is Azure's.
  return document->contains("tpm_quote") && !document->contains("hcl_report") &&
         !document->contains("report");
}

Result<Evidence> parse_evidence(ByteView bytes) {
  TEE_TRY(const Json document, json::parse(as_text(bytes)));
  const Json* quote = json::find(document, "tpm_quote");
  if (!quote || !quote->is_object()) return fail(code::input_malformed, "TPM quote: tpm_quote is no object");
  Evidence out;
  TEE_TRY(out.attest, vtpm::bytes_of(*quote, "message", Encoding::any));
  TEE_TRY(const Bytes signature, vtpm::bytes_of(*quote, "signature", Encoding::any));
  TEE_TRY(out.signature, vtpm::parse_signature(signature));
  TEE_TRY(out.pcrs, vtpm::pcrs_of(*quote, "pcrs", Encoding::any));
  if (document.contains("ak_public")) {
    TEE_TRY(const Bytes area, vtpm::bytes_of(document, "ak_public", Encoding::any));
    TEE_TRY(out.ak, vtpm::parse_public(area));
  }
  if (document.contains("ak_certificate")) {
    TEE_TRY(out.certificate, read_certificate(document));
  }
  return out;
}

}  // namespace tee::tpm
