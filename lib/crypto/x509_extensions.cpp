#include "crypto/x509_extensions.h"

namespace tee::crypto {

namespace {

constexpr std::size_t kMaxExtensions = 64, kMaxCrlUrls = 16;

tl::unexpected<Error> bad(std::string_view why) { return fail(code::input_malformed, std::string(why)); }

// RFC 5280 section 4.1.2.9. `critical` is a DEFAULT FALSE; some issuers write the FALSE out, which changes
// nothing.
Result<Extension> parse_extension(ByteView content) {
  der::Reader fields(content);
  Extension out;
  TEE_TRY(const der::Element oid, fields.expect(der::kOid));
  TEE_TRY(out.oid, der::oid_text(oid.content));
  TEE_TRY(const std::optional<der::Element> critical, fields.optional(der::kBoolean));
  if (critical) {
    TEE_TRY(out.critical, der::boolean(*critical));
  }
  TEE_TRY(const der::Element value, fields.expect(der::kOctetString));
  TEE_CHECK(fields.finish());
  out.value = value.content;
  return out;
}

// RFC 5280 section 4.2.1.9.
Status decode_basic_constraints(ByteView value, Certificate& to) {
  der::Reader outer(value);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  to.has_basic_constraints = true;
  TEE_TRY(const std::optional<der::Element> ca, fields.optional(der::kBoolean));
  if (ca) {
    TEE_TRY(to.is_ca, der::boolean(*ca));
  }
  TEE_TRY(const std::optional<der::Element> length, fields.optional(der::kInteger));
  if (length) {
    TEE_TRY(to.path_length, der::unsigned_integer(*length));
  }
  return fields.finish();
}

// RFC 5280 section 4.2.1.3: bit 0 is the highest of the first byte; at least one bit is set. X.690
// section 11.2.2 wants trailing zero bits left out, but AMD's ASK and ASVK write them (03 02 00 04), so they
// are accepted.
Status decode_key_usage(ByteView value, Certificate& to) {
  der::Reader outer(value);
  TEE_TRY(const der::Element bits, outer.expect(der::kBitString));
  TEE_CHECK(outer.finish());
  const ByteView content = bits.content;
  if (content.size() < 2 || content.size() > 3 || content[0] > 7) return bad("keyUsage has no proper bits");
  const unsigned unused_mask = (1u << content[0]) - 1;
  if ((content.back() & unused_mask) != 0) return bad("keyUsage has bits behind its end");
  if (all_zero(content.subspan(1))) return bad("keyUsage allows nothing");
  KeyUsage usage;
  usage.digital_signature = (content[1] & 0x80) != 0;
  usage.key_cert_sign = (content[1] & 0x04) != 0;
  usage.crl_sign = (content[1] & 0x02) != 0;
  to.key_usage = usage;
  return {};
}

Status decode_subject_key_id(ByteView value, Certificate& to) {
  der::Reader outer(value);
  TEE_TRY(const der::Element id, outer.expect(der::kOctetString));
  TEE_CHECK(outer.finish());
  if (id.content.empty()) return bad("an empty key identifier");
  to.subject_key_id = to_bytes(id.content);
  return {};
}

// DistributionPointName, RFC 5280 section 4.2.1.13: URLs of a fullName [0] are kept.
Status decode_point_name(ByteView content, Certificate& to) {
  der::Reader name(content);
  TEE_TRY(const der::Element choice, name.any());
  TEE_CHECK(name.finish());
  if (choice.tag != der::context(0) && choice.tag != der::context(1))
    return bad("cRLDistributionPoints names no point");
  der::Reader general_names(choice.content);
  while (choice.tag == der::context(0) && !general_names.done()) {
    TEE_TRY(const der::Element general, general_names.any());
    if (general.tag != der::context_primitive(6)) continue;
    if (to.crl_urls.size() == kMaxCrlUrls) return bad("more CRL addresses than any certificate has");
    to.crl_urls.emplace_back(as_text(general.content));
  }
  return {};
}

Status decode_crl_points(ByteView value, Certificate& to) {
  der::Reader outer(value);
  TEE_TRY(der::Reader points, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  if (points.done()) return bad("cRLDistributionPoints is empty");
  while (!points.done()) {
    TEE_TRY(der::Reader point, points.enter(der::kSequence));
    TEE_TRY(const std::optional<der::Element> name, point.optional(der::context(0)));
    if (name) {
      TEE_CHECK(decode_point_name(name->content, to));
    }
    TEE_CHECK(point.optional(der::context_primitive(1)));  // reasons
    TEE_CHECK(point.optional(der::context(2)));            // cRLIssuer
    TEE_CHECK(point.finish());
  }
  return {};
}

Status decode_authority_key_id(ByteView value, Certificate& to) {
  TEE_TRY(AuthorityKeyId id, parse_authority_key_id(value));
  to.authority_key_id = std::move(id.key_id);
  to.authority_issuer = id.issuer;
  to.authority_serial = std::move(id.serial);
  return {};
}

struct Decoder {
  std::string_view oid;
  std::string_view name;
  Status (*decode)(ByteView, Certificate&);
};
constexpr Decoder kDecoders[] = {
    {oid::kBasicConstraints, "basicConstraints", decode_basic_constraints},
    {oid::kKeyUsage, "keyUsage", decode_key_usage},
    {oid::kSubjectKeyId, "subjectKeyIdentifier", decode_subject_key_id},
    {oid::kAuthorityKeyId, "authorityKeyIdentifier", decode_authority_key_id},
    {oid::kCrlDistributionPoints, "cRLDistributionPoints", decode_crl_points},
};

}  // namespace

Result<std::vector<Extension>> parse_extensions(der::Reader list) {
  if (list.done()) return bad("an empty list of extensions");
  std::vector<Extension> out;
  while (!list.done()) {
    TEE_TRY(const der::Element element, list.expect(der::kSequence));
    TEE_TRY(Extension extension, parse_extension(element.content));
    for (const Extension& earlier : out) {
      if (earlier.oid == extension.oid) return bad("extension " + extension.oid + " occurs twice");
    }
    if (out.size() == kMaxExtensions) return bad("more than 64 extensions");
    out.push_back(std::move(extension));
  }
  return out;
}

Status decode_standard_extensions(Certificate& certificate) {
  for (const Extension& extension : certificate.extensions) {
    for (const Decoder& decoder : kDecoders) {
      if (decoder.oid != extension.oid) continue;
      if (Status done = decoder.decode(extension.value, certificate); !done) {
        return tl::unexpected(std::move(done).error().within("extension " + std::string(decoder.name)));
      }
    }
  }
  return {};
}

// RFC 5280 section 4.2.1.1: [0] key identifier, [1] issuer as GeneralNames, [2] serial; the last two stand
// together.
Result<AuthorityKeyId> parse_authority_key_id(ByteView value) {
  der::Reader outer(value);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  AuthorityKeyId out;
  TEE_TRY(const std::optional<der::Element> key_id, fields.optional(der::context_primitive(0)));
  if (key_id && key_id->content.empty()) return bad("an empty key identifier");
  if (key_id) out.key_id = to_bytes(key_id->content);
  TEE_TRY(const std::optional<der::Element> issuer, fields.optional(der::context(1)));
  if (issuer) {
    der::Reader names(issuer->content);
    while (!names.done()) {
      TEE_TRY(const der::Element general, names.any());
      if (general.tag != der::context(4) || !out.issuer.empty()) continue;  // directoryName
      TEE_CHECK(check_name(general.content));
      out.issuer = general.content;
    }
  }
  TEE_TRY(const std::optional<der::Element> serial, fields.optional(der::context_primitive(2)));
  if (serial) {
    TEE_CHECK(der::check_integer(*serial));
    out.serial = to_bytes(serial->content);
  }
  TEE_CHECK(fields.finish());
  return out;
}

}  // namespace tee::crypto
