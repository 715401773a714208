// The attestation document: payload bytes into fields. Floor F3.
//
// Source: "Nitro Enclaves attestation process" (aws-nitro-enclaves-nsm-api, docs/attestation_process.md):
// section 3.1 gives the CDDL and section 3.2.2.2 the sizes. No policy here: what is well-formed is not yet
// believed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace tee::nitro {

inline constexpr std::size_t kMaxMessage = 32 * 1024;  // whole COSE_Sign1; real ones stay under 5 kB

// Told by the name of the PCR map: `pcrs` or `nitrotpm_pcrs`.
enum class Kind { enclave, nitrotpm };

struct Document {
  Kind kind = Kind::enclave;
  std::string module_id;                              // "i-0123456789abcdef0-enc0123456789abcdef"
  std::uint64_t timestamp_ms = 0;                     // since the Unix epoch
  std::map<unsigned, Bytes> pcrs;                     // index 0 to 31, 48 bytes each
  Bytes certificate;                                  // DER of the signing certificate
  std::vector<Bytes> cabundle;                        // root first
  std::optional<Bytes> public_key, user_data, nonce;  // null and a missing key are the same
  std::vector<std::string> unknown_fields;
  bool indefinite = false;  // the payload map has an indefinite length (documents since December 2025)

  // The part of the module id before "-enc": the parent instance; empty when the module id has another form.
  std::string_view instance_id() const;
  const Bytes* pcr(unsigned index) const;
};

// Error nitro.document, naming the field.
Result<Document> parse_document(ByteView payload);

// What the bytes claim to be: by the keys of the payload when it can be decoded, else by its first bytes and
// the key names in them, so that a damaged document still gets a verdict of this room. nullopt: something
// else.
std::optional<Kind> kind_of(ByteView evidence);

}  // namespace tee::nitro
