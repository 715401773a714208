// Measured-boot event logs: TCG crypto-agile logs (TPM and CCEL) and canonical event logs (CEL, TLV form). Floor F3 (shared).
//
// Sources: TCG PC Client Platform Firmware Profile, section 10 (TCG_PCR_EVENT2, Spec ID event); ACPI CCEL, which keeps the same
// records with a measurement register index in place of the PCR; TCG Canonical Event Log, TLV encoding (big-endian lengths).
// A log is the attester's word. Only a replay that gives the registers of verified evidence makes its digests believable, and
// even then the data of an event is believable only where its digest provably is the hash of that data (rule S17).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "crypto/digest.h"

namespace tee::eventlog {

enum class Format { tcg, cel };

struct Digest {
  std::uint16_t alg = 0;  // TPM_ALG_ID
  Bytes value;
};

struct Event {
  std::size_t number = 0;      // position in the log, from 0
  std::uint32_t index = 0;     // PCR, or measurement register of CCEL: 0 MRTD, 1..4 RTMR0..3
  std::uint32_t type = 0;      // TCG event type, or CEL content type
  std::vector<Digest> digests;
  Bytes data;                  // CEL: the whole content field, header included, as it is hashed
  std::string_view cel_text() const;  // CEL: the text inside, behind both headers
  const Bytes* digest(std::uint16_t alg) const;
};

struct Log {
  Format format = Format::tcg;
  std::vector<Event> events;   // without the Spec ID event
  std::vector<std::uint16_t> algorithms;
  std::size_t used = 0;        // bytes read; the rest is padding
};

inline constexpr std::size_t kMostEvents = 65536;

// Error input.malformed: missing Spec ID event, digests other than declared, sizes past the end, bytes behind the padding.
Result<Log> parse_log(ByteView bytes);

// TCG event types used here (PFP table 27).
namespace type {
inline constexpr std::uint32_t kNoAction = 0x3, kSeparator = 0x4, kAction = 0x5, kEventTag = 0x6, kScrtmVersion = 0x8,
                               kIpl = 0xd, kVariableDriverConfig = 0x80000001, kVariableBoot = 0x80000002,
                               kBootServicesApplication = 0x80000003, kEfiAction = 0x80000007, kVariableBoot2 = 0x8000000c,
                               kVariableAuthority = 0x800000e0;
}
std::string_view type_name(Format format, std::uint32_t type);

// True when the event's digest (of this algorithm) is the hash of its data.
bool data_is_authenticated(const Event& event, std::uint16_t alg);

// Register values after extending every event in order: new = H(old ‖ digest), from zero. EV_NO_ACTION is never extended; a
// StartupLocality event sets the start of PCR 0; PCRs 17 to 22 start at all ones. Registers without events are absent.
enum class Registers { pcr, rtmr };  // rtmr: CCEL index 1..4 becomes 0..3, index 0 (MRTD) is not extended
std::map<unsigned, Bytes> replay(const Log& log, std::uint16_t alg, Registers registers);

// Every event as JSON: number, register, type, type name, digests, decoded text where there is some, and whether the data is
// authenticated by its digest. Foreign text is escaped.
Json describe(const Log& log);

}  // namespace tee::eventlog
