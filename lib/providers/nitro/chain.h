// The certificates of a document, from the signing key to the root. Floor F3.
//
// Path: certificate, then cabundle from its last entry down to cabundle[1]; cabundle[0] must carry the
// anchor's name and key. Nothing in the bundle is trusted by itself.
#pragma once

#include <optional>
#include <vector>

#include "evidence/provider.h"
#include "providers/nitro/evidence.h"

namespace tee::nitro {

struct Certificates {
  std::optional<crypto::Certificate> leaf;  // nullopt: cannot be parsed
  std::vector<crypto::Certificate> bundle;  // as in the document: root first; empty when one cannot be parsed
  bool complete() const { return leaf && !bundle.empty(); }
};

// What every path of this vendor must keep to.
crypto::PathRules path_rules();

// Adds nitro.certificates.
Certificates read_certificates(const Document& document, Findings& out);

// "root", "regional", "zonal", "instance" in the usual bundle of four, else "root" and "intermediate".
std::string_view bundle_role(std::size_t index, std::size_t count);

// Adds nitro.root, nitro.chain, nitro.validity.begin and .end, nitro.algorithms, nitro.leaf and the links of
// the chain.
void check_chain(const Certificates& certificates, const AppraisalOptions& options, Findings& out);

// Adds nitro.revocation, or one check for each certificate whose issuer's CRL was given: CRLs are optional
// here, but one that is given counts (rule S11).
void check_revocation(const Certificates& certificates, const CollateralSet& collateral, Time at,
                      Findings& out);

}  // namespace tee::nitro
