// What the operator allows and demands, as far as provider rooms need to know it. Floor F2.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "crypto/path.h"
#include "evidence/claims.h"
#include "evidence/types.h"

namespace tee {

// What an anchor vouches for (S9). An anchor has one provider and one role.
enum class AnchorRole { device, collateral, rim, ocsp, token };
std::optional<AnchorRole> anchor_role_from(std::string_view name);

enum class Trust { pinned, supplied, custom, simulated };
std::string_view to_string(Trust t);

// Marks a root made by the simulator (S31). An anchor taken from a certificate with this extension is simulated.
inline constexpr std::string_view kSimulatedRootOid = "2.25.6180339887498948482";

struct SuppliedAnchor {                  // --trust-anchor [[PROVIDER/]ROLE=]FILE
  std::optional<Provider> provider;      // absent: every provider
  std::optional<AnchorRole> role;        // absent: the device or token anchor
  crypto::TrustAnchor anchor;
  bool simulated = false;                // told by kSimulatedRootOid in the certificate
  std::string source;                    // as the operator wrote it
  // Set by anchors_for when a room asks for anchors of this provider and role, so that one that nobody asks for can be
  // reported. Shared by copies; may be null.
  std::shared_ptr<std::atomic<bool>> consulted = {};
};

struct AnchorChoice {
  std::vector<crypto::TrustAnchor> anchors;
  Trust trust = Trust::pinned;
};

struct VersionFloor { unsigned major = 0, minor = 0, build = 0; };

// A version of device firmware as it is written, and its parts: decimal in a driver's ("570.86.15"), hexadecimal bytes in
// a VBIOS's ("96.00.A5.00.01"). Parts that one of two versions lacks count as zero.
struct DottedVersion {
  std::string text;
  std::vector<unsigned> parts;
};
enum class VersionKind { driver, vbios };
std::optional<DottedVersion> parse_dotted_version(std::string_view text, VersionKind kind);
bool older(const DottedVersion& a, const DottedVersion& b);

// Whose attestation results count, and for whom and under which questions they must have been made (S18).
struct EarOptions {
  std::optional<crypto::PublicKey> key;                  // --ear-key: P-256, P-384 or Ed25519
  std::string key_source;                                // its file, as the operator wrote it
  std::optional<std::string> audience;                   // --audience
  std::vector<std::array<std::uint8_t, 32>> policies;    // --ear-policy: any of them
};

struct AppraisalOptions {
  Time at{};                              // the judged time
  bool time_from_caller = false;          // --at was given
  Seconds leeway{60};                     // for exp, nbf and iat of tokens; certificates get none (S14)
  bool genuine_only = false;
  bool allow_debug = false;
  bool allow_simulated = false;
  unsigned allow_vmpl = 0;                // highest accepted VMPL
  std::vector<std::string> accept_tcb;    // Intel status names beside UpToDate; never Revoked or NotSupported
  std::optional<Time> min_tcb_date;
  std::optional<std::uint64_t> min_tcb_evaluation;
  std::map<std::string, unsigned> min_tcb;  // SNP components: bl, tee, snp, ucode, fmc; applied to reported, committed and launch TCB
  std::optional<VersionFloor> min_firmware;
  std::optional<DottedVersion> min_gpu_driver, min_gpu_vbios, min_switch_bios;  // NVIDIA
  bool use_embedded_collateral = false;
  std::vector<SuppliedAnchor> anchors;
  std::vector<std::string> issuers;       // --issuer
  EarOptions ear;
  std::vector<Expectation> expectations;

  const Expectation* expectation(std::string_view name) const;
  // The operator's anchors for this provider and role when there are any, else the pinned ones: replace, never join (S9).
  AnchorChoice anchors_for(Provider provider, AnchorRole role, std::vector<crypto::TrustAnchor> pinned) const;
};

}  // namespace tee
