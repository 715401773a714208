// parse_certificate: whatever it accepts, OpenSSL reads too, with the same serial, names, times and key.
#include <openssl/asn1.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

#include "base/encoding.h"
#include "crypto/path.h"
#include "require.h"

using namespace tee;
using namespace tee::crypto;

namespace {

struct FreeCertificate {
  void operator()(X509* c) const { X509_free(c); }
};

Bytes encoded_name(const X509_NAME* name) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_NAME(name, &der);
  Bytes out(der, der + (size > 0 ? size : 0));
  OPENSSL_free(der);
  return out;
}

// Content octets, as long as they have a length of one byte.
Bytes serial_content(const ASN1_INTEGER* serial) {
  unsigned char* der = nullptr;
  const int size = i2d_ASN1_INTEGER(serial, &der);
  Bytes out(der + 2, der + size);
  OPENSSL_free(der);
  return out;
}

bool same_time(const ASN1_TIME* theirs, Time ours) {
  const std::int64_t seconds = to_unix(ours);
  return ASN1_TIME_cmp_time_t(theirs, static_cast<time_t>(seconds)) == 0;
}

void compare(const Certificate& ours, X509* theirs) {
  FUZZ_REQUIRE(X509_get_version(theirs) + 1 == ours.version);
  FUZZ_REQUIRE(equal(encoded_name(X509_get_subject_name(theirs)), ours.subject));
  FUZZ_REQUIRE(equal(encoded_name(X509_get_issuer_name(theirs)), ours.issuer));
  if (ours.serial.size() < 128)
    FUZZ_REQUIRE(equal(serial_content(X509_get0_serialNumber(theirs)), ours.serial));
  FUZZ_REQUIRE(same_time(X509_get0_notBefore(theirs), ours.not_before));
  FUZZ_REQUIRE(same_time(X509_get0_notAfter(theirs), ours.not_after));
  FUZZ_REQUIRE(X509_get_ext_count(theirs) == static_cast<int>(ours.extensions.size()));
  if (ours.key) {
    FUZZ_REQUIRE(X509_get0_pubkey(theirs) != nullptr);
    FUZZ_REQUIRE(equal(encode_spki(*ours.key), ours.spki));
  }
  const std::uint32_t flags = X509_get_extension_flags(theirs);
  if ((flags & EXFLAG_INVALID) != 0) return;
  const bool their_ca = (flags & EXFLAG_BCONS) != 0 && (flags & EXFLAG_CA) != 0;
  FUZZ_REQUIRE(their_ca == ours.is_ca);
  if ((flags & EXFLAG_KUSAGE) != 0) {
    const std::uint32_t usage = X509_get_key_usage(theirs);
    FUZZ_REQUIRE(((usage & KU_KEY_CERT_SIGN) != 0) == ours.key_usage->key_cert_sign);
    FUZZ_REQUIRE(((usage & KU_CRL_SIGN) != 0) == ours.key_usage->crl_sign);
    FUZZ_REQUIRE(((usage & KU_DIGITAL_SIGNATURE) != 0) == ours.key_usage->digital_signature);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  initialise();
  const Result<Certificate> certificate = parse_certificate({data, size});
  if (!certificate) return 0;
  FUZZ_REQUIRE(equal(certificate->der(), {data, size}));
  FUZZ_REQUIRE(valid_utf8(certificate->subject_text()));
  FUZZ_REQUIRE(valid_utf8(certificate->issuer_cn()));
  (void)certificate->serial_hex();

  const unsigned char* at = data;
  const std::unique_ptr<X509, FreeCertificate> theirs(d2i_X509(nullptr, &at, static_cast<long>(size)));
  FUZZ_REQUIRE(theirs != nullptr);
  FUZZ_REQUIRE(at == data + size);
  compare(*certificate, theirs.get());

  // A certificate alone never vouches for itself under another name, and judging it never fails.
  const TrustAnchor anchor = anchor_from(*certificate, "itself");
  const PathResult result = validate_path({&*certificate}, anchor, certificate->not_before, {});
  FUZZ_REQUIRE(!result.ok() || equal(certificate->issuer, certificate->subject));
  return 0;
}
