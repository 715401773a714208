#include "providers/azure/vtpm_evidence.h"

#include "base/encoding.h"
#include "codec/pem.h"

namespace tee::azure {

namespace {

constexpr std::size_t kMostPcrs = 64;

auto malformed(std::string what) { return fail(code::input_malformed, "vTPM evidence: " + std::move(what)); }

// Version 0 writes lists of numbers, later ones hex or base64url (with padding or without); PEM stays text.
enum class Text { hex, base64 };
Result<Bytes> bytes_of(const Json& object, std::string_view key, Text text) {
  const Json* v = json::find(object, key);
  if (!v) return malformed("no \"" + std::string(key) + "\"");
  if (v->is_array()) {
    Bytes out;
    for (const Json& n : *v) {
      if (!n.is_number_unsigned() || n.get<std::uint64_t>() > 255) return malformed(std::string(key) + " is no list of bytes");
      out.push_back(n.get<std::uint8_t>());
    }
    return out;
  }
  if (!v->is_string()) return malformed(std::string(key) + " is neither text nor a list of bytes");
  const std::string& s = v->get_ref<const std::string&>();
  if (pem::looks_like_pem(s)) return to_bytes(as_bytes(s));
  auto out = text == Text::hex ? from_hex(s) : from_base64_lenient(s);
  if (!out) return malformed(std::string(key) + (text == Text::hex ? " is not hex" : " is not base64"));
  return out;
}

// Exactly one of two names.
Result<std::string_view> either(const Json& object, std::string_view a, std::string_view b) {
  const bool has_a = object.contains(a), has_b = object.contains(b);
  if (has_a == has_b) return malformed("expected exactly one of \"" + std::string(a) + "\" and \"" + std::string(b) + "\"");
  return has_a ? a : b;
}

Result<std::vector<Bytes>> read_pcrs(const Json& quote) {
  const Json* list = json::find(quote, "pcrs");
  if (!list || !list->is_array() || list->size() > kMostPcrs) return malformed("no list of PCR values");
  std::vector<Bytes> out;
  for (const Json& value : *list) {
    TEE_TRY(Bytes pcr, bytes_of(Json{{"pcr", value}}, "pcr", Text::hex));
    out.push_back(std::move(pcr));
  }
  return out;
}

// attestation-rs wraps the object once more and names a platform.
Result<Json> inner_object(Json document) {
  if (!document.is_object()) return malformed("it is no JSON object");
  if (!document.contains("platform")) return document;
  const auto platform = json::text_of(document, "platform");
  if (platform != "az-snp" && platform != "az-tdx" && platform != "az-snp-vtpm" && platform != "az-tdx-vtpm")
    return malformed("another platform is named");
  const Json* evidence = json::find(document, "evidence");
  if (!evidence || !evidence->is_object()) return malformed("the platform's evidence is no object");
  Json inner = *evidence;
  if (inner.contains("td_quote") != (platform->find("tdx") != std::string::npos)) return malformed("the platform named is not the evidence's");
  return inner;
}

}  // namespace

bool looks_like_vtpm_evidence(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return false;
  const auto document = json::parse(text);
  if (!document || !document->is_object()) return false;
  const Json* evidence = json::find(*document, "evidence");
  const Json& inner = document->contains("platform") && evidence && evidence->is_object() ? *evidence : *document;
  const bool own_names = inner.contains("tpm_quote") || inner.contains("hcl_report");
  const Json* quote = json::find(inner, inner.contains("tpm_quote") ? "tpm_quote" : "quote");
  const Json* report = json::find(inner, inner.contains("hcl_report") ? "hcl_report" : "report");
  if (!quote || !report) return false;
  // Anybody calls something a quote and a report: under these names alone it must be the object and the list of bytes.
  return own_names || (quote->is_object() && quote->contains("message") && quote->contains("signature") && report->is_array());
}

Result<VtpmEvidence> parse_vtpm_evidence(ByteView bytes) {
  TEE_TRY(Json document, json::parse(as_text(bytes)));
  TEE_TRY(const Json e, inner_object(std::move(document)));
  VtpmEvidence out;
  TEE_TRY(const std::string_view quote_key, either(e, "tpm_quote", "quote"));
  TEE_TRY(const std::string_view report_key, either(e, "hcl_report", "report"));
  const Json& quote = e.at(std::string(quote_key));
  if (!quote.is_object()) return malformed("the TPM quote is no object");
  TEE_TRY(out.attest, bytes_of(quote, "message", Text::hex));
  TEE_TRY(out.signature, bytes_of(quote, "signature", Text::hex));
  TEE_TRY(out.pcrs, read_pcrs(quote));
  TEE_TRY(out.hcl_report, bytes_of(e, report_key, Text::base64));
  if (e.contains("vcek") && !e.at("vcek").is_null()) {
    TEE_TRY(out.vcek, bytes_of(e, "vcek", Text::base64));
  }
  if (e.contains("td_quote") && !e.at("td_quote").is_null()) {
    TEE_TRY(out.td_quote, bytes_of(e, "td_quote", Text::base64));
  }
  if (out.vcek && out.td_quote) return malformed("both an SNP certificate and a TD quote");
  return out;
}

}  // namespace tee::azure
