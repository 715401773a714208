// CertificateList, RFC 5280 section 5.1.
#include <algorithm>

#include "base/encoding.h"
#include "codec/pem.h"
#include "crypto/algorithm.h"
#include "crypto/x509.h"
#include "crypto/x509_extensions.h"

namespace tee::crypto {

namespace {

constexpr std::string_view kReasonCode = "2.5.29.21", kInvalidityDate = "2.5.29.24";

tl::unexpected<Error> bad(std::string_view why) { return fail(code::input_malformed, std::string(why)); }

// Entry extensions, RFC 5280 section 5.3. Reason and date do not change that the serial is revoked. Anything
// else that is critical (certificateIssuer of an indirect CRL) would: then the CRL must not be used.
Status parse_entry(der::Reader fields, Crl& to) {
  TEE_TRY(const der::Element serial, fields.expect(der::kInteger));
  TEE_CHECK(der::check_integer(serial));
  TEE_TRY(const der::Element date, fields.any());
  TEE_CHECK(der::time(date));
  if (!fields.done()) {
    TEE_TRY(const der::Reader list, fields.enter(der::kSequence));
    TEE_TRY(const std::vector<Extension> extensions, parse_extensions(list));
    for (const Extension& extension : extensions) {
      const bool known = extension.oid == kReasonCode || extension.oid == kInvalidityDate;
      if (extension.critical && !known) to.has_unknown_critical = true;
    }
    TEE_CHECK(fields.finish());
  }
  to.revoked.push_back(to_bytes(serial.content));
  return {};
}

Status parse_extension(const Extension& extension, Crl& to) {
  if (extension.oid == oid::kCrlNumber) {
    der::Reader value(extension.value);
    TEE_TRY(const der::Element number, value.expect(der::kInteger));
    TEE_CHECK(value.finish());
    TEE_TRY(const ByteView magnitude, der::positive_integer(number));
    to.number = to_bytes(magnitude);
  } else if (extension.oid == oid::kAuthorityKeyId) {
    TEE_TRY(AuthorityKeyId id, parse_authority_key_id(extension.value));
    to.authority_key_id = std::move(id.key_id);
  } else if (extension.oid == oid::kDeltaCrl || extension.oid == oid::kIssuingDistributionPoint) {
    to.is_delta_or_partial = true;
  } else if (extension.critical) {
    to.has_unknown_critical = true;
  }
  return {};
}

// revokedCertificates is absent when nothing is revoked; an empty list is refused (RFC 5280 section 5.1.2.6).
Status parse_revoked(der::Reader& tbs, Crl& to) {
  if (tbs.peek_tag() != der::kSequence) return {};
  TEE_TRY(der::Reader list, tbs.enter(der::kSequence));
  if (list.done()) return bad("an empty list of revoked certificates");
  while (!list.done()) {
    TEE_TRY(const der::Reader entry, list.enter(der::kSequence));
    TEE_CHECK(parse_entry(entry, to));
  }
  std::sort(to.revoked.begin(), to.revoked.end());
  return {};
}

Status parse_tbs(der::Reader tbs, Crl& to, ByteView& inner_algorithm) {
  TEE_TRY(const der::Element version_element, tbs.expect(der::kInteger));
  TEE_TRY(const std::uint64_t version, der::unsigned_integer(version_element));
  if (version != 1) return bad("a CRL that is not of version 2");
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(tbs));
  inner_algorithm = algorithm.whole;
  TEE_TRY(const der::Element issuer, tbs.expect(der::kSequence));
  TEE_CHECK(check_name(issuer.whole));
  to.issuer = issuer.whole;
  TEE_TRY(const der::Element this_update, tbs.any());
  TEE_TRY(to.this_update, der::time(this_update));
  if (const auto tag = tbs.peek_tag(); tag == der::kUtcTime || tag == der::kGeneralizedTime) {
    TEE_TRY(const der::Element next_update, tbs.any());
    TEE_TRY(to.next_update, der::time(next_update));
  }
  TEE_CHECK(parse_revoked(tbs, to));
  TEE_TRY(const std::optional<der::Element> tagged, tbs.optional(der::context(0)));
  TEE_CHECK(tbs.finish());
  if (!tagged) return {};
  der::Reader inner(tagged->content);
  TEE_TRY(const der::Reader list, inner.enter(der::kSequence));
  TEE_CHECK(inner.finish());
  TEE_TRY(const std::vector<Extension> extensions, parse_extensions(list));
  for (const Extension& extension : extensions) {
    TEE_CHECK(parse_extension(extension, to));
  }
  return {};
}

Status parse_into(Crl& to) {
  der::Reader outer(*to.storage);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(const der::Element tbs, fields.expect(der::kSequence));
  TEE_TRY(const AlgorithmIdentifier algorithm, parse_algorithm(fields));
  TEE_TRY(const der::Element signature, fields.expect(der::kBitString));
  TEE_CHECK(fields.finish());
  to.tbs = tbs.whole;
  to.scheme = scheme_of(algorithm);
  TEE_TRY(to.signature, der::bit_string(signature));
  ByteView inner_algorithm;
  TEE_CHECK(parse_tbs(der::Reader(tbs.content), to, inner_algorithm));
  if (!equal(inner_algorithm, algorithm.whole)) return bad("the two signature algorithms differ");
  return {};
}

}  // namespace

bool Crl::lists(ByteView serial) const {
  const auto before = [](const Bytes& a, ByteView b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  };
  const auto found = std::lower_bound(revoked.begin(), revoked.end(), serial, before);
  return found != revoked.end() && equal(*found, serial);
}

Result<Crl> parse_crl(ByteView der_or_pem) {
  Crl out;
  if (pem::looks_like_pem(as_text(der_or_pem))) {
    TEE_TRY(std::vector<pem::Block> blocks, pem::parse(as_text(der_or_pem)));
    if (blocks.size() != 1 || blocks[0].label != "X509 CRL")
      return bad("PEM text that is not exactly one X509 CRL");
    out.storage = std::make_shared<const Bytes>(std::move(blocks[0].der));
  } else {
    out.storage = std::make_shared<const Bytes>(to_bytes(der_or_pem));
  }
  if (Status done = parse_into(out); !done) return tl::unexpected(std::move(done).error().within("CRL"));
  return out;
}

}  // namespace tee::crypto
