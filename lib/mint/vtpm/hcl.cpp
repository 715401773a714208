#include "mint/vtpm/hcl.h"

#include "base/encoding.h"

namespace tee::mint::vtpm {

namespace {

constexpr std::size_t kHardwareBytes = 1184;
constexpr std::uint32_t kFrame = 0x4d4, kRequestHead = 20;

}  // namespace

Json jwk(const std::string& kid, const crypto::PublicKey& key) {
  const crypto::RsaKey& rsa = *key.rsa();
  return {{"kid", kid},
          {"kty", "RSA"},
          {"key_ops", Json::array({kid == "HCLAkPub" ? "sign" : "encrypt"})},
          {"n", base64(rsa.n, Base64::url)},
          {"e", base64(rsa.e, Base64::url)}};
}

Json usual_runtime(ByteView user_data) {
  return {{"keys", Json::array({jwk("HCLAkPub", tpm_key(Key::attestation).public_key()),
                                jwk("HCLEkPub", tpm_key(Key::encryption).public_key())})},
          {"vm-configuration",
           {{"console-enabled", true},
            {"root-cert-thumbprint", ""},
            {"secure-boot", true},
            {"tpm-enabled", true},
            {"tpm-persisted", true},
            {"vmUniqueId", "5AE23DD1-4D2F-4F4E-8F26-21D0C1F02B11"}}},
          {"user-data", hex(user_data)}};
}

Bytes encode_hcl(const HclSpec& spec, ByteView hardware_report, ByteView runtime_data) {
  const auto size = static_cast<std::uint32_t>(runtime_data.size());
  Writer out;
  out.text(spec.magic).u32le(spec.version).u32le(kFrame + size).u32le(spec.request_type).u32le(0).zeros(12);
  out.bytes(hardware_report).zeros(kHardwareBytes - hardware_report.size());
  out.u32le(spec.data_size.value_or(kRequestHead + spec.variable_size.value_or(size)));
  out.u32le(spec.request_version)
      .u32le(spec.report_type)
      .u32le(spec.hash_type)
      .u32le(spec.variable_size.value_or(size));
  out.bytes(runtime_data);
  if (out.size() < spec.whole_size) out.zeros(spec.whole_size - out.size());
  return std::move(out).take();
}

}  // namespace tee::mint::vtpm
