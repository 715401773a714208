// Certificate, RFC 5280 section 4.1.
#include "crypto/x509.h"

#include "base/encoding.h"
#include "crypto/algorithm.h"
#include "crypto/x509_extensions.h"

namespace tee::crypto {

namespace {

constexpr std::size_t kMaxCertificates = 256;

tl::unexpected<Error> bad(std::string_view why) { return fail(code::input_malformed, std::string(why)); }

// [0] EXPLICIT INTEGER DEFAULT v1: DER forbids writing the default.
Result<int> parse_version(der::Reader& tbs) {
  TEE_TRY(const std::optional<der::Element> tagged, tbs.optional(der::context(0)));
  if (!tagged) return 1;
  der::Reader inner(tagged->content);
  TEE_TRY(const der::Element number, inner.expect(der::kInteger));
  TEE_CHECK(inner.finish());
  TEE_TRY(const std::uint64_t value, der::unsigned_integer(number));
  if (value != 1 && value != 2) return bad("a certificate version that is neither 2 nor 3");
  return static_cast<int>(value) + 1;
}

Status parse_validity(der::Reader& tbs, Certificate& to) {
  TEE_TRY(der::Reader fields, tbs.enter(der::kSequence));
  TEE_TRY(const der::Element not_before, fields.any());
  TEE_TRY(const der::Element not_after, fields.any());
  TEE_CHECK(fields.finish());
  TEE_TRY(to.not_before, der::time(not_before));
  TEE_TRY(to.not_after, der::time(not_after));
  return {};
}

Result<ByteView> parse_name(der::Reader& tbs) {
  TEE_TRY(const der::Element name, tbs.expect(der::kSequence));
  TEE_CHECK(check_name(name.whole));
  return name.whole;
}

// The structure must hold; a key that we cannot use leaves `key` empty, so that such a certificate can still
// be shown.
Status parse_key(der::Reader& tbs, Certificate& to) {
  TEE_TRY(const der::Element spki, tbs.expect(der::kSequence));
  to.spki = spki.whole;
  der::Reader fields(spki.content);
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(fields));
  TEE_TRY(const der::Element bits, fields.expect(der::kBitString));
  TEE_CHECK(fields.finish());
  TEE_CHECK(der::bit_string(bits));
  Result<PublicKey> key = parse_spki(spki.whole);
  if (key) {
    to.key = *std::move(key);
  } else {
    to.key_problem = std::move(key).error().message;
  }
  return {};
}

// issuerUniqueID [1] and subjectUniqueID [2] (IMPLICIT BIT STRING, version 2 on), extensions [3] (version 3
// only).
Status parse_optional_fields(der::Reader& tbs, Certificate& to) {
  for (const unsigned n : {1u, 2u}) {
    TEE_TRY(const std::optional<der::Element> id, tbs.optional(der::context_primitive(n)));
    if (!id) continue;
    if (to.version < 2) return bad("a version 1 certificate with a unique identifier");
    TEE_CHECK(der::bit_string(*id));
  }
  TEE_TRY(const std::optional<der::Element> tagged, tbs.optional(der::context(3)));
  if (!tagged) return {};
  if (to.version != 3) return bad("extensions in a certificate that is not of version 3");
  der::Reader inner(tagged->content);
  TEE_TRY(const der::Reader list, inner.enter(der::kSequence));
  TEE_CHECK(inner.finish());
  TEE_TRY(to.extensions, parse_extensions(list));
  return decode_standard_extensions(to);
}

Status parse_tbs(der::Reader tbs, Certificate& to, ByteView& inner_algorithm) {
  TEE_TRY(to.version, parse_version(tbs));
  TEE_TRY(const der::Element serial, tbs.expect(der::kInteger));
  TEE_CHECK(der::check_integer(serial));
  to.serial = serial.content;
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(tbs));
  inner_algorithm = algorithm.whole;
  TEE_TRY(to.issuer, parse_name(tbs));
  TEE_CHECK(parse_validity(tbs, to));
  TEE_TRY(to.subject, parse_name(tbs));
  TEE_CHECK(parse_key(tbs, to));
  TEE_CHECK(parse_optional_fields(tbs, to));
  return tbs.finish();
}

Status parse_into(Certificate& to) {
  der::Reader outer(*to.storage);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(const der::Element tbs, fields.expect(der::kSequence));
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(fields));
  TEE_TRY(const der::Element signature, fields.expect(der::kBitString));
  TEE_CHECK(fields.finish());
  to.tbs = tbs.whole;
  to.scheme_oid = algorithm.oid;
  to.scheme = scheme_of(algorithm);
  TEE_TRY(to.signature, der::bit_string(signature));
  ByteView inner_algorithm;
  TEE_CHECK(parse_tbs(der::Reader(tbs.content), to, inner_algorithm));
  // RFC 5280 section 4.1.1.2: the algorithm outside the signed part must repeat the one inside.
  if (!equal(inner_algorithm, algorithm.whole)) return bad("the two signature algorithms differ");
  return {};
}

}  // namespace

const Extension* Certificate::extension(std::string_view oid) const {
  for (const Extension& candidate : extensions) {
    if (candidate.oid == oid) return &candidate;
  }
  return nullptr;
}

std::string Certificate::serial_hex() const {
  if (serial.size() > 1 && serial[0] == 0) return hex(serial.subspan(1));
  return hex(serial);
}

std::array<std::uint8_t, 32> Certificate::fingerprint() const { return sha256(der()); }

Result<Certificate> parse_certificate(ByteView der) {
  Certificate out;
  out.storage = std::make_shared<const Bytes>(to_bytes(der));
  if (Status done = parse_into(out); !done)
    return tl::unexpected(std::move(done).error().within("certificate"));
  return out;
}

Result<std::vector<Certificate>> parse_certificates(ByteView der_or_pem, pem::Junk junk) {
  std::vector<Certificate> out;
  if (!pem::looks_like_pem(as_text(der_or_pem))) {
    TEE_TRY(Certificate certificate, parse_certificate(der_or_pem));
    out.push_back(std::move(certificate));
    return out;
  }
  TEE_TRY(const std::vector<pem::Block> blocks, pem::parse(as_text(der_or_pem), junk));
  if (blocks.size() > kMaxCertificates) return bad("more than 256 certificates in one file");
  for (const pem::Block& block : blocks) {
    if (block.label != "CERTIFICATE")
      return bad("a PEM block that is no certificate: " + printable(block.label));
    TEE_TRY(Certificate certificate, parse_certificate(block.der));
    out.push_back(std::move(certificate));
  }
  return out;
}

int compare_magnitudes(ByteView a, ByteView b) {
  while (!a.empty() && a.front() == 0) a = a.subspan(1);
  while (!b.empty() && b.front() == 0) b = b.subspan(1);
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  const int order = a.empty() ? 0 : std::memcmp(a.data(), b.data(), a.size());
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

}  // namespace tee::crypto
