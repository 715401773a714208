// The AMD keys that this room trusts: name and public key, written down as facts (design
// section 7). Floor F3.
//
// ARKs are the anchors. ASKs and ASVKs are intermediates pinned with their ARK, so that a report and its VEK
// are enough to verify; they are still checked against CRLs by every serial that the key ever had (S9).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/path.h"
#include "providers/snp/tcb.h"

namespace tee::snp {

enum class Role { ark, ask, asvk };
enum class KeyState { valid, revoked };

struct KeyFact {
  Product product;
  Role role;
  KeyState state;
  std::uint32_t serial;
  std::int64_t not_before, not_after;  // Unix seconds
  std::string_view modulus;            // hex; the exponent is 65537
};
std::span<const KeyFact> key_facts();

struct PinnedKey {
  Product product;
  Role role;
  KeyState state;  // revoked keys are kept to be recognised and refused
  crypto::TrustAnchor anchor;
};
const std::vector<PinnedKey>& pinned_keys();
std::vector<crypto::TrustAnchor> pinned_roots();
// The ARK that certified a pinned intermediate.
const crypto::TrustAnchor& root_of(const PinnedKey& key);

// "ARK-Milan", "SEV-Milan", "SEV-VLEK-Milan".
std::string common_name(Product product, Role role);
struct NamedKey {
  Product product;
  Role role;
};
std::optional<NamedKey> read_common_name(std::string_view cn);

}  // namespace tee::snp
