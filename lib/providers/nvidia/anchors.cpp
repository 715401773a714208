// NVIDIA's roots as name and key. Both are self-signed P-384 certificates: "NVIDIA Device Identity CA" (2021, without end) and
// "NVIDIA CoRIM signing Root CA" (2023 to 2053).
#include "base/encoding.h"
#include "codec/der.h"
#include "providers/nvidia/judge.h"

namespace tee::nvidia {

namespace {

constexpr std::string_view kDeviceRootPoint =
    "0e4c14a33bf8a5626658db4129607e4cbf4519c4412716f4d0d917c4978005bdeabeaefd57bc66082d718a4f8b6052e1"
    "516ee8a7c422b84de857071bb58fd395bea0cfa1c63ee7c80d6bd63901d91cbbd187d3857dc16b5cceaf238ff8c27dbd";
constexpr std::string_view kRimRootPoint =
    "b840b28bdbcd33e230da57d4cf2065747030682d4717b4c2829d7641c1325139b74da831c2be3c779e7e2b6548956608"
    "0e4ecd94021075c57f15fedeb862c8f906ae8fddc7b12238597dbdf0fa56e78453833f6d0be43af3871a47f057584799";

// One RelativeDistinguishedName with one attribute.
Bytes rdn(std::string_view oid, const Bytes& value) { return der::set({der::sequence({der::object_identifier(oid), value})}); }

crypto::TrustAnchor anchor(std::string label, const Bytes& name, std::string_view point) {
  crypto::TrustAnchor a;
  a.label = std::move(label);
  a.name = name;
  a.key = *crypto::ec_key(crypto::Curve::p384, *from_hex(point));
  return a;
}

constexpr std::string_view kCommonName = "2.5.4.3", kOrganization = "2.5.4.10", kCountry = "2.5.4.6";

}  // namespace

std::vector<crypto::TrustAnchor> device_anchors() {
  const Bytes name = der::sequence({rdn(kCommonName, der::utf8("NVIDIA Device Identity CA")), rdn(kOrganization, der::utf8("NVIDIA"))});
  return {anchor("NVIDIA Device Identity CA", name, kDeviceRootPoint)};
}

std::vector<crypto::TrustAnchor> rim_anchors() {
  const Bytes name = der::sequence({rdn(kCountry, der::printable("US")), rdn(kOrganization, der::utf8("NVIDIA")),
                                    rdn(kCommonName, der::utf8("NVIDIA CoRIM signing Root CA"))});
  return {anchor("NVIDIA CoRIM signing Root CA", name, kRimRootPoint)};
}

}  // namespace tee::nvidia
