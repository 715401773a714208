#include "providers/nitro/anchors.h"

#include "base/encoding.h"
#include "codec/der.h"

namespace tee::nitro {

namespace {

// "AWS Nitro Enclaves User Guide", Verifying the root of trust: AWS_NitroEnclaves_Root-G1. The certificate
// with these numbers has SHA-256 641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b.
constexpr std::string_view kX =
    "fc0254eba608c1f36870e29ada90be46383292736e894bfff672d989444b5051e534a4b1f6dbe3c0bc581a32b7b17607";
constexpr std::string_view kY =
    "0ede12d69a3fea211b66e752cf7dd1dd095f6f1370f4170843d9dc100121e4cf63012809664487c9796284304dc53ff4";
constexpr std::string_view kSerial = "00f93175681b90afe11d46ccb4e4e7f856";

Bytes rdn(std::string_view oid, ByteView value) {
  return der::set({der::sequence({der::object_identifier(oid), value})});
}

// C=US, O=Amazon, OU=AWS, CN=aws.nitro-enclaves, in this order and with these string types.
Bytes root_name() {
  return der::sequence({rdn("2.5.4.6", der::printable("US")), rdn("2.5.4.10", der::utf8("Amazon")),
                        rdn("2.5.4.11", der::utf8("AWS")), rdn("2.5.4.3", der::utf8("aws.nitro-enclaves"))});
}

// A vendor may issue its root anew under the same key, so no validity is pinned; the certificate that a
// document carries is held to its own.
crypto::TrustAnchor make_root() {
  crypto::TrustAnchor out;
  out.label = "AWS Nitro Enclaves Root-G1";
  out.name = root_name();
  out.key = crypto::PublicKey{crypto::EcKey{crypto::Curve::p384, *from_hex(kX), *from_hex(kY)}};
  out.serials = {*from_hex(kSerial)};
  return out;
}

}  // namespace

const crypto::TrustAnchor& aws_root() {
  static const crypto::TrustAnchor root = make_root();
  return root;
}

}  // namespace tee::nitro
