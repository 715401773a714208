#include "providers/snp/anchors.h"

#include "base/encoding.h"
#include "codec/der.h"

namespace tee::snp {

namespace {

constexpr std::string_view prefix_of(Role role) {
  switch (role) {
    case Role::ark: return "ARK-";
    case Role::ask: return "SEV-";
    case Role::asvk: return "SEV-VLEK-";
  }
  return "";
}

Bytes attribute(std::string_view oid, const Bytes& value) {
  const Bytes pair = der::sequence({der::object_identifier(oid), value});
  return der::set({pair});
}

// The Name that AMD writes in every certificate: all UTF8String but the country.
Bytes amd_name(std::string_view cn) {
  return der::sequence(
      {attribute("2.5.4.11", der::utf8("Engineering")), attribute("2.5.4.6", der::printable("US")),
       attribute("2.5.4.7", der::utf8("Santa Clara")), attribute("2.5.4.8", der::utf8("CA")),
       attribute("2.5.4.10", der::utf8("Advanced Micro Devices")), attribute("2.5.4.3", der::utf8(cn))});
}

// INTEGER content octets, as certificates and CRLs hold them.
Bytes serial_octets(std::uint32_t serial) {
  const Bytes whole = der::integer(serial);
  return Bytes(whole.begin() + 2, whole.end());
}

std::vector<PinnedKey> read_facts() {
  std::vector<PinnedKey> out;
  for (const KeyFact& fact : key_facts()) {
    const std::string cn = common_name(fact.product, fact.role);
    PinnedKey key{fact.product, fact.role, fact.state, {}};
    key.anchor.label = "AMD " + cn;
    key.anchor.name = amd_name(cn);
    key.anchor.key.key = crypto::RsaKey{from_hex(fact.modulus).value_or(Bytes{}), Bytes{1, 0, 1}};
    key.anchor.serials = {serial_octets(fact.serial)};
    key.anchor.not_before = unix_time(fact.not_before);
    key.anchor.not_after = unix_time(fact.not_after);
    out.push_back(std::move(key));
  }
  return out;
}

}  // namespace

const std::vector<PinnedKey>& pinned_keys() {
  static const std::vector<PinnedKey> keys = read_facts();
  return keys;
}

std::vector<crypto::TrustAnchor> pinned_roots() {
  std::vector<crypto::TrustAnchor> out;
  for (const PinnedKey& key : pinned_keys())
    if (key.role == Role::ark) out.push_back(key.anchor);
  return out;
}

const crypto::TrustAnchor& root_of(const PinnedKey& key) {
  for (const PinnedKey& root : pinned_keys())
    if (root.role == Role::ark && root.product == key.product) return root.anchor;
  return key.anchor;
}

std::string common_name(Product product, Role role) {
  return std::string(prefix_of(role)) + std::string(to_string(product));
}

std::optional<NamedKey> read_common_name(std::string_view cn) {
  for (Product product : {Product::milan, Product::genoa, Product::turin, Product::venice})
    for (Role role : {Role::ark, Role::ask, Role::asvk})
      if (cn == common_name(product, role)) return NamedKey{product, role};
  return std::nullopt;
}

}  // namespace tee::snp
