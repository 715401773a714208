#include "verify/inspect.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

std::string digest_text(ByteView bytes) { return hex(crypto::sha256(bytes)); }

Json describe_certificate(const crypto::Certificate& c) {
  Json out{{"subject", printable(c.subject_text())},
           {"issuer", printable(c.issuer_text())},
           {"serial", c.serial_hex()},
           {"not_before", rfc3339(c.not_before)},
           {"not_after", rfc3339(c.not_after)},
           {"sha256", hex(c.fingerprint())},
           {"is_ca", c.is_ca}};
  if (!c.key) out["key_problem"] = printable(c.key_problem);
  return out;
}

Json describe_crl(const crypto::Crl& c) {
  Json out{{"issuer", printable(crypto::Certificate::name_text(c.issuer))},
           {"this_update", rfc3339(c.this_update)},
           {"next_update", c.next_update ? Json(rfc3339(*c.next_update)) : Json(nullptr)},
           {"revoked", c.revoked_count()},
           {"sha256", digest_text(c.der())}};
  if (c.number) out["number"] = hex(*c.number);
  return out;
}

Json describe_document(const DocumentItem& d) {
  Json out{{"kind", to_string(d.kind)},
           {"bytes", d.body.size()},
           {"sha256", hex(d.sha256)},
           {"signature_bytes", d.signature.size()}};
  const Result<Json> body = json::parse(as_text(d.body));
  if (!body || !body->is_object()) return out;
  for (const char* key : {"id", "version", "issueDate", "nextUpdate", "fmspc", "tcbEvaluationDataNumber"})
    if (const Json* value = json::find(*body, key); value && value->is_primitive()) out[key] = *value;
  return out;
}

Json describe_subject(const Subject& s) {
  Json out{{"name", printable(s.name)},  {"form", s.form},      {"sha256", digest_text(s.input)},
           {"bytes", s.evidence.size()}, {"provider", nullptr}, {"type", nullptr}};
  if (!s.type) return out;
  out["type"] = to_string(*s.type);
  const Verifier* room = verifier_for(*s.type);
  if (const auto provider = room ? provider_of(*room) : std::nullopt) out["provider"] = to_string(*provider);
  return out;
}

// The attester's word, shown as such.
Json describe_binding(const EnvelopeBinding& b) {
  Json out = Json::object();
  if (b.scheme) out["scheme"] = printable(*b.scheme, 64);
  if (b.nonce) out["nonce"] = hex(*b.nonce);
  if (b.public_key) out["public_key"] = hex(*b.public_key);
  if (b.user_data) out["user_data"] = hex(*b.user_data);
  if (b.report_data) out["report_data"] = hex(*b.report_data);
  return out;
}

Json frame(const Subject& s) {
  return Json{{"schema", "tee.inspection/1"},
              {"verified", false},
              {"subject", describe_subject(s)},
              {"decoded", nullptr}};
}

// A file of collateral is no evidence, but what stands in it is worth seeing.
std::optional<Json> inspect_collateral(const Subject& s) {
  if (!s.malformed) return std::nullopt;
  const Result<CollateralSet> set = read_collateral(s.input, s.name, Origin::supplied);
  if (!set || set->empty()) return std::nullopt;
  Json out = frame(s);
  out["subject"]["form"] = "collateral";
  out["subject"]["bytes"] = s.input.size();
  out["collateral"] = describe(*set);
  return out;
}

}  // namespace

Json describe(const CollateralSet& set) {
  Json out{{"certificates", Json::array()}, {"crls", Json::array()}, {"documents", Json::array()}};
  for (const CertificateItem& i : set.certificates)
    out["certificates"].push_back(describe_certificate(i.certificate));
  for (const CrlItem& i : set.crls) out["crls"].push_back(describe_crl(i.crl));
  for (const DocumentItem& i : set.documents) out["documents"].push_back(describe_document(i));
  return out;
}

Result<Json> inspect(const Subject& s) {
  if (std::optional<Json> collateral = inspect_collateral(s)) return *std::move(collateral);
  if (s.malformed) return tl::unexpected(*s.malformed);
  if (s.absent_provider && !s.type)
    return fail(code::provider_not_built, "the evidence is of provider " +
                                              std::string(to_string(*s.absent_provider)) +
                                              ", which this build cannot decode");
  const Verifier* room = s.type ? verifier_for(*s.type) : nullptr;
  if (!room) return fail(code::evidence_unrecognised, "the input is no evidence of any known kind");
  Json out = frame(s);
  TEE_TRY(out["decoded"], room->inspect(s.evidence));
  if (!s.embedded.empty()) out["collateral"] = describe(s.embedded);
  if (s.binding) out["binding"] = describe_binding(*s.binding);
  if (s.event_log) out["event_log_bytes"] = s.event_log->size();
  for (const Subject& part : s.also) {
    const Result<Json> inner = inspect(part);
    out["also"].push_back(
        inner ? *inner : Json{{"subject", describe_subject(part)}, {"problem", inner.error().message}});
  }
  return out;
}

}  // namespace tee::verify
