// Raw vTPM evidence of Azure confidential VMs in the forms in which it travels: Confidential Containers versions 0, 1 and 2, and
// attestation-rs. Floor F3.
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"

namespace tee::azure {

struct VtpmEvidence {
  Bytes hcl_report;
  Bytes attest;                  // TPMS_ATTEST
  Bytes signature;               // TPMT_SIGNATURE, or the bare RSASSA signature
  std::vector<Bytes> pcrs;
  std::optional<Bytes> vcek;     // DER or PEM
  std::optional<Bytes> td_quote;
};

Result<VtpmEvidence> parse_vtpm_evidence(ByteView json);
bool looks_like_vtpm_evidence(ByteView bytes);

}  // namespace tee::azure
