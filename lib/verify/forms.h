// Forms: how evidence is wrapped in JSON by our tools and by others. Used by subject.cpp. Floor F4.
//
// Unwrapping moves bytes and hints into the Subject and believes nothing: what the wrapping says about
// provider and type must agree with the bytes, what it says about measurements, times and simulation is not
// read at all (rules S1, S2, S20).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "codec/json.h"
#include "verify/subject.h"

namespace tee::verify {

// Parts of a primary envelope hold no parts themselves (rule S16).
enum class Level { primary, part };

// What the wrapping says the evidence is.
struct Declared {
  std::string words;  // as written, for messages; printable
  std::optional<Provider> provider;
  std::optional<EvidenceType> type;
};

// Bounds memory: an object of that many members is about 30 MB while it is read.
inline constexpr json::Limits kFormLimits{.depth = 64, .bytes = 8u << 20, .values = 1u << 17};

// That come with one piece of evidence: each may be tried against a signature. Eight GPUs and four switches bring 60.
inline constexpr std::size_t kMostEmbeddedCertificates = 64;

// Fills form, evidence, embedded, binding, event_log, also. Error: it is JSON, but no known form, or a broken
// one.
struct Unwrapped {
  std::optional<Declared> declared;
};
Result<Unwrapped> unwrap_object(std::string_view text, const json::Located& object, Level level,
                                Subject& into);
Result<Unwrapped> unwrap_envelope(std::string_view text, const json::Located& object, Level level,
                                  Subject& into);
Result<Unwrapped> unwrap_peer(std::string_view text, const json::Located& object, Subject& into);

// One part, in the text of its own envelope.
Subject recognise_part(std::string_view text, std::string name);

// Bytes in a JSON value: hex (0x allowed), base64 of either alphabet, PEM left as text, or a list of numbers.
Result<Bytes> bytes_in(const Json& value, std::string_view what);
// A list of numbers from 0 to 255; nullopt when it is not one.
std::optional<Bytes> byte_array(const Json& value);
// Null, "" and [] count as not given.
const Json* given(const Json& object, std::string_view key);
std::string_view text_at(std::string_view text, const json::Located& object,
                         std::string_view key);                     // exact text of a member
Status embed(Subject& into, ByteView item, std::string_view what);  // collateral that came with the evidence

}  // namespace tee::verify
