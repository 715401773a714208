// Every rule of "Nitro Enclaves attestation process" section 3.2.3 and of this project, in the order in which
// the bytes are unwrapped.
#include "providers/nitro/verify.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "providers/nitro/chain.h"
#include "providers/nitro/claims.h"
#include "providers/nitro/codes.h"
#include "providers/nitro/evidence.h"

namespace tee::nitro {

namespace {

constexpr std::int64_t kEs384 = -35;         // RFC 9053 table 1
constexpr std::size_t kSignatureBytes = 96;  // r then s, 48 bytes each
constexpr std::int64_t kSkewSeconds = 60;    // between the hypervisor's clock and ours

// Passing says nothing about the signature yet, so only a failure stands under it.
void check_algorithm(const cose::Sign1& message, Findings& out) {
  if (message.critical) {
    out.fail(Area::signature, "nitro.algorithm", code::algorithm,
             "the protected header lists parameters that must be understood");
  } else if (message.algorithm != kEs384) {
    out.fail(Area::signature, "nitro.algorithm", code::algorithm,
             "the protected header names another algorithm", "-35 (ES384)",
             message.algorithm ? std::to_string(*message.algorithm) : "no integer");
  } else {
    out.pass(Area::form, "nitro.algorithm", "the protected header names ES384");
  }
}

std::optional<Document> check_document(const cose::Sign1& message, Kind kind, Findings& out) {
  Result<Document> document = parse_document(message.payload);
  if (!document) {
    out.fail(Area::form, "nitro.document", document.error());
    return std::nullopt;
  }
  if (document->kind != kind) {  // decided by the same bytes a moment ago
    out.fail(Area::form, "nitro.document", tee::code::evidence_type_mismatch,
             "the PCR map is of the other kind of document");
    return std::nullopt;
  }
  out.pass(Area::form, "nitro.document", "all fields have the type and size that the specification demands");
  return *std::move(document);
}

// RFC 9053 section 2.1. An emulator without a key fills in zeros; that is said apart from a signature that
// does not hold.
void check_signature(const cose::Sign1& message, ByteView signed_bytes, const Certificates& c,
                     Findings& out) {
  const ByteView signature = message.signature;
  const std::string id = "nitro.signature";
  if (signature.size() != kSignatureBytes) {
    out.fail(Area::signature, id, tee::code::signature_malformed, "the signature has another length",
             "96 bytes", std::to_string(signature.size()) + " bytes");
  } else if (all_zero(signature.first(kSignatureBytes / 2)) ||
             all_zero(signature.subspan(kSignatureBytes / 2))) {
    out.fail(Area::signature, id, tee::code::signature_malformed, "r or s is zero");
  } else if (!c.leaf || !c.leaf->key) {
    out.skip(Area::signature, id, tee::code::chain_malformed,
             "not judged: the signing certificate yields no key");
  } else if (!crypto::verify(*c.leaf->key, crypto::Scheme::ecdsa_sha384, signed_bytes, signature,
                             crypto::EcForm::raw)) {
    out.fail(Area::signature, id, tee::code::signature_invalid,
             "the key of the signing certificate does not verify the signature");
  } else {
    out.pass(Area::signature, id, "the key of the signing certificate verifies the signature");
  }
}

// PCR4 = SHA-384(48 zero bytes || instance id), an extend with the bare text. The module id begins with the
// instance id.
void check_pcr4(const Document& d, Findings& out) {
  const Bytes* pcr4 = d.pcr(4);
  if (!pcr4 || d.instance_id().empty()) {
    out.skip(Area::platform, "nitro.pcr4", code::pcr4_mismatch,
             pcr4 ? "not judged: the module id names no instance"
                  : "not judged: the document does not state PCR4");
    return;
  }
  Writer extend;
  extend.zeros(48).text(d.instance_id());
  const auto expected = crypto::sha384(extend.view());
  if (equal(expected, *pcr4))
    out.pass(Area::platform, "nitro.pcr4", "PCR4 belongs to the instance that the module id names");
  else
    out.fail(Area::platform, "nitro.pcr4", code::pcr4_mismatch,
             "PCR4 is not that of instance " + printable(d.instance_id(), 64), hex(expected), hex(*pcr4));
}

// A debug enclave has all three at zero. No real image measures to zero, so one of them is enough to refuse.
void check_debug(const Document& d, const AppraisalOptions& options, Findings& out) {
  std::string zero;
  bool any = false;
  for (unsigned i = 0; i <= 2; ++i) {
    const Bytes* pcr = d.pcr(i);
    if (!pcr) continue;
    any = true;
    if (all_zero(*pcr)) zero += (zero.empty() ? "PCR" : ", PCR") + std::to_string(i);
  }
  if (!any) {
    out.undecided(Area::platform, "nitro.debug", code::debug_unknown,
                  "the document states none of PCR0, PCR1 and PCR2");
  } else if (zero.empty()) {
    out.pass(Area::platform, "nitro.debug", "not a debug enclave");
  } else if (options.allow_debug) {
    out.passed_by("--allow-debug", Area::platform, "nitro.debug", zero + " zero, as in a debug enclave");
  } else {
    out.fail(Area::platform, "nitro.debug", tee::code::debug_enabled, zero + " zero, as in a debug enclave");
  }
}

// A passed check here is no answer to "how fresh?", so it does not stand under freshness (rule S7).
void check_timestamp(const Document& d, const Certificates& c, Time at, Findings& out) {
  const Time signed_time = unix_time(static_cast<std::int64_t>(d.timestamp_ms / 1000));
  const Seconds skew{kSkewSeconds};
  if (signed_time > at + skew) {
    out.fail(Area::freshness, "nitro.timestamp", tee::code::freshness_future,
             "the signed time lies in the future", "at most " + rfc3339(at + skew), rfc3339(signed_time));
  } else {
    out.pass(Area::form, "nitro.timestamp", "the signed time does not lie in the future");
  }
  if (!c.leaf) return;
  if (signed_time < c.leaf->not_before - skew || signed_time > c.leaf->not_after + skew) {
    out.fail(Area::freshness, "nitro.timestamp.leaf", code::timestamp,
             "the signed time lies outside the life of the signing certificate",
             rfc3339(c.leaf->not_before) + " to " + rfc3339(c.leaf->not_after), rfc3339(signed_time));
  } else {
    out.pass(Area::form, "nitro.timestamp.leaf",
             "the signed time lies within the life of the signing certificate");
  }
}

void check_module_id(const Document& d, const Certificates& c, Findings& out) {
  if (!c.leaf) return;
  const std::string cn = c.leaf->subject_cn();
  const std::string region = region_of(d, cn);
  if (!region.empty()) {
    out.vendor["region"] = region;
    out.pass(Area::form, "nitro.module_id", "the signing certificate names the module id");
    return;
  }
  out.skip(Area::form, "nitro.module_id", code::leaf_name,
           "the signing certificate names " + printable(cn, 128));
  out.warn(code::leaf_name, "the signing certificate names " + printable(cn, 128) + ", not the module id");
}

void note_unknown_fields(const Document& d, Findings& out) {
  if (d.unknown_fields.empty()) return;
  std::string names;
  for (const std::string& field : d.unknown_fields)
    names += (names.empty() ? "" : ", ") + printable(field, 32);
  out.warn(code::unknown_fields, "fields that are not known: " + names);
}

}  // namespace

Result<cose::Sign1> read_message(ByteView evidence) {
  if (evidence.size() > kMaxMessage)
    return fail(code::cose, "at most " + std::to_string(kMaxMessage) + " bytes expected, found " +
                                std::to_string(evidence.size()));
  Result<cose::Sign1> message = cose::parse_sign1(evidence);
  if (!message) return fail(code::cose, message.error().message);
  return message;
}

void verify_as(Kind kind, const VerifyInput& input, Findings& out) {
  out.judged_bytes = input.evidence.size();
  out.tcb = TcbReport{};  // AWS publishes no TCB verdict: NotStated (rule S12)
  const Result<cose::Sign1> message = read_message(input.evidence);
  if (!message) return out.fail(Area::form, "nitro.cose", message.error());
  out.pass(Area::form, "nitro.cose", "a COSE_Sign1 message with an attached payload");
  check_algorithm(*message, out);
  const Bytes signed_bytes = cose::signed_bytes(*message);
  out.signed_bytes_sha256 = to_bytes(crypto::sha256(signed_bytes));

  const std::optional<Document> document = check_document(*message, kind, out);
  if (!document) return;
  state_claims(*message, *document, out);
  const Certificates certificates = read_certificates(*document, out);
  check_chain(certificates, input.options, out);
  check_revocation(certificates, input.collateral, input.options.at, out);
  check_signature(*message, signed_bytes, certificates, out);
  if (kind == Kind::enclave) {
    check_pcr4(*document, out);
    check_debug(*document, input.options, out);
  }
  check_timestamp(*document, certificates, input.options.at, out);
  check_module_id(*document, certificates, out);
  note_unknown_fields(*document, out);
}

}  // namespace tee::nitro
