// The steps of judging one device; verify.cpp puts them in order. Floor F3.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "evidence/provider.h"
#include "providers/nvidia/evidence.h"
#include "providers/nvidia/rim.h"

namespace tee::nvidia {

// What is known of one device while it is judged.
struct Judged {
  const Device* device = nullptr;
  std::string prefix;                                // "gpu[0]." in front of check ids, or "gpu." for a single device
  std::optional<crypto::Certificate> leaf;
  std::vector<crypto::Certificate> pool;             // certificates from which the chain was built
  std::vector<const crypto::Certificate*> chain;     // leaf first, without the root; points into leaf and pool
  std::optional<crypto::TrustAnchor> anchor;         // that ended the chain
  std::optional<Arch> arch;                          // by the identity certificate
  std::string chip;
  Trust trust = Trust::pinned;
  bool measurements_match = false;                   // all judged, none differs
  std::vector<std::string> needed_rims;              // NVIDIA's ids of the manifests that apply
  bool is_switch() const { return arch && nvidia::is_switch(*arch); }
};

// Report signature by the leaf and chain to the anchor: "<prefix>report.signature", "<prefix>chain".
void judge_signature_and_chain(Judged& d, const VerifyInput& input, Findings& out);
// Fields of the report itself: arch, fwid, NVDEC, opaque version, mode.
void judge_fields(Judged& d, Findings& out);
// Measurements against manifests or the operator's reference values: "<prefix>measurements", "<prefix>rim.driver", "<prefix>rim.vbios".
void judge_measurements(Judged& d, const VerifyInput& input, Findings& out);
// OCSP answers for the device chain: "<prefix>revocation".
void judge_revocation(const Judged& d, const VerifyInput& input, Findings& out);
// The same for a manifest's chain.
void judge_rim_revocation(const std::vector<const crypto::Certificate*>& chain, const crypto::TrustAnchor& anchor,
                          const std::string& id, const VerifyInput& input, Findings& out);

// Normalised claims of one device.
Claims device_claims(const Judged& d);
Json device_json(const Judged& d);
// SHA-256 of the key in the certificate above the leaf, which is the chip's own; nullopt where the chain ends before it.
std::optional<std::array<std::uint8_t, 32>> identity_key_sha256(const Judged& d);

std::vector<crypto::TrustAnchor> device_anchors();  // pinned
std::vector<crypto::TrustAnchor> rim_anchors();

}  // namespace tee::nvidia
