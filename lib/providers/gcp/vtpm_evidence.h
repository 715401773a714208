// Attestations of Google's vTPM as go-tpm-tools gives them, in JSON. Floor F3.
//
// Two forms: the attest.Attestation message as protojson ("akPub", "quotes", "akCert", …, bytes in base64),
// and the same facts in hex
// ("ak_pub_tpmt_public_hex", "ak_cert_der_hex", "quotes" with "tpms_attest_hex", "tpmt_signature_hex" and
// "pcrs"). A message carries one quote per PCR bank; event logs and reports of the CPU beside it are not read
// here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/x509.h"
#include "providers/shared/vtpm/tpm.h"

namespace tee::gcp {

struct BankQuote {
  Bytes attest;
  vtpm::Signature signature;
  std::vector<Bytes> pcrs;
};

struct VtpmAttestation {
  vtpm::PublicArea ak;
  std::optional<crypto::Certificate> certificate;
  std::vector<crypto::Certificate> intermediates;
  std::vector<BankQuote> quotes;
};

bool recognise_vtpm(ByteView bytes);
Result<VtpmAttestation> parse_vtpm(ByteView bytes);

// The quote of the strongest accepted bank, by what is signed: SHA-256, else SHA-384. Null when there is
// none, or two.
const BankQuote* chosen_quote(const VtpmAttestation& attestation);

// The instance that a certificate of an attestation key names: extension 1.3.6.1.4.1.11129.2.1.21.
struct CertifiedInstance {
  std::string zone, project_id, instance_name;
  std::uint64_t project_number = 0, instance_id = 0;
  bool production = false;
};
// nullopt without the extension, and when it cannot be read (a negative number included).
std::optional<CertifiedInstance> instance_of(const crypto::Certificate& certificate);

}  // namespace tee::gcp
