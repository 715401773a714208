// JSON collateral: answers of Intel's services, the quote-collateral JSON of DCAP tools, Azure's THIM answer,
// key sets, reference values.
//
// Intel signs the bytes of an object as it was served, from '{' to its '}', so documents keep exactly those
// bytes (Intel PCS API 4.0; "tcbInfo", "enclaveIdentity", "tcbEvaluationDataNumbers" beside "signature").
#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "evidence/codes.h"
#include "evidence/collateral_reader.h"

namespace tee::collateral {

namespace {

struct Signed {
  std::string_view key;       // in an answer of the service
  std::string_view dcap_key;  // in quote-collateral JSON, beside dcap_key + "_signature"
  DocumentKind kind;
};
constexpr Signed kSigned[] = {
    {"tcbInfo", "tcb_info", DocumentKind::tcb_info},
    {"enclaveIdentity", "qe_identity", DocumentKind::qe_identity},
    {"tcbEvaluationDataNumbers", "tcb_evaluation_data_numbers", DocumentKind::tcb_evaluation_numbers},
};
constexpr std::string_view kChainKeys[] = {"tcb_info_issuer_chain", "qe_identity_issuer_chain",
                                           "pck_crl_issuer_chain", "pck_certificate_chain"};
constexpr std::string_view kCrlKeys[] = {"root_ca_crl", "pck_crl"};

// Keys that show what a file was meant to be when it is no JSON.
constexpr std::string_view kMarkers[] = {
    "tee.collateral/1", "\"tcbInfo\"",  "\"enclaveIdentity\"",          "\"tcb_info\"",
    "\"qe_identity\"",  "\"vcekCert\"", "\"tcbEvaluationDataNumbers\"", "tee.reference-values/1"};

bool has(const Json& object, std::string_view key) { return json::find(object, key) != nullptr; }

// Byte values as tools write them: hex, base64, or a list of numbers. nullopt when it is none of these.
std::optional<Bytes> bytes_of(const Json& value) {
  if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    Result<Bytes> bytes = is_hex(text) ? from_hex(text) : from_base64_lenient(text);
    if (bytes) return *std::move(bytes);
    return std::nullopt;
  }
  if (!value.is_array()) return std::nullopt;
  Bytes out;
  for (const Json& b : value) {
    if (!b.is_number_unsigned() || b.get<std::uint64_t>() > 0xff) return std::nullopt;
    out.push_back(b.get<std::uint8_t>());
  }
  return out;
}

// Empty when it is not well-formed: whether that matters is the room's judgement.
Bytes signature_of(const Json& object, std::string_view key) {
  const Json* value = json::find(object, key);
  std::optional<Bytes> bytes = value ? bytes_of(*value) : std::nullopt;
  return bytes && bytes->size() == 64 ? *std::move(bytes) : Bytes();
}

// {"tcbInfo":{…},"signature":"…"}
Status read_service_answer(Sink& sink, std::string_view text, const json::Located& located) {
  for (const Signed& s : kSigned) {
    const Json* body = json::find(located.value, s.key);
    if (!body) continue;
    if (!body->is_object()) return malformed(sink, std::string(s.key) + " is no object");
    const json::Span& span = located.spans.at("/" + std::string(s.key));
    sink.add(s.kind, to_bytes(as_bytes(text.substr(span.begin, span.end - span.begin))),
             signature_of(located.value, "signature"));
  }
  return {};
}

Status read_chain(Sink& sink, std::string_view key, const Json& value) {
  if (!value.is_string()) return malformed(sink, std::string(key) + " is no text");
  std::string text = value.get<std::string>();
  if (looks_percent_encoded(text)) {
    Result<std::string> decoded = decode_percent(text);
    if (!decoded) return malformed(sink, std::string(key) + ": " + decoded.error().message);
    text = *std::move(decoded);
  }
  return read_pem(sink, text);
}

Status read_crl_value(Sink& sink, std::string_view key, const Json& value) {
  if (value.is_string() && pem::looks_like_pem(value.get_ref<const std::string&>()))
    return read_pem(sink, value.get_ref<const std::string&>());
  const std::optional<Bytes> bytes = bytes_of(value);
  if (!bytes) return malformed(sink, std::string(key) + " is no CRL in hex, base64 or PEM");
  if (pem::looks_like_pem(as_text(*bytes))) return read_pem(sink, as_text(*bytes));
  return read_der(sink, *bytes);
}

// {"tcb_info":"{…}","tcb_info_signature":"…","tcb_info_issuer_chain":"PEM",…}: the signed JSON stands in a
// string.
Status read_quote_collateral(Sink& sink, std::string_view text, const json::Located& located) {
  const Json& object = located.value;
  for (const Signed& s : kSigned) {
    const Json* body = json::find(object, s.dcap_key);
    if (!body) continue;
    Bytes exact;
    if (body->is_string()) {
      exact = to_bytes(as_bytes(body->get_ref<const std::string&>()));
    } else if (body->is_object()) {
      const json::Span& span = located.spans.at("/" + std::string(s.dcap_key));
      exact = to_bytes(as_bytes(text.substr(span.begin, span.end - span.begin)));
    } else {
      return malformed(sink, std::string(s.dcap_key) + " is neither text nor an object");
    }
    sink.add(s.kind, std::move(exact), signature_of(object, std::string(s.dcap_key) + "_signature"));
  }
  for (std::string_view key : kChainKeys) {
    const Json* value = json::find(object, key);
    if (!value || value->is_null()) continue;
    if (Status read = read_chain(sink, key, *value); !read)
      return malformed(sink, std::string(key) + ": " + read.error().message);
  }
  for (std::string_view key : kCrlKeys) {
    const Json* value = json::find(object, key);
    if (!value || value->is_null()) continue;
    if (Status read = read_crl_value(sink, key, *value); !read)
      return malformed(sink, std::string(key) + ": " + read.error().message);
  }
  return {};
}

bool is_quote_collateral(const Json& object) {
  const auto given = [&](std::string_view key) { return has(object, key); };
  return std::any_of(std::begin(kSigned), std::end(kSigned),
                     [&](const Signed& s) { return given(s.dcap_key); }) ||
         std::any_of(std::begin(kCrlKeys), std::end(kCrlKeys), given) ||
         std::any_of(std::begin(kChainKeys), std::end(kChainKeys), given);
}

// Azure IMDS /metadata/THIM/amd/certification:
// {"vcekCert":"PEM","certificateChain":"PEM","tcbm":"…","cacheControl":"…"}
Status read_thim(Sink& sink, const Json& object) {
  for (std::string_view key : {"vcekCert", "certificateChain"}) {
    const auto text = json::text_of(object, key);
    if (!text) return malformed(sink, std::string(key) + " is missing or no text");
    if (Status read = read_pem(sink, *text); !read)
      return malformed(sink, std::string(key) + ": " + read.error().message);
  }
  return {};
}

// NVIDIA RIM service: {"id":"…","rim":"base64 of XML","sha256":"…",…}
Status read_rim_answer(Sink& sink, const Json& object) {
  Result<Bytes> xml = from_base64_lenient(json::text_of(object, "rim").value_or(""));
  if (!xml || xml->empty()) return malformed(sink, "rim is not base64");
  sink.add(DocumentKind::rim, *std::move(xml));
  return {};
}

// RFC 7517: a set, or one bare key. Azure's runtime data also has "keys", but they are the VM's own.
bool is_key_set(const Json& object) {
  if (has(object, "vm-configuration")) return false;
  const Json* keys = json::find(object, "keys");
  if (keys)
    return keys->is_array() && !keys->empty() && keys->front().is_object() &&
           (has(keys->front(), "kty") || has(keys->front(), "x5c"));
  return has(object, "kty") || has(object, "x5c");
}

}  // namespace

Status read_json(Sink& sink, std::string_view text) {
  Result<json::Located> located = json::parse_located(text, 1);
  if (!located) {
    const bool meant = std::any_of(std::begin(kMarkers), std::end(kMarkers), [&](std::string_view m) {
      return text.find(m) != std::string_view::npos;
    });
    if (meant) return malformed(sink, located.error().message);
    return unrecognised(sink);
  }
  const Json& object = located->value;
  if (!object.is_object()) return unrecognised(sink);
  const std::string schema = json::text_of(object, "schema").value_or("");
  if (schema == "tee.collateral/1") return read_bundle(sink, object);
  if (schema == "tee.reference-values/1") {
    sink.add(DocumentKind::reference_values, to_bytes(as_bytes(text)));
    return {};
  }
  if (!schema.empty()) return unrecognised(sink);
  if (std::any_of(std::begin(kSigned), std::end(kSigned),
                  [&](const Signed& s) { return has(object, s.key); }))
    return read_service_answer(sink, text, *located);
  if (is_quote_collateral(object)) return read_quote_collateral(sink, text, *located);
  if (has(object, "vcekCert")) return read_thim(sink, object);
  if (has(object, "rim") && has(object, "id")) return read_rim_answer(sink, object);
  if (is_key_set(object)) {
    sink.add(DocumentKind::jwks, to_bytes(as_bytes(text)));
    return {};
  }
  return unrecognised(sink);
}

}  // namespace tee::collateral
