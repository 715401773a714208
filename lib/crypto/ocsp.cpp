#include "crypto/ocsp.h"

#include "codec/der.h"
#include "crypto/algorithm.h"
#include "crypto/x509_extensions.h"

namespace tee::crypto {

namespace {

constexpr std::string_view kBasicResponse = "1.3.6.1.5.5.7.48.1.1", kNonce = "1.3.6.1.5.5.7.48.1.2",
                           kExtendedKeyUsage = "2.5.29.37", kOcspSigning = "1.3.6.1.5.5.7.3.9";
constexpr std::size_t kMostEntries = 64, kMostCertificates = 8;
constexpr Seconds kLifeWithoutNextUpdate{24 * 3600};

auto malformed(std::string what) { return fail(code::input_malformed, "OCSP: " + std::move(what)); }

std::optional<Hash> hash_of_oid(std::string_view oid) {
  if (oid == "1.3.14.3.2.26") return Hash::sha1;
  if (oid == "2.16.840.1.101.3.4.2.1") return Hash::sha256;
  if (oid == "2.16.840.1.101.3.4.2.2") return Hash::sha384;
  if (oid == "2.16.840.1.101.3.4.2.3") return Hash::sha512;
  return std::nullopt;
}

// CertID, RFC 6960 section 4.1.1.
Status parse_cert_id(der::Reader in, OcspEntry& to) {
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(in));
  const auto hash = hash_of_oid(algorithm.oid);
  if (!hash) return malformed("an unknown hash in a certificate id");
  to.hash = *hash;
  TEE_TRY(const der::Element name_hash, in.expect(der::kOctetString));
  TEE_TRY(const der::Element key_hash, in.expect(der::kOctetString));
  TEE_TRY(const der::Element serial, in.expect(der::kInteger));
  TEE_CHECK(der::check_integer(serial));
  to.issuer_name_hash = to_bytes(name_hash.content);
  to.issuer_key_hash = to_bytes(key_hash.content);
  to.serial = to_bytes(serial.content);
  return in.finish();
}

// CertStatus: good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL, all implicit.
Status parse_status(const der::Element& e, OcspEntry& to) {
  if (e.tag == der::context_primitive(0)) {
    to.status = OcspStatus::good;
  } else if (e.tag == der::context_primitive(2)) {
    to.status = OcspStatus::unknown;
  } else if (e.tag == der::context(1)) {
    to.status = OcspStatus::revoked;
    der::Reader info(e.content);
    TEE_TRY(const der::Element when, info.expect(der::kGeneralizedTime));
    TEE_CHECK(der::time(when));
    TEE_TRY(const auto reason, info.optional(der::context(0)));
    if (reason) {
      der::Reader inner(reason->content);
      TEE_TRY(const der::Element value, inner.expect(der::kEnumerated));
      TEE_TRY(const std::uint64_t number, der::unsigned_integer(value));
      to.reason = static_cast<unsigned>(number);
    }
    return info.finish();
  } else {
    return malformed("a certificate status of an unknown kind");
  }
  return {};
}

Status note_extensions(der::Reader in, OcspResponse& to) {
  TEE_TRY(der::Reader list, in.enter(der::kSequence));
  TEE_TRY(const std::vector<Extension> extensions, parse_extensions(list));
  for (const Extension& e : extensions) to.has_unknown_critical |= e.critical && e.oid != kNonce;
  return in.finish();
}

Result<OcspEntry> parse_single(der::Reader in, OcspResponse& to) {
  OcspEntry entry;
  TEE_TRY(const der::Reader id, in.enter(der::kSequence));
  TEE_CHECK(parse_cert_id(id, entry));
  TEE_TRY(const der::Element status, in.any());
  TEE_CHECK(parse_status(status, entry));
  TEE_TRY(const der::Element this_update, in.expect(der::kGeneralizedTime));
  TEE_TRY(entry.this_update, der::time(this_update));
  TEE_TRY(const auto next_update, in.optional(der::context(0)));
  if (next_update) {
    der::Reader inner(next_update->content);
    TEE_TRY(const der::Element when, inner.expect(der::kGeneralizedTime));
    TEE_TRY(entry.next_update, der::time(when));
    TEE_CHECK(inner.finish());
  }
  TEE_TRY(const auto extensions, in.optional(der::context(1)));
  if (extensions) {
    TEE_CHECK(note_extensions(der::Reader(extensions->content), to));
  }
  TEE_CHECK(in.finish());
  return entry;
}

Status parse_responder(der::Reader& in, OcspResponse& to) {
  TEE_TRY(const der::Element responder, in.any());
  if (responder.tag == der::context(1)) {
    der::Reader inner(responder.content);
    TEE_TRY(const der::Element name, inner.expect(der::kSequence));
    to.responder_name = name.whole;
    return inner.finish();
  }
  if (responder.tag != der::context(2)) return malformed("a responder id that is neither a name nor a key hash");
  der::Reader inner(responder.content);
  TEE_TRY(const der::Element hash, inner.expect(der::kOctetString));
  to.responder_key_hash = to_bytes(hash.content);
  return inner.finish();
}

// ResponseData, section 4.2.1.
Status parse_data(ByteView tbs, OcspResponse& to) {
  der::Reader outer(tbs);
  TEE_TRY(der::Reader in, outer.enter(der::kSequence));
  TEE_TRY(const auto version, in.optional(der::context(0)));
  if (version) return malformed("a version other than v1");
  TEE_CHECK(parse_responder(in, to));
  TEE_TRY(const der::Element produced, in.expect(der::kGeneralizedTime));
  TEE_TRY(to.produced_at, der::time(produced));
  TEE_TRY(der::Reader singles, in.enter(der::kSequence));
  while (!singles.done()) {
    if (to.entries.size() >= kMostEntries) return malformed("more than 64 entries");
    TEE_TRY(const der::Reader single, singles.enter(der::kSequence));
    TEE_TRY(OcspEntry entry, parse_single(single, to));
    to.entries.push_back(std::move(entry));
  }
  TEE_TRY(const auto extensions, in.optional(der::context(1)));
  if (extensions) {
    TEE_CHECK(note_extensions(der::Reader(extensions->content), to));
  }
  return in.finish();
}

Status parse_basic(ByteView der_bytes, OcspResponse& to) {
  der::Reader outer(der_bytes);
  TEE_TRY(der::Reader in, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(const der::Element data, in.expect(der::kSequence));
  to.tbs = data.whole;
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(in));
  to.scheme = scheme_of(algorithm);
  TEE_TRY(const der::Element signature, in.expect(der::kBitString));
  TEE_TRY(to.signature, der::bit_string(signature));
  TEE_TRY(const auto certs, in.optional(der::context(0)));
  if (certs) {
    der::Reader inner(certs->content);
    TEE_TRY(der::Reader list, inner.enter(der::kSequence));
    while (!list.done()) {
      if (to.certificates.size() >= kMostCertificates) return malformed("more than 8 certificates");
      TEE_TRY(const der::Element one, list.expect(der::kSequence));
      TEE_TRY(Certificate certificate, parse_certificate(one.whole));
      to.certificates.push_back(std::move(certificate));
    }
  }
  TEE_CHECK(in.finish());
  return parse_data(to.tbs, to);
}

// Hash of the subjectPublicKey bits, without tag, length and unused-bits count.
Result<Bytes> key_bits(const PublicKey& key) {
  const Bytes spki = encode_spki(key);
  der::Reader outer(spki);
  TEE_TRY(der::Reader in, outer.enter(der::kSequence));
  TEE_TRY(const der::Element algorithm, in.expect(der::kSequence));
  (void)algorithm;
  TEE_TRY(const der::Element bits, in.expect(der::kBitString));
  TEE_TRY(const ByteView content, der::bit_string(bits));
  return to_bytes(content);
}

bool speaks_of(const OcspEntry& entry, ByteView serial, const OcspIssuer& issuer) {
  const auto bits = key_bits(issuer.key);
  return bits && equal(entry.serial, serial) && equal(entry.issuer_name_hash, digest(entry.hash, issuer.name)) &&
         equal(entry.issuer_key_hash, digest(entry.hash, *bits));
}

bool may_sign_ocsp(const Certificate& c) {
  const Extension* eku = c.extension(kExtendedKeyUsage);
  if (!eku) return false;
  der::Reader outer(eku->value);
  auto list = outer.enter(der::kSequence);
  if (!list || !outer.done()) return false;
  while (!list->done()) {
    const auto one = list->expect(der::kOid);
    if (!one) return false;
    const auto text = der::oid_text(one->content);
    if (text && *text == kOcspSigning) return true;
  }
  return false;
}

bool signed_with_authority(const OcspResponse& r, const OcspIssuer& issuer, Time at) {
  if (!r.scheme || *r.scheme == Scheme::rsa_pkcs1_sha1 || r.has_unknown_critical) return false;
  if (verify(issuer.key, *r.scheme, r.tbs, r.signature)) return true;
  for (const Certificate& c : r.certificates) {
    if (!c.key || c.is_ca || !may_sign_ocsp(c) || at < c.not_before || at > c.not_after) continue;
    if (!issued_by(c, issuer.name, issuer.key)) continue;
    if (verify(*c.key, *r.scheme, r.tbs, r.signature)) return true;
  }
  return false;
}

}  // namespace

Result<OcspResponse> parse_ocsp(ByteView der_bytes) {
  OcspResponse r;
  r.storage = std::make_shared<const Bytes>(to_bytes(der_bytes));
  der::Reader outer(*r.storage);
  TEE_TRY(der::Reader in, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(const der::Element status, in.expect(der::kEnumerated));
  TEE_TRY(const std::uint64_t value, der::unsigned_integer(status));
  if (value != 0) return malformed("the responder did not answer (status " + std::to_string(value) + ")");
  TEE_TRY(der::Reader wrapped, in.enter(der::context(0)));
  TEE_CHECK(in.finish());
  TEE_TRY(der::Reader bytes, wrapped.enter(der::kSequence));
  TEE_TRY(const der::Element kind, bytes.expect(der::kOid));
  TEE_TRY(const std::string kind_text, der::oid_text(kind.content));
  if (kind_text != kBasicResponse) return malformed("a response of another type than basic");
  TEE_TRY(const der::Element basic, bytes.expect(der::kOctetString));
  TEE_CHECK(bytes.finish());
  TEE_CHECK(parse_basic(basic.content, r));
  return r;
}

OcspJudgement judge_ocsp(const OcspResponse& response, ByteView serial, const OcspIssuer& issuer, Time at) {
  OcspJudgement out;
  for (const OcspEntry& entry : response.entries)
    if (speaks_of(entry, serial, issuer)) out.entry = &entry;
  if (!out.entry) return out;
  if (!signed_with_authority(response, issuer, at)) out.state = OcspState::bad_signature;
  else if (out.entry->this_update > at) out.state = OcspState::not_yet_valid;
  else if (at > out.entry->next_update.value_or(out.entry->this_update + kLifeWithoutNextUpdate)) out.state = OcspState::stale;
  else out.state = OcspState::current;
  return out;
}

}  // namespace tee::crypto
