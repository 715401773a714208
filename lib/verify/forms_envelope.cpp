// tee.evidence/1, our own envelope (tee-evidence(5)).
#include "base/encoding.h"
#include "evidence/codes.h"
#include "verify/forms.h"

namespace tee::verify {

namespace {

constexpr std::size_t kMostParts = 32;
// Members that would be evidence in other forms. Beside evidence_b64 they make the envelope ambiguous (S20).
constexpr std::string_view kOtherEvidence[] = {"evidence",  "evidence_hex",  "quote",      "report",   "attestation_report", "attestation_data",
                                               "token",     "jwt",           "access_token", "evidences", "evidence_list",    "attestation",
                                               "hcl_report", "td_quote",     "tpm_quote"};

tl::unexpected<Error> bad(std::string_view member, const std::string& why) {
  return fail(code::input_malformed, "envelope, " + std::string(member) + ": " + why);
}

Result<Declared> read_declared(const Json& object) {
  const auto provider = json::text_of(object, "provider"), type = json::text_of(object, "type");
  if (!provider) return bad("provider", "missing or no text");
  if (!type) return bad("type", "missing or no text");
  Declared out;
  out.words = printable(*provider, 64) + ", " + printable(*type, 64);
  out.provider = provider_from(*provider);
  out.type = evidence_type_from(*type);
  if (!out.provider || !out.type)
    return fail(code::evidence_type_mismatch, "the envelope declares " + out.words + ", which is not known");
  return out;
}

Result<Bytes> read_evidence(const Json& object) {
  for (std::string_view other : kOtherEvidence)
    if (given(object, other))
      return fail(code::evidence_ambiguous, "the envelope holds evidence_b64 and " + std::string(other));
  const auto text = json::text_of(object, "evidence_b64");
  if (!text) return bad("evidence_b64", "missing or no text");
  Result<Bytes> bytes = from_base64(*text);
  if (!bytes) return bad("evidence_b64", "not base64");
  if (bytes->empty()) return bad("evidence_b64", "empty");
  return bytes;
}

Status read_field(const Json& binding, std::string_view key, std::optional<Bytes>& into) {
  const Json* value = json::find(binding, key);
  if (!value || value->is_null()) return {};
  Result<Bytes> bytes = value->is_string() ? from_hex(value->get_ref<const std::string&>())
                                           : Result<Bytes>(fail(code::input_malformed, ""));
  if (!bytes) return bad("binding", std::string(key) + " is not hex");
  into = *std::move(bytes);
  return {};
}

Result<EnvelopeBinding> read_binding(const Json& binding) {
  if (!binding.is_object()) return bad("binding", "no object");
  EnvelopeBinding out;
  if (const Json* scheme = json::find(binding, "scheme"); scheme && !scheme->is_null()) {
    if (!scheme->is_string()) return bad("binding", "scheme is no text");
    out.scheme = scheme->get<std::string>();
  }
  TEE_CHECK(read_field(binding, "nonce", out.nonce));
  TEE_CHECK(read_field(binding, "public_key", out.public_key));
  TEE_CHECK(read_field(binding, "user_data", out.user_data));
  TEE_CHECK(read_field(binding, "report_data", out.report_data));
  return out;
}

Status read_parts(std::string_view text, Level level, Subject& into) {
  TEE_TRY(const json::Located list, json::parse_located(text, 1, kFormLimits));
  if (!list.value.is_array()) return bad("also", "no list");
  if (level == Level::part && !list.value.empty()) return bad("also", "a part holds parts of its own");
  // One more than allowed is kept, so that the appraisal can say that there are too many.
  for (std::size_t i = 0; i < list.value.size() && i <= kMostParts; ++i)
    into.also.push_back(recognise_part(text_at(text, list, std::to_string(i)),
                                       into.name + " also[" + std::to_string(i) + "]"));
  return {};
}

}  // namespace

Result<Unwrapped> unwrap_envelope(std::string_view text, const json::Located& object, Level level,
                                  Subject& into) {
  into.form = "envelope";
  const Json& envelope = object.value;
  Unwrapped out;
  TEE_TRY(out.declared, read_declared(envelope));
  TEE_TRY(into.evidence, read_evidence(envelope));
  if (const Json* binding = json::find(envelope, "binding"); binding && !binding->is_null()) {
    TEE_TRY(into.binding, read_binding(*binding));
  }
  if (const Json* log = json::find(envelope, "event_log_b64"); log && !log->is_null()) {
    Result<Bytes> bytes = from_base64(json::text_of(envelope, "event_log_b64").value_or("!"));
    if (!bytes) return bad("event_log_b64", "not base64");
    into.event_log = *std::move(bytes);
  }
  if (const Json* collateral = json::find(envelope, "collateral"); collateral && !collateral->is_null()) {
    TEE_CHECK(embed(into, as_bytes(text_at(text, object, "collateral")), "envelope, collateral"));
  }
  if (const Json* also = json::find(envelope, "also"); also && !also->is_null()) {
    TEE_CHECK(read_parts(text_at(text, object, "also"), level, into));
  }
  return out;
}

}  // namespace tee::verify
