// OCSP responses (RFC 6960) that were fetched earlier and are handed in as collateral. Floor F1.
//
// Parsing says what stands there; judge_ocsp() says whether it speaks with authority about one certificate at one time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/path.h"
#include "crypto/x509.h"

namespace tee::crypto {

enum class OcspStatus { good, revoked, unknown };

struct OcspEntry {
  Hash hash = Hash::sha1;               // of the two issuer hashes
  Bytes issuer_name_hash, issuer_key_hash;
  Bytes serial;                         // INTEGER content octets
  OcspStatus status = OcspStatus::unknown;
  std::optional<unsigned> reason;       // CRLReason; 6 = certificateHold
  Time this_update;
  std::optional<Time> next_update;
};

struct OcspResponse {
  std::shared_ptr<const Bytes> storage;
  ByteView tbs, signature;
  std::optional<Scheme> scheme;
  ByteView responder_name;              // whole DER Name, or empty
  Bytes responder_key_hash;             // SHA-1 of the responder's key, or empty
  Time produced_at;
  std::vector<OcspEntry> entries;
  std::vector<Certificate> certificates;
  bool has_unknown_critical = false;
};

// Error input.malformed; a response whose status is not "successful" is an error too.
Result<OcspResponse> parse_ocsp(ByteView der);

// Who issued the certificate in question: a certificate of the chain, or the pinned anchor.
struct OcspIssuer {
  ByteView name;
  PublicKey key;
};

enum class OcspState {
  current,        // signed with authority, in time; look at `entry`
  other,          // says nothing about this certificate
  bad_signature,  // names this certificate, but the signature does not hold or the signer has no authority
  stale,          // past nextUpdate, or without one and older than a day
  not_yet_valid,
};
struct OcspJudgement {
  OcspState state = OcspState::other;
  const OcspEntry* entry = nullptr;     // points into the response
};
// The signer must be the issuer itself, or a certificate in the response that the issuer signed, valid at `at`, with the
// extended key usage id-kp-OCSPSigning.
OcspJudgement judge_ocsp(const OcspResponse& response, ByteView serial, const OcspIssuer& issuer, Time at);

}  // namespace tee::crypto
