// Judging a TPM 2.0 quote under a key that is trusted from elsewhere. Floor F3 (shared).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/findings.h"
#include "providers/shared/vtpm/tpm.h"

namespace tee::vtpm {

// Signature scheme and hash as TPM_ALG_ID, from the public area of the key or from the platform's definition.
struct SchemeOfKey {
  std::uint16_t scheme = 0, hash = 0;
};

struct QuoteInput {
  ByteView attest;             // TPMS_ATTEST, exactly as signed
  Signature signature;
  crypto::PublicKey key;       // the attestation key
  std::vector<Bytes> pcrs;     // value of PCR i at index i, of the one bank
  bool all_pcrs_required = false;  // the form promises all 24
  // The one scheme that the key signs with, where it is known: a TPM never signs with another one.
  std::optional<SchemeOfKey> scheme_of_key = {};
};

// Adds "vtpm.quote.signature", "vtpm.quote", "vtpm.quote.pcrs" and "vtpm.quote.safe". Returns the values of the PCRs that the
// quote covers; empty unless everything about them held. Values of unselected PCRs are dropped (TCG Part 3, TPM2_Quote).
PcrValues judge_quote(const QuoteInput& input, Findings& out);

// The parsed quote for claims and binding; nullopt when it is malformed (judge_quote says so).
std::optional<QuoteInfo> quote_info(ByteView attest);

// Claims pcrN of the covered values.
void state_pcrs(const PcrValues& values, Claims& claims);

}  // namespace tee::vtpm
