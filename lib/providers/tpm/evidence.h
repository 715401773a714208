// A TPM 2.0 quote by itself, as JSON. Floor F3.
//
//   {"tpm_quote": {"message": BYTES, "signature": BYTES, "pcrs": VALUES},
//    "ak_public"?: BYTES, "ak_certificate"?: PEM or BYTES}
//
// BYTES is hex or base64; message is the TPMS_ATTEST, signature the TPMT_SIGNATURE (`tpm2_quote -m -s`).
// VALUES is a list with PCR i at place i, or an object from PCR number to value, of the one bank that is
// quoted. ak_public is the TPMT_PUBLIC or TPM2B_PUBLIC of the attestation key (`tpm2_readpublic -f tss`). The
// key is never believed because it stands here.
#pragma once

#include <optional>
#include <vector>

#include "crypto/x509.h"
#include "providers/shared/vtpm/tpm.h"

namespace tee::tpm {

struct Evidence {
  Bytes attest;
  vtpm::Signature signature;
  std::vector<Bytes> pcrs;
  std::optional<vtpm::PublicArea> ak;
  std::optional<crypto::Certificate> certificate;
};

bool recognise(ByteView bytes);
Result<Evidence> parse_evidence(ByteView bytes);

}  // namespace tee::tpm
