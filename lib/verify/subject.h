// Subjects: what was handed in, unwrapped down to the bytes that are judged. Floor F4.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "evidence/collateral.h"
#include "evidence/types.h"

namespace tee::verify {

// The attester's word about its own binding; only ever compared with what the verifier chose (S1).
struct EnvelopeBinding {
  std::optional<std::string> scheme;
  std::optional<Bytes> nonce, public_key, user_data, report_data;
};

struct Subject {
  std::string name;                  // file name, "-" or the NDJSON line's id
  Bytes input;                       // exactly as given (sha256, keccak256)
  std::string form;                  // "raw", "hex", "base64", "envelope", "tangle-report", "dcap-json", …
  Bytes evidence;                    // innermost bytes
  std::optional<EvidenceType> type;  // by the bytes; nullopt: nothing recognised
  std::optional<Provider> absent_provider;  // recognised form of a provider that is not built
  std::optional<EnvelopeBinding> binding;
  CollateralSet embedded;            // from the envelope; Origin::embedded
  std::vector<Subject> also;         // parts, depth 1 (S16)
  std::optional<Bytes> event_log;
  std::optional<Error> malformed;    // why it is no evidence; the other fields hold what is known
  std::optional<Json> error_object;  // a tee.error/1 given as input is passed on unchanged
};

// Takes off exactly one text layer and one JSON form; never fails: what is wrong stands in `malformed`.
Subject recognise(Bytes input, std::string name);

}  // namespace tee::verify
