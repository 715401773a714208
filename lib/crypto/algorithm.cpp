#include "crypto/algorithm.h"

namespace tee::crypto {

namespace {

constexpr std::string_view kRsaPss = "1.2.840.113549.1.1.10", kMgf1 = "1.2.840.113549.1.1.8";

// What the parameters field must hold: ECDSA has none (RFC 5758 section 3.2), PKCS #1 v1.5 has NULL, and RFC
// 4055 section 5 asks readers to accept its absence.
enum class Parameters { absent, null_or_absent };

struct KnownScheme {
  std::string_view oid;
  Scheme scheme;
  Parameters parameters;
};
constexpr KnownScheme kSchemes[] = {
    {"1.2.840.10045.4.3.2", Scheme::ecdsa_sha256, Parameters::absent},
    {"1.2.840.10045.4.3.3", Scheme::ecdsa_sha384, Parameters::absent},
    {"1.2.840.10045.4.3.4", Scheme::ecdsa_sha512, Parameters::absent},
    {"1.2.840.113549.1.1.5", Scheme::rsa_pkcs1_sha1, Parameters::null_or_absent},
    {"1.2.840.113549.1.1.11", Scheme::rsa_pkcs1_sha256, Parameters::null_or_absent},
    {"1.2.840.113549.1.1.12", Scheme::rsa_pkcs1_sha384, Parameters::null_or_absent},
    {"1.2.840.113549.1.1.13", Scheme::rsa_pkcs1_sha512, Parameters::null_or_absent},
    {"1.3.101.112", Scheme::ed25519, Parameters::absent},
};

struct PssHash {
  std::string_view oid;
  Scheme scheme;
};
constexpr PssHash kPssHashes[] = {{"2.16.840.1.101.3.4.2.1", Scheme::rsa_pss_sha256},
                                  {"2.16.840.1.101.3.4.2.2", Scheme::rsa_pss_sha384},
                                  {"2.16.840.1.101.3.4.2.3", Scheme::rsa_pss_sha512}};

Result<Scheme> pss_hash(der::Reader& from) {
  TEE_TRY(const AlgorithmIdentifier hash, parse_algorithm(from));
  if (!hash.parameters || hash.parameters->tag == der::kNull) {
    for (const PssHash& known : kPssHashes) {
      if (known.oid == hash.oid) return known.scheme;
    }
  }
  return fail(code::input_malformed, "an RSA-PSS hash that is not accepted");
}

Result<Scheme> pss_mask(der::Reader& from) {
  TEE_TRY(const AlgorithmIdentifier mask, parse_algorithm(from));
  if (mask.oid != kMgf1 || !mask.parameters) {
    return fail(code::input_malformed, "an RSA-PSS mask generation function that is not accepted");
  }
  der::Reader inner(mask.parameters->whole);
  TEE_TRY(const Scheme scheme, pss_hash(inner));
  TEE_CHECK(inner.finish());
  return scheme;
}

// RSASSA-PSS-params, RFC 4055 section 3.1. The defaults of hash, mask and salt mean SHA-1 and are not
// accepted, so all three must be there. trailerField may be left out (DER) or written as its default 1: AMD's
// ARK and ASK do the latter.
Result<Scheme> pss_scheme(const der::Element& parameters) {
  der::Reader outer(parameters.whole);
  TEE_TRY(der::Reader fields, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  TEE_TRY(der::Reader hash, fields.enter(der::context(0)));
  TEE_TRY(const Scheme scheme, pss_hash(hash));
  TEE_CHECK(hash.finish());
  TEE_TRY(der::Reader mask, fields.enter(der::context(1)));
  TEE_TRY(const Scheme mask_scheme, pss_mask(mask));
  TEE_CHECK(mask.finish());
  if (mask_scheme != scheme) return fail(code::input_malformed, "RSA-PSS with two different hashes");
  TEE_TRY(der::Reader salt, fields.enter(der::context(2)));
  TEE_TRY(const der::Element salt_length, salt.expect(der::kInteger));
  TEE_CHECK(salt.finish());
  TEE_TRY(const std::uint64_t salt_bytes, der::unsigned_integer(salt_length));
  if (salt_bytes != digest_size(hash_of(scheme))) {
    return fail(code::input_malformed, "an RSA-PSS salt that is not as long as the hash");
  }
  TEE_TRY(const std::optional<der::Element> trailer, fields.optional(der::context(3)));
  TEE_CHECK(fields.finish());
  if (trailer) {
    der::Reader inner(trailer->content);
    TEE_TRY(const der::Element field, inner.expect(der::kInteger));
    TEE_CHECK(inner.finish());
    TEE_TRY(const std::uint64_t value, der::unsigned_integer(field));
    if (value != 1) return fail(code::input_malformed, "an RSA-PSS trailer field other than 1");
  }
  return scheme;
}

}  // namespace

Result<AlgorithmIdentifier> parse_algorithm(der::Reader& from) {
  TEE_TRY(const der::Element element, from.expect(der::kSequence));
  AlgorithmIdentifier out;
  out.whole = element.whole;
  der::Reader fields(element.content);
  TEE_TRY(const der::Element oid, fields.expect(der::kOid));
  TEE_TRY(out.oid, der::oid_text(oid.content));
  if (!fields.done()) {
    TEE_TRY(const der::Element parameters, fields.any());
    const bool empty_null = parameters.tag == der::kNull && parameters.content.empty();
    if (parameters.tag == der::kOid) {
      TEE_CHECK(der::oid_text(parameters.content));
    }
    if (!empty_null && parameters.tag != der::kOid && parameters.tag != der::kSequence) {
      return fail(code::input_malformed, "algorithm " + out.oid + " has parameters of no known form");
    }
    out.parameters = parameters;
    TEE_CHECK(fields.finish());
  }
  return out;
}

std::optional<Scheme> scheme_of(const AlgorithmIdentifier& algorithm) {
  if (algorithm.oid == kRsaPss) {
    if (!algorithm.parameters) return std::nullopt;
    const Result<Scheme> scheme = pss_scheme(*algorithm.parameters);
    return scheme ? std::optional(*scheme) : std::nullopt;
  }
  for (const KnownScheme& known : kSchemes) {
    if (known.oid != algorithm.oid) continue;
    const bool absent = !algorithm.parameters;
    const bool null = algorithm.parameters && algorithm.parameters->tag == der::kNull;
    const bool accepted = absent || (null && known.parameters == Parameters::null_or_absent);
    return accepted ? std::optional(known.scheme) : std::nullopt;
  }
  return std::nullopt;
}

Family family_of(Scheme scheme) {
  switch (scheme) {
    case Scheme::ecdsa_sha256:
    case Scheme::ecdsa_sha384:
    case Scheme::ecdsa_sha512:
      return Family::ecdsa;
    case Scheme::rsa_pss_sha256:
    case Scheme::rsa_pss_sha384:
    case Scheme::rsa_pss_sha512:
      return Family::pss;
    case Scheme::ed25519:
      return Family::ed25519;
    case Scheme::rsa_pkcs1_sha1:
    case Scheme::rsa_pkcs1_sha256:
    case Scheme::rsa_pkcs1_sha384:
    case Scheme::rsa_pkcs1_sha512:
      break;
  }
  return Family::pkcs1;
}

}  // namespace tee::crypto
