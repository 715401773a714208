#include "providers/shared/intel_dcap/anchors.h"

#include "base/encoding.h"
#include "codec/der.h"

namespace tee::intel {

namespace {

// "Intel SGX PCK Certificate and CRL Profile Specification", section 1.3: Intel SGX Root CA. Two certificates
// carry this name, key and serial: one until 2033, one until 2049.
constexpr std::string_view kX = "0ba9c4c0c0c86193a3fe23d6b02cda10a8bbd4e88e48b4458561a36e705525f5";
constexpr std::string_view kY = "67918e2edc88e40d860bd0cc4ee26aacc988e505a953558c453f6b0904ae7394";
constexpr std::string_view kSerial = "22650cd65a9d3489f383b49552bf501b392706ac";
constexpr std::string_view kCertificates[] = {
    "44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3",
    "fc64f8076d79a4fee9d1d473d74c89eb8d8fd55c5abafeabeba7366d20429404",
};
constexpr Time kNotBefore = unix_time(1526899510);  // 2018-05-21T10:45:10Z
constexpr Time kNotAfter = unix_time(2524607999);   // 2049-12-31T23:59:59Z

Bytes rdn(std::string_view oid, ByteView value) {
  return der::set({der::sequence({der::object_identifier(oid), value})});
}

// In this order and with these string types.
Bytes root_name() {
  return der::sequence({rdn("2.5.4.3", der::utf8("Intel SGX Root CA")),
                        rdn("2.5.4.10", der::utf8("Intel Corporation")),
                        rdn("2.5.4.7", der::utf8("Santa Clara")), rdn("2.5.4.8", der::utf8("CA")),
                        rdn("2.5.4.6", der::printable("US"))});
}

crypto::TrustAnchor make_root() {
  crypto::TrustAnchor out;
  out.label = "Intel SGX Root CA";
  out.name = root_name();
  out.key = crypto::PublicKey{crypto::EcKey{crypto::Curve::p256, *from_hex(kX), *from_hex(kY)}};
  out.serials = {*from_hex(kSerial)};
  out.not_before = kNotBefore;
  out.not_after = kNotAfter;
  for (const std::string_view text : kCertificates)
    out.certificates.push_back(Cursor(*from_hex(text)).array<32>());
  return out;
}

}  // namespace

const std::vector<crypto::TrustAnchor>& pinned_roots() {
  static const std::vector<crypto::TrustAnchor> roots{make_root()};
  return roots;
}

}  // namespace tee::intel
