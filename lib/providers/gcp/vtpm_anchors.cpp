// Name and RSA key of the two roots, as numbers. The certificates that carry them are served by Google and
// have the SHA-256 fingerprints
//   tpm_ek_v1_cloud_host_root  9bd5285f8fb18502a7947e621ffd470266f49fcd3b73e19a190f690ad32a7caf  (2018)
//   EK/AK CA Root              594759594b9b61524f6c8ef668f7177f7b9066bc0674f2f49fe9e052be78beb2  (2022)
#include "providers/gcp/vtpm_anchors.h"

#include "base/encoding.h"
#include "codec/der.h"

namespace tee::gcp {

namespace {

constexpr std::string_view kHostRoot =
    "fbc23ba4ee57f8e92786ae615a3ef432ad76c0bb10fe695edc97c2f6e70a3da44fef093c66fefad389ca58a10d23b604"
    "daeda95ba492257c757618d0c40db9f3e29d29c164feecd515cde05f7d934b522377b94c8d83c111415748dcbbbad866"
    "5cf1de63b596d369ffd515037cf12f3ebadd23e7a0105450d9579d8f7426e74e2dfc1734febc2a20adfd8206ed7ac844"
    "c63c897345ad34bd04895a2dbf8b2209a1dbd14dfd8710b17b00cae9bcdf916850b7032eaceb4e303edeb7d1bd02f0ae"
    "ae50b0970456e658551412e6d77845b443cf818b4331ed453d0349ef3d68502775a2bc8788bf58b0e8388f1227c07c9b"
    "e56f3960d89f1ffba8fe8db029e271583b050cd8a80b654d31d4ce2e4d776a7b1dcdc56dba9853be0474d4ed140c03b0"
    "8f793747fe2c2df044ad71bc681a45276725e92584d56c74ed344c392601576490afa8ecf8a3d92b36cb05bdb911f982"
    "7a2c9dfb30896c407bd2efc097c1af830db616bb7af03072faa446f04916077e015ba03aec0e082deb1c512ab9aa145a"
    "936bbd2045315a285a0b347cc31c4ad6188febd177d68d0ed807b1b81242f0850e6a3dd6572a44573062a0dff09990c1"
    "93bdc983b38dbffbdcc06cc51cee5e9790f7f2ff4ab2202f7cd2ecb2d3c9b6d0dcb24ee7ddafcfeb0493afcffc839948"
    "63d287934b54b4b38c77d4b8c47ad2127ccc6a37e101c9fe9d66e9a1df939da1";
constexpr std::string_view kKeyRoot =
    "9d25f550a8c8964b4a897c2b284da5b4bba419ee89c13aa6daddb71016211d939cbc52831345891eddaeda1fc48d2bb9"
    "c7a8088a6c6bd34720aaf3dec33f37f13c98534788902ec957f7a4fa660e92c9650d6a7bcc87929192b372a3dece5861"
    "6b4479c0957f336ce0cb4abc67c0f96281e3d03a3688bc47d4751a89cb20deb04975f790fd626d19f434681daa07e045"
    "ee470b790a0218d9eac713f046f548695a0721b31395a81939cd6f289f932c7da146715d526caafdaaeb5d56ddaa5b3f"
    "17207aff33e495d051baeb43b11b3b44ad2b50ec291b0a2ee0fe60bc63ac1450e14788379587a7a1b4be06223a9b479b"
    "a60a67141e98efe454c2d1cec9b50181fb78d3857a470120a4634aaa64e66e2e774e2aba6e9fd21063de213f3def83bc"
    "86d584b87d22d02e9c848640f03d7581207c0fea5a2afea54ecb577a61a4b78686e965f06ff362642117785e8346ee21"
    "1ef469abf34fc88b010af154c35164910633020dfedabc6224f7fb711921c4aaaba1801a38ae570dcd22c5c2dfe0ae48"
    "9190e466c3a78f4b73a5563c7796785bf04941a0c4a5eae6bd7e3d1b286202ba4b886179c817117e5ced1b5ae9370594"
    "415bd172bd7e9cb576bf3d2de146c54069743bcac4344b326dc541e9fcae647f3d245e11c26c6aa6d43ffabb3dcee4d1"
    "17c5f4c6fa01f3d97e7aa0a58250f88152afd1234525b5c0f70bd37ce84cfe3b";

Bytes attribute(std::string_view oid, ByteView value) {
  return der::set({der::sequence({der::object_identifier(oid), value})});
}

// All values are PrintableStrings, except the older root's common name.
Bytes google_name(std::string_view unit, ByteView common_name) {
  return der::sequence({attribute("2.5.4.6", der::printable("US")),
                        attribute("2.5.4.8", der::printable("California")),
                        attribute("2.5.4.7", der::printable("Mountain View")),
                        attribute("2.5.4.10", der::printable("Google LLC")),
                        attribute("2.5.4.11", der::printable(unit)), attribute("2.5.4.3", common_name)});
}

crypto::TrustAnchor root(std::string label, Bytes name, std::string_view modulus, std::string_view serial) {
  crypto::TrustAnchor out;
  out.label = std::move(label);
  out.name = std::move(name);
  out.key.key = crypto::RsaKey{*from_hex(modulus), {0x01, 0x00, 0x01}};
  out.serials = {*from_hex(serial)};
  return out;
}

}  // namespace

std::vector<crypto::TrustAnchor> attestation_key_anchors() {
  static const std::vector<crypto::TrustAnchor> anchors = [] {
    crypto::TrustAnchor host =
        root("Google tpm_ek_v1_cloud_host_root",
             google_name("Cloud", der::utf8("tpm_ek_v1_cloud_host_root-signer-0-2018-04-06T10:58:26-07:00 "
                                            "K:1, 1:Pw003HsFYO4:0:18")),
             kHostRoot, "6f0e24b18dbe4e538c4f96c3a8265ac1");
    host.not_before = *time_from_fields(2018, 4, 6, 17, 58, 26);
    host.not_after = *time_from_fields(2118, 4, 6, 18, 58, 26);
    crypto::TrustAnchor keys =
        root("Google EK/AK CA Root", google_name("Google Cloud", der::printable("EK/AK CA Root")), kKeyRoot,
             "00a65da4f9e328f38035c3a73d4f72432bdf15dc");
    keys.not_before = *time_from_fields(2022, 7, 8, 0, 40, 34);
    keys.not_after = *time_from_fields(2122, 7, 8, 5, 57, 23);
    return std::vector<crypto::TrustAnchor>{std::move(host), std::move(keys)};
  }();
  return anchors;
}

}  // namespace tee::gcp
