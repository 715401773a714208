// Telling an attestation document by its bytes.
#include <algorithm>

#include "codec/cose.h"
#include "providers/nitro/evidence.h"

namespace tee::nitro {

namespace {

// Keys that stand in every attestation document, as CBOR text with its head.
constexpr std::string_view kKeys[] = {"\x69module_id",
                                      "\x66"
                                      "digest",
                                      "\x69timestamp",
                                      "\x6b"
                                      "certificate",
                                      "\x68"
                                      "cabundle"};
constexpr std::string_view kEnclavePcrs = "\x64pcrs", kTpmPcrs = "\x6dnitrotpm_pcrs";

// array(4), protected header {1: -35} as a byte string of four, empty unprotected map: the first bytes of
// every document.
constexpr std::uint8_t kHead[] = {0x84, 0x44, 0xa1, 0x01, 0x38, 0x22, 0xa0};
constexpr std::uint8_t kTag18 = 0xd2;
constexpr std::size_t kSearched = 2 * kMaxMessage;  // also a message that is too long should be told so

bool starts_like_a_document(ByteView b) {
  if (!b.empty() && b[0] == kTag18) b = b.subspan(1);
  return b.size() >= std::size(kHead) && std::equal(std::begin(kHead), std::end(kHead), b.begin());
}

// At least two of the keys; a single one may stand in anything.
std::optional<Kind> kind_by_key_bytes(ByteView evidence) {
  if (evidence.empty()) return std::nullopt;
  const unsigned major =
      evidence[0] >> 5;  // byte string, array, map or tag: the whole message or a part of it
  if (major != 2 && major != 4 && major != 5 && major != 6) return std::nullopt;
  const std::string_view text = as_text(evidence.first(std::min(evidence.size(), kSearched)));
  std::size_t hits = 0;
  for (std::string_view key : kKeys) hits += text.find(key) != std::string_view::npos;
  const bool tpm = text.find(kTpmPcrs) != std::string_view::npos;
  const bool enclave = text.find(kEnclavePcrs) != std::string_view::npos;
  if (hits + tpm + enclave < 2) return std::nullopt;
  return tpm && !enclave ? Kind::nitrotpm : Kind::enclave;
}

std::optional<Kind> kind_by_fields(const cbor::Item& payload) {
  std::size_t hits = 0;
  for (std::string_view key : kKeys) hits += payload.find(key.substr(1)) != nullptr;
  const bool tpm = payload.find("nitrotpm_pcrs") != nullptr, enclave = payload.find("pcrs") != nullptr;
  if (hits + tpm + enclave < 2) return std::nullopt;
  return tpm && !enclave ? Kind::nitrotpm : Kind::enclave;
}

}  // namespace

std::optional<Kind> kind_of(ByteView evidence) {
  if (evidence.size() <= kMaxMessage) {
    if (const Result<cose::Sign1> message = cose::parse_sign1(evidence)) {
      // Only the decoded keys count here: user data may hold any bytes, also those of a key.
      const Result<cbor::Item> payload = cbor::decode(message->payload);
      if (payload && payload->is(cbor::Type::map)) return kind_by_fields(*payload);
    }
  }
  if (const std::optional<Kind> kind = kind_by_key_bytes(evidence)) return kind;
  if (starts_like_a_document(evidence)) return Kind::enclave;
  return std::nullopt;
}

}  // namespace tee::nitro
