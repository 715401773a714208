#include "providers/nvidia/device.h"

#include <algorithm>

#include "base/encoding.h"
#include "codec/der.h"

namespace tee::nvidia {

namespace {

constexpr std::string_view kCompositeDeviceId = "2.23.133.5.4.1", kDiceTcbInfo = "2.23.133.5.4.1.1",
                           kSha384 = "2.16.840.1.101.3.4.2.2";
constexpr std::size_t kFwidBytes = 48;
constexpr unsigned kFwidsTag = 6;  // DiceTcbInfo.fwids [6] IMPLICIT

// TCG DICE Attestation Architecture section 6.1.1: fwids is a list of { hashAlg OID, digest OCTET STRING }.
Result<Bytes> first_fwid(ByteView extension_value) {
  der::Reader outer(extension_value);
  TEE_TRY(der::Reader info, outer.enter(der::kSequence));
  TEE_CHECK(outer.finish());
  while (!info.done()) {
    TEE_TRY(const der::Element field, info.any());
    if (field.tag != der::context(kFwidsTag)) continue;
    der::Reader list(field.content);
    TEE_TRY(der::Reader entry, list.enter(der::kSequence));
    TEE_TRY(const der::Element hash, entry.expect(der::kOid));
    TEE_TRY(const std::string hash_oid, der::oid_text(hash.content));
    TEE_TRY(const der::Element value, entry.expect(der::kOctetString));
    TEE_CHECK(entry.finish());
    if (hash_oid != kSha384 || value.content.size() != kFwidBytes)
      return fail(code::input_malformed, "DiceTcbInfo: the first firmware id is no SHA-384 digest");
    return to_bytes(value.content);
  }
  return fail(code::input_malformed, "DiceTcbInfo: it holds no firmware id");
}

// Big-endian bytes to a decimal number of any size.
std::string decimal(ByteView magnitude) {
  std::string digits = "0";  // least significant first
  for (std::uint8_t byte : magnitude) {
    unsigned carry = byte;
    for (char& d : digits) {
      const unsigned v = static_cast<unsigned>(d - '0') * 256 + carry;
      d = static_cast<char>('0' + v % 10);
      carry = v / 10;
    }
    for (; carry != 0; carry /= 10) digits += static_cast<char>('0' + carry % 10);
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::string first_word(std::string_view text) { return std::string(text.substr(0, text.find(' '))); }

}  // namespace

std::string_view to_string(Arch a) {
  switch (a) {
    case Arch::hopper: return "HOPPER";
    case Arch::blackwell: return "BLACKWELL";
    case Arch::ls10: return "LS10";
  }
  return "?";
}

std::optional<Arch> arch_from(std::string_view name) {
  for (Arch a : {Arch::hopper, Arch::blackwell, Arch::ls10})
    if (to_string(a) == name) return a;
  return std::nullopt;
}

std::optional<Arch> arch_of(const crypto::Certificate& identity) {
  const std::string cn = identity.subject_cn();
  if (cn.starts_with("GH100")) return Arch::hopper;
  if (cn.starts_with("GB10") || cn.starts_with("GB20")) return Arch::blackwell;
  if (cn.starts_with("LS_10")) return Arch::ls10;
  return std::nullopt;
}

std::string chip_name(const crypto::Certificate& identity) {
  std::string name = first_word(identity.subject_cn());
  std::erase(name, '_');  // certificates say LS_10, manifests LS10
  return name;
}

Result<std::optional<Bytes>> leaf_fwid(const crypto::Certificate& leaf) {
  if (const auto* tcb_info = leaf.extension(kDiceTcbInfo)) {
    TEE_TRY(Bytes fwid, first_fwid(tcb_info->value));
    return std::optional<Bytes>(std::move(fwid));
  }
  const auto* composite = leaf.extension(kCompositeDeviceId);
  if (!composite) return std::optional<Bytes>();
  if (composite->value.size() < kFwidBytes)
    return fail(code::input_malformed, "CompositeDeviceID: shorter than a firmware id");
  return std::optional<Bytes>(to_bytes(composite->value.last(kFwidBytes)));
}

std::string ueid(const crypto::Certificate& leaf) {
  ByteView serial = leaf.serial;
  while (serial.size() > 1 && serial[0] == 0) serial = serial.subspan(1);
  return decimal(serial);
}

}  // namespace tee::nvidia
