// JSON forms of other tools: Tangle, Tenzro, attestation-rs, Confidential Containers, and quotes with DCAP
// collateral.
//
// A form is told by the one member that holds the evidence and by what stands beside it. Everything else in
// it is the attester's word and is not read.
#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "evidence/codes.h"
#include "verify/forms.h"

namespace tee::verify {

namespace {

// Members that hold evidence in one of the forms. Two of them in one object can be read in two ways (S20).
constexpr std::string_view kEvidence[] = {"evidence",     "quote",     "report",     "attestation_report", "attestation_data",
                                          "token",        "jwt",       "access_token", "evidence_b64",     "evidence_hex",
                                          "evidences",    "evidence_list", "hcl_report", "td_quote",       "tpm_quote"};

struct Context {
  std::string_view text;
  const json::Located& located;
  Subject& into;
  const Json& object() const { return located.value; }
};

tl::unexpected<Error> bad(const Context& c, const std::string& why) {
  return fail(code::input_malformed, c.into.form + ": " + why);
}

Result<Declared> declared(const Context& c, std::string_view word, std::optional<Provider> provider,
                          std::optional<EvidenceType> type = std::nullopt) {
  Declared out;
  out.words = printable(word, 64);
  out.provider = provider;
  out.type = type;
  if (!provider)
    return fail(code::evidence_type_mismatch,
                c.into.form + ": declares " + out.words + ", which is not known");
  return out;
}

std::string member(const Context& c, std::string_view key) {
  return json::text_of(c.object(), key).value_or("");
}

// Tangle blueprint-tee AttestationReport:
// {"provider","format","issued_at_unix","measurement","claims","evidence":[…]}.
Result<Unwrapped> tangle(const Context& c) {
  c.into.form = "tangle-report";
  const std::string provider = member(c, "provider"), format = member(c, "format");
  const auto type = evidence_type_from(format);
  if (!type)
    return fail(code::evidence_type_mismatch, c.into.form + ": declares format " + printable(format, 64) +
                                                  ", which is no kind of evidence");
  Unwrapped out;
  TEE_TRY(out.declared, declared(c, provider + ", " + format, provider_from(provider), type));
  TEE_TRY(c.into.evidence, bytes_in(*given(c.object(), "evidence"), "evidence"));
  return out;
}

// {"quote":"HEX or base64", "collateral":{…}?, "cc_eventlog":"base64"?}, or the quote-collateral members
// beside the quote. Written by DCAP tools, the Tangle sandbox, Confidential Containers and attestation-rs.
Result<Unwrapped> quote_object(const Context& c) {
  const bool coco = json::find(c.object(), "cc_eventlog") || json::find(c.object(), "aa_eventlog");
  const bool flat = json::find(c.object(), "tcb_info") != nullptr;
  const Json* collateral = given(c.object(), "collateral");
  c.into.form = coco ? "coco-evidence" : collateral || flat ? "dcap-json" : "quote-json";
  TEE_TRY(c.into.evidence, bytes_in(*given(c.object(), "quote"), "quote"));
  if (collateral) {
    TEE_CHECK(embed(c.into, as_bytes(text_at(c.text, c.located, "collateral")), "collateral"));
  }
  if (flat) {
    TEE_CHECK(embed(c.into, as_bytes(c.text), "collateral"));
  }
  // The Tangle sandbox writes SNP evidence either way: the report under "quote", certificates beside it.
  for (std::string_view key : {"vcek", "vlek", "crl"})
    if (const Json* value = given(c.object(), key)) {
      TEE_TRY(const Bytes bytes, bytes_in(*value, key));
      TEE_CHECK(embed(c.into, bytes, key));
    }
  if (const Json* log = given(c.object(), "cc_eventlog")) {
    TEE_TRY(c.into.event_log, bytes_in(*log, "cc_eventlog"));
  }
  return Unwrapped{};
}

Status embed_certificate(const Context& c, const Json& value, std::string_view what) {
  // PEM text, or bytes in one of the usual spellings.
  if (value.is_string() && value.get_ref<const std::string&>().starts_with("-----BEGIN"))
    return embed(c.into, as_bytes(value.get_ref<const std::string&>()), what);
  TEE_TRY(const Bytes bytes, bytes_in(value, what));
  return embed(c.into, bytes, what);
}

// cert_chain as {"vcek":…,"ask":…,"ark":…} (attestation-rs) or as [{"cert_type":…,"data":[…]}] (virtee).
Status read_cert_chain(const Context& c, const Json& chain) {
  if (chain.is_object()) {
    for (const auto& [name, value] : chain.items()) {
      if (value.is_null()) continue;
      TEE_CHECK(embed_certificate(c, value, "cert_chain"));
    }
    return {};
  }
  if (!chain.is_array()) return bad(c, "cert_chain is neither an object nor a list");
  for (const Json& entry : chain) {
    const Json* data = entry.is_object() ? json::find(entry, "data") : nullptr;
    if (!data) return bad(c, "an entry of cert_chain has no data");
    TEE_CHECK(embed_certificate(c, *data, "cert_chain"));
  }
  return {};
}

// {"report" or "attestation_report": bytes, "vcek" or "vlek" or "cert_chain" …}: Tangle sandbox,
// attestation-rs.
Result<Unwrapped> snp_object(const Context& c, std::string_view key) {
  c.into.form = "snp-json";
  const Json& report = *given(c.object(), key);
  if (report.is_object())
    return fail(code::evidence_unsupported,
                "the SNP report was taken apart into fields; its signed bytes are lost",
                "have the attester send the report's 1184 bytes");
  TEE_TRY(c.into.evidence, bytes_in(report, key));
  for (std::string_view name : {"vcek", "vlek", "ask", "asvk", "ark", "crl"})
    if (const Json* value = given(c.object(), name)) {
      TEE_CHECK(embed_certificate(c, *value, name));
    }
  if (const Json* chain = given(c.object(), "cert_chain")) {
    TEE_CHECK(read_cert_chain(c, *chain));
  }
  return Unwrapped{};
}

// The objects that stand inside another form: a quote or a report with what belongs to it, never a form of
// their own.
Result<Unwrapped> evidence_object(std::string_view text, Subject& into) {
  TEE_TRY(const json::Located located, json::parse_located(text, 1, kFormLimits));
  const Context c{text, located, into};
  std::string_view found;
  for (std::string_view key : {"quote", "report", "attestation_report"}) {
    if (!given(c.object(), key)) continue;
    if (!found.empty())
      return fail(code::evidence_ambiguous,
                  into.form + ": the inner object holds " + std::string(found) + " and " + std::string(key));
    found = key;
  }
  if (found.empty()) return bad(c, "the inner object holds neither a quote nor a report");
  return found == "quote" ? quote_object(c) : snp_object(c, found);
}

// attestation-rs: {"platform":"snp","evidence":{…}}. Platforms on Azure have a room of their own and do not
// come here.
Result<Unwrapped> attestation_rs(const Context& c) {
  const std::string platform = member(c, "platform");
  const bool snp = platform == "snp" || platform == "gcp-snp",
             tdx = platform == "tdx" || platform == "gcp-tdx";
  c.into.form = "attestation-rs";
  TEE_TRY(Unwrapped out, evidence_object(text_at(c.text, c.located, "evidence"), c.into));
  c.into.form = "attestation-rs";
  TEE_TRY(out.declared, declared(c, platform,
                                 snp   ? std::optional(Provider::amd_sev_snp)
                                 : tdx ? std::optional(Provider::intel_tdx)
                                       : std::nullopt));
  return out;
}

// Tangle sandbox report: {"tee_type":"Tdx","evidence":[…],"measurement":[…],"timestamp"}. The evidence is the
// quote, or JSON {"quote":…,"collateral":…} or {"report":…,"vcek":…} as bytes.
Result<Unwrapped> sandbox(const Context& c) {
  c.into.form = "sandbox-report";
  const std::string word = member(c, "tee_type");
  std::optional<Provider> provider = provider_from(word);
  if (word == "Sev") provider = Provider::amd_sev_snp;
  TEE_TRY(Declared says, declared(c, word, provider));
  TEE_TRY(Bytes evidence, bytes_in(*given(c.object(), "evidence"), "evidence"));
  Unwrapped out;
  if (as_text(evidence).starts_with('{')) {
    TEE_TRY(out, evidence_object(as_text(evidence), c.into));
    c.into.form = "sandbox-report";
  } else {
    c.into.evidence = std::move(evidence);
  }
  out.declared = std::move(says);
  return out;
}

// Tenzro AttestationReport: {"vendor","attestation_data":[…],"quote":[…],"certificates":[[…]],"metadata",…},
// all defaulted.
Result<Unwrapped> tenzro(const Context& c, std::string_view key) {
  c.into.form = "tenzro-report";
  const std::string vendor = member(c, "vendor");
  Unwrapped out;
  TEE_TRY(out.declared, declared(c, vendor, provider_from(vendor)));
  TEE_TRY(c.into.evidence, bytes_in(*given(c.object(), key), key));
  const Json* certificates = given(c.object(), "certificates");
  if (certificates && !certificates->is_array()) return bad(c, "certificates is no list");
  if (certificates)
    for (const Json& one : *certificates) {
      TEE_CHECK(embed_certificate(c, one, "certificates"));
    }
  return out;
}

// Tenzro's request to its verification service:
// {"vendor","report_data":"HEX","measurement"?,"certificate_chain"?}.
Result<Unwrapped> tenzro_request(const Context& c, std::string_view key) {
  c.into.form = "tenzro-request";
  const std::string vendor = json::find(c.object(), "vendor") ? member(c, "vendor") : member(c, "provider");
  Unwrapped out;
  TEE_TRY(out.declared, declared(c, vendor, provider_from(vendor)));
  TEE_TRY(c.into.evidence, bytes_in(*given(c.object(), key), key));
  return out;
}

// {"token":"eyJ…"}: the answer of an attestation service.
Result<Unwrapped> token_object(const Context& c) {
  c.into.form = "token-json";
  const auto token = json::text_of(c.object(), "token");
  if (!token) return bad(c, "token is no text");
  c.into.evidence = to_bytes(as_bytes(*token));
  return Unwrapped{};
}

Result<Unwrapped> by_member(const Context& c, std::string_view key) {
  const Json& object = c.object();
  const bool vendor = json::find(object, "vendor") != nullptr;
  if (key == "attestation_data" || (key == "quote" && vendor)) return tenzro(c, key);
  if (key == "quote") return quote_object(c);
  if (key == "report" || key == "attestation_report") return snp_object(c, key);
  if (key == "token") return token_object(c);
  if (key != "evidence")
    return fail(code::evidence_unrecognised, "JSON with a member " + std::string(key) + " that belongs to no known form");
  if (given(object, "evidence")->is_object()) return attestation_rs(c);
  if (json::find(object, "format")) return tangle(c);
  if (json::find(object, "tee_type")) return sandbox(c);
  c.into.form = "evidence-json";
  TEE_TRY(c.into.evidence, bytes_in(*given(object, "evidence"), "evidence"));
  return Unwrapped{};
}

// Without any evidence member: wrappers, and forms whose evidence is empty.
Result<Unwrapped> without_member(const Context& c) {
  const Json& object = c.object();
  if (const Json* wrapped = given(object, "attestation"); wrapped && wrapped->is_object()) {
    const std::string_view inner = text_at(c.text, c.located, "attestation");
    TEE_TRY(const json::Located located, json::parse_located(inner, 1, kFormLimits));
    if (given(located.value, "attestation"))
      return fail(code::evidence_ambiguous, "a wrapper inside a wrapper");
    return unwrap_peer(inner, located, c.into);
  }
  if (given(object, "report_data") && given(object, "attestation"))
    return fail(code::evidence_ambiguous, "the object holds evidence twice: report_data and attestation");
  if (json::find(object, "vendor") || json::find(object, "provider"))
    for (std::string_view key : {"report_data", "attestation"})
      if (const Json* value = given(object, key); value && value->is_string()) return tenzro_request(c, key);
  for (std::string_view key : kEvidence)
    if (json::find(object, key))
      return fail(code::evidence_unrecognised,
                  "the report has an empty " + std::string(key) + ": there is nothing to judge");
  return fail(code::evidence_unrecognised, "JSON of no known form of evidence");
}

// What any member says about provider and type, whatever the form: all that is known must agree, and later the bytes must agree
// with it (S20).
Status compare_declarations(const Context& c, Unwrapped& out) {
  for (std::string_view key : {"provider", "vendor", "tee_type", "platform", "format", "type"}) {
    const std::string word = member(c, key);
    std::optional<Provider> provider = provider_from(word);
    if (key == "tee_type" && word == "Sev") provider = Provider::amd_sev_snp;
    const auto type = evidence_type_from(word);
    if (!provider && !type) continue;
    if (!out.declared) out.declared.emplace();
    Declared& d = *out.declared;
    const bool other_provider = provider && d.provider && *provider != *d.provider;
    const bool other_type = type && d.type && *type != *d.type;
    if (other_provider || other_type)
      return fail(code::evidence_type_mismatch, c.into.form + ": its declarations disagree: " + d.words + " and " + printable(word, 64));
    d.words += (d.words.empty() ? "" : ", ") + printable(word, 64);
    if (provider) d.provider = provider;
    if (type) d.type = type;
  }
  return {};
}

}  // namespace

Result<Unwrapped> unwrap_peer(std::string_view text, const json::Located& object, Subject& into) {
  const Context c{text, object, into};
  std::vector<std::string_view> present;
  for (std::string_view key : kEvidence)
    if (given(object.value, key)) present.push_back(key);
  if (present.size() > 1)
    return fail(code::evidence_ambiguous, "the object holds evidence twice: " + std::string(present[0]) +
                                              " and " + std::string(present[1]));
  if (!present.empty() && given(object.value, "attestation"))
    return fail(code::evidence_ambiguous, "the object holds evidence twice: " + std::string(present[0]) + " and attestation");
  TEE_TRY(Unwrapped out, present.empty() ? without_member(c) : by_member(c, present.front()));
  TEE_CHECK(compare_declarations(c, out));
  return out;
}

}  // namespace tee::verify
