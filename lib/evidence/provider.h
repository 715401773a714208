// The provider seam: what a verifier room offers. Plain rows in a plain table (verify/registry.cpp). Floor F2.
//
// A new provider is one folder under lib/providers, one row here per evidence type and one line of CMake.
#pragma once

#include <set>
#include <span>
#include <string>

#include "evidence/findings.h"
#include "evidence/options.h"
#include "evidence/types.h"

namespace tee {

struct Verifier;

struct VerifyInput {
  ByteView evidence;                   // the exact bytes, after text and JSON layers were taken off
  const CollateralSet& collateral;     // supplied and embedded together; items know their origin
  const AppraisalOptions& options;
  // The room for evidence that stands inside this one (a hardware report under a vTPM quote): rooms never include each
  // other. Null, or a null answer: that room is not built.
  const Verifier* (*room_for)(EvidenceType type) = nullptr;
};

// Do these pinned claims say which workload runs (S5)?
struct WorkloadAnswer {
  bool answered = false;
  const Code* remark = nullptr;        // e.g. workload.firmware_only, nitro.pcr0_alone (a warning)
  std::string missing;                 // what to pin, for the ready-to-paste command: names and present values
};

struct Verifier {
  Provider provider;
  EvidenceType type;
  // True when the bytes are this type by their own structure (magic, version, sizes), well-formed or not further in. Cheap;
  // the rows of all rooms are disjoint: exactly one claims an input (S20).
  bool (*recognise)(ByteView evidence);
  // Parses and judges: every check is run and recorded. Never throws.
  void (*verify)(const VerifyInput& input, Findings& out);
  // Decodes without judging. Error input.malformed when it cannot.
  Result<Json> (*inspect)(ByteView evidence);
  // `pinned` holds the names of expectations that held.
  WorkloadAnswer (*workload)(const std::set<std::string>& pinned, const Findings& found, const AppraisalOptions& options);
  // Parts of this type beside one primary evidence, after each was judged by itself: a list of {"name", "decoded"}, decoded
  // being the room's own Findings::vendor. Adds checks. May be null.
  void (*together)(const Json& parts, Findings& out) = nullptr;
};

}  // namespace tee
