// The seam for collecting: what an attester room offers. Plain rows in a plain table (attest/registry.cpp). Floor F2.
//
// An attester turns a device, a pseudo file or a local service into the exact bytes that tee-verify judges. It decides
// nothing about trust. A provider has a row per way in (configfs-tsm, ioctl), in the order in which they are to be tried.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/system.h"
#include "evidence/binding.h"
#include "evidence/types.h"

namespace tee {

// What the evidence is to carry. The caller has applied the binding scheme (S1, S2): a provider with one 64-byte field takes
// `report_data`, one with native fields (Nitro, tokens, a TPM's extra data) takes `fields`. An attester that cannot carry
// what is asked refuses; it never drops it.
struct AttestRequest {
  std::array<std::uint8_t, 64> report_data{};
  BoundFields fields;
  bool raw = true;                          // report_data is what the caller gave, not a tee-bind-1 digest
  std::optional<unsigned> privilege_level;  // SNP: VMPL
  std::optional<std::string> service;       // configfs-tsm service_provider (an SVSM's services)
  bool with_collateral = false;             // certificates that the platform itself offers
  bool with_event_log = false;
  std::string audience;                     // tokens
  std::vector<std::string> nonces;          // tokens: texts, in order
  std::string token_type;                   // Confidential Space: "OIDC", "PKI"
  Milliseconds timeout{10'000};
};

struct CollectedItem {
  std::string kind;                         // as in tee.collateral/1: "certificate", "crl", …
  Bytes bytes;                              // DER, or the exact text of JSON and tokens
};

struct Collected {
  EvidenceType type;
  Bytes evidence;
  std::vector<CollectedItem> collateral;
  std::optional<Bytes> event_log;           // CCEL or TCG log as it stands in the machine
  std::vector<std::string> remarks;         // for people: "the host offered no certificates"
};

struct Attester {
  Provider provider;
  EvidenceType type;
  std::string_view name;                    // --backend: "configfs-tsm", "sev-guest", "nsm"
  std::string_view way;                     // what it uses, for people: "/dev/sev-guest"
  bool native_fields;                       // carries nonce, public key and user data itself
  Presence (*present)(const System& system);  // cheap and passive: no device is opened
  Result<Collected> (*collect)(const AttestRequest& request, const System& system);
};

}  // namespace tee
