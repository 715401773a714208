// X.509 path validation at a given time against pinned name + key anchors (RFC 5280 section 6, reduced). Floor F1.
//
// All problems are reported, not the first. Vendors leave out extensions that RFC 5280 wants (AMD VEKs and Nitro leaves
// have no authority key id), so what is required is said by PathRules per room; what is present is always enforced.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/x509.h"

namespace tee::crypto {

// RFC 5280 trust anchor: a name and a key, plus what is known of the certificates that carried them.
struct TrustAnchor {
  std::string label;         // "AMD ARK-Milan"
  Bytes name;                // subject Name, whole DER
  PublicKey key;
  std::vector<Bytes> serials;                  // known serials (INTEGER content octets) of certificates for this key
  std::optional<Time> not_before, not_after;   // validity of the vendor's certificate where it is to be enforced
  std::vector<std::array<std::uint8_t, 32>> certificates;  // SHA-256 of certificates known to carry name and key
};

TrustAnchor anchor_from(const Certificate& certificate, std::string label);

enum class PathProblem {
  empty, issuer_mismatch, bad_signature, expired, not_yet_valid, not_a_ca, path_length, key_usage,
  unknown_critical_extension, weak_algorithm, unsupported_key, leaf_is_ca, version, anchor_expired,
};
std::string_view to_string(PathProblem p);

struct PathFinding {
  PathProblem problem;
  std::size_t index = 0;  // 0 = leaf, chain.size() = the anchor
  std::string detail;     // certificate named, values compared; foreign text already printable
};

struct PathRules {
  std::vector<Scheme> schemes;                   // allowed signature schemes; empty: any in Scheme except SHA-1
  std::vector<std::string> known_critical;       // extra critical extensions the room understands
  bool leaf_needs_digital_signature = false;
  bool leaf_must_not_be_ca = true;
  bool ca_needs_key_usage = true;                // CA certificates must carry keyUsage with keyCertSign
  bool check_validity = true;
};

struct PathResult {
  std::vector<PathFinding> findings;
  bool ok() const { return findings.empty(); }
  bool has(PathProblem p) const;
};

// `chain` is leaf first, without the anchor; the last certificate must be issued by the anchor. Inclusive validity, no
// leeway (S14). Stricter than RFC 5280 on purpose: every certificate is of version 3, RSA keys have 2048 bits, at most
// ten certificates, self-issued ones count for the path length, and name constraints, which are not processed, are
// refused even when they are not critical.
PathResult validate_path(const std::vector<const Certificate*>& chain, const TrustAnchor& anchor, Time at,
                         const PathRules& rules);

// Whether the anchor itself is valid at `at`, where its validity is known.
bool anchor_valid(const TrustAnchor& anchor, Time at);

// The name of `certificate`'s issuer is `issuer_name`, and `issuer_key` verifies its signature.
bool issued_by(const Certificate& certificate, ByteView issuer_name, const PublicKey& issuer_key);
// Orders leaf → … by issuer names, using each certificate at most once; stops at `anchor_name` or where no issuer is
// found, at the latest at ten certificates. Stopping at the anchor's name leaves the anchor's own self-signed
// certificate out, as validate_path wants it. Among several certificates of the issuer's name the first whose key
// verifies the child is taken, one valid at `at` before one that is not; only when none verifies, any of the name. So a
// decoy in the pool neither breaks a chain nor fakes one.
std::vector<const Certificate*> build_chain(const Certificate& leaf, const std::vector<Certificate>& pool,
                                            ByteView anchor_name, std::optional<Time> at = std::nullopt);

// One CRL against its issuer. Order of judgement: signature first, then time.
enum class CrlState { current, stale, not_yet_valid, bad_signature, other_issuer, unusable };
CrlState judge_crl(const Crl& crl, ByteView issuer_name, const PublicKey& issuer_key, Time at);

}  // namespace tee::crypto
