#include "mint/x509.h"

#include <bit>

#include "codec/der.h"

namespace tee::mint {

namespace {

constexpr std::string_view kSha256 = "2.16.840.1.101.3.4.2.1", kSha384 = "2.16.840.1.101.3.4.2.2",
                           kSha512 = "2.16.840.1.101.3.4.2.3";

Bytes algorithm(std::string_view oid, ByteView parameters) {
  return der::sequence({der::object_identifier(oid), parameters});
}

// RSASSA-PSS-params, RFC 4055 section 3.1.
Bytes pss_algorithm(std::string_view hash_oid, std::uint64_t salt, bool trailer) {
  const Bytes hash = algorithm(hash_oid, der::null());
  const Bytes mask = algorithm("1.2.840.113549.1.1.8", hash);
  const Bytes trailer_field = trailer ? der::encode(der::context(3), der::integer(1)) : Bytes();
  const Bytes parameters =
      der::sequence({der::encode(der::context(0), hash), der::encode(der::context(1), mask),
                     der::encode(der::context(2), der::integer(salt)), trailer_field});
  return algorithm("1.2.840.113549.1.1.10", parameters);
}

Bytes extension(const ExtensionSpec& spec) {
  const Bytes critical = spec.critical ? der::boolean(true) : Bytes();
  return der::sequence({der::object_identifier(spec.oid), critical, der::octet_string(spec.value)});
}

Bytes sequence_of(const std::vector<ExtensionSpec>& specs) {
  Bytes content;
  for (const ExtensionSpec& spec : specs) append(content, extension(spec));
  return der::encode(der::kSequence, content);
}

// RFC 5280 section 4.2.1.3; DER leaves trailing zero bits out.
Bytes key_usage_value(const CertificateSpec& spec) {
  const unsigned bits =
      (spec.digital_signature ? 0x80u : 0u) | (spec.cert_sign ? 0x04u : 0u) | (spec.crl_sign ? 0x02u : 0u);
  const auto unused = static_cast<std::uint8_t>(std::countr_zero(bits));
  return der::encode(der::kBitString, Bytes{unused, static_cast<std::uint8_t>(bits)});
}

Bytes basic_constraints_value(const CertificateSpec& spec) {
  return der::sequence({*spec.ca ? der::boolean(true) : Bytes(),
                        spec.path_length ? der::integer(*spec.path_length) : Bytes()});
}

ExtensionSpec authority_key_id(const Bytes& id) {
  return {"2.5.29.35", false, der::sequence({der::encode(der::context_primitive(0), id)})};
}

std::vector<ExtensionSpec> extensions_of(const CertificateSpec& spec, const crypto::PublicKey& issuer_key) {
  std::vector<ExtensionSpec> out;
  if (spec.ca) out.push_back({"2.5.29.19", true, basic_constraints_value(spec)});
  if (spec.cert_sign || spec.crl_sign || spec.digital_signature) {
    out.push_back({"2.5.29.15", spec.key_usage_critical, key_usage_value(spec)});
  }
  if (spec.key_ids) out.push_back({"2.5.29.14", false, der::octet_string(key_identifier(spec.key))});
  if (spec.authority_key_id) {
    out.push_back(authority_key_id(*spec.authority_key_id));
  } else if (spec.key_ids) {
    out.push_back(authority_key_id(key_identifier(issuer_key)));
  }
  out.insert(out.end(), spec.extensions.begin(), spec.extensions.end());
  return out;
}

// Certificate and CertificateList have the same frame: content, algorithm, signature.
Result<Bytes> signed_document(const Bytes& tbs, const Bytes& signature_algorithm, crypto::Scheme scheme,
                              const crypto::PrivateKey& issuer_key) {
  TEE_TRY(const Bytes signature, issuer_key.sign(scheme, tbs));
  return der::sequence({tbs, signature_algorithm, der::bit_string(signature)});
}

Bytes revoked_entries(const CrlSpec& spec) {
  if (spec.revoked.empty()) return {};
  const Bytes date = der::time(spec.this_update);
  const Bytes extensions = spec.entry_extensions.empty() ? Bytes() : sequence_of(spec.entry_extensions);
  Bytes content;
  for (const Bytes& serial : spec.revoked) {
    append(content, der::sequence({der::integer_from_magnitude(serial), date, extensions}));
  }
  return der::encode(der::kSequence, content);
}

}  // namespace

Bytes encode_name(const Name& name) {
  Bytes content;
  for (const NameAttribute& attribute : name) {
    const Bytes value = attribute.printable ? der::printable(attribute.value) : der::utf8(attribute.value);
    append(content, der::set({der::sequence({der::object_identifier(attribute.oid), value})}));
  }
  return der::encode(der::kSequence, content);
}

Name common_name(std::string cn) { return {{"2.5.4.3", std::move(cn)}}; }

Bytes encode_signature_algorithm(crypto::Scheme scheme, bool pss_trailer) {
  using crypto::Scheme;
  switch (scheme) {
    case Scheme::ecdsa_sha256:
      return algorithm("1.2.840.10045.4.3.2", {});
    case Scheme::ecdsa_sha384:
      return algorithm("1.2.840.10045.4.3.3", {});
    case Scheme::ecdsa_sha512:
      return algorithm("1.2.840.10045.4.3.4", {});
    case Scheme::rsa_pkcs1_sha1:
      return algorithm("1.2.840.113549.1.1.5", der::null());
    case Scheme::rsa_pkcs1_sha256:
      return algorithm("1.2.840.113549.1.1.11", der::null());
    case Scheme::rsa_pkcs1_sha384:
      return algorithm("1.2.840.113549.1.1.12", der::null());
    case Scheme::rsa_pkcs1_sha512:
      return algorithm("1.2.840.113549.1.1.13", der::null());
    case Scheme::rsa_pss_sha256:
      return pss_algorithm(kSha256, 32, pss_trailer);
    case Scheme::rsa_pss_sha384:
      return pss_algorithm(kSha384, 48, pss_trailer);
    case Scheme::rsa_pss_sha512:
      return pss_algorithm(kSha512, 64, pss_trailer);
    case Scheme::ed25519:
      break;
  }
  return algorithm("1.3.101.112", {});
}

Result<Bytes> make_certificate(const CertificateSpec& spec, const crypto::PrivateKey& issuer_key) {
  const Bytes signature_algorithm = encode_signature_algorithm(spec.scheme, spec.pss_trailer);
  const auto version_number = static_cast<std::uint64_t>(spec.version - 1);
  const Bytes version =
      spec.version > 1 ? der::encode(der::context(0), der::integer(version_number)) : Bytes();
  const std::vector<ExtensionSpec> extensions = extensions_of(spec, issuer_key.public_key());
  const bool with_extensions = spec.version == 3 && !extensions.empty();
  const Bytes tbs = der::sequence({
      version,
      der::integer_from_magnitude(spec.serial),
      signature_algorithm,
      encode_name(spec.issuer),
      der::sequence({der::time(spec.not_before), der::time(spec.not_after)}),
      encode_name(spec.subject),
      crypto::encode_spki(spec.key),
      with_extensions ? der::encode(der::context(3), sequence_of(extensions)) : Bytes(),
  });
  return signed_document(tbs, signature_algorithm, spec.scheme, issuer_key);
}

Result<Bytes> make_crl(const CrlSpec& spec, const crypto::PrivateKey& issuer_key) {
  const Bytes signature_algorithm = encode_signature_algorithm(spec.scheme, spec.pss_trailer);
  std::vector<ExtensionSpec> extensions;
  if (spec.authority_key_id) extensions.push_back(authority_key_id(key_identifier(issuer_key.public_key())));
  if (spec.number) extensions.push_back({"2.5.29.20", false, der::integer(*spec.number)});
  extensions.insert(extensions.end(), spec.extensions.begin(), spec.extensions.end());
  const Bytes tbs = der::sequence({
      der::integer(1),
      signature_algorithm,
      encode_name(spec.issuer),
      der::time(spec.this_update),
      spec.next_update ? der::time(*spec.next_update) : Bytes(),
      revoked_entries(spec),
      extensions.empty() ? Bytes() : der::encode(der::context(0), sequence_of(extensions)),
  });
  return signed_document(tbs, signature_algorithm, spec.scheme, issuer_key);
}

Bytes key_identifier(const crypto::PublicKey& key) {
  const Bytes spki = crypto::encode_spki(key);
  // The BIT STRING inside, without its count of unused bits; encode_spki writes exactly two elements.
  der::Reader outer(spki);
  auto fields = outer.enter(der::kSequence);
  if (!fields || !fields->any()) return {};
  const auto bits = fields->expect(der::kBitString);
  return bits ? crypto::digest(crypto::Hash::sha1, bits->content.subspan(1)) : Bytes();
}

}  // namespace tee::mint
