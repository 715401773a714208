// The certificates under an attestation document: root, regional, zonal, instance, leaf, with the profile of
// AWS's
// ("Nitro Enclaves attestation process" section 3.2.3, and what real bundles hold). Part of lib/mint (floor
// F3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mint/x509.h"

namespace tee::mint::nitro {

// A key that lasts as long as the process; the same name gives the same key.
const crypto::PrivateKey& named_key(const std::string& name, crypto::Curve curve = crypto::Curve::p384);

enum Place : std::size_t { kRoot, kRegional, kZonal, kInstance, kLeaf, kPlaces };

struct Link {
  CertificateSpec spec;    // issuer: left empty it becomes the subject of the signer
  crypto::PrivateKey key;  // the subject's
  std::size_t signer = 0;  // index of the link that signs this one
  bool spoil_signature = false;
};

// Root first, leaf last.
using Chain = std::vector<Link>;

Chain usual_chain(Time now, const std::string& module_id, const std::string& region);
Name root_name();
void set_key(Link& link, const crypto::PrivateKey& key);

// DER of each link, in the same order.
Result<std::vector<Bytes>> issue(const Chain& chain);

}  // namespace tee::mint::nitro
