// Attestation keys: their public areas, certificates and what the quote under them states. Floor F3 (shared).
#pragma once

#include <vector>

#include "crypto/path.h"
#include "evidence/provider.h"
#include "providers/shared/vtpm/quote.h"

namespace tee::vtpm {

// Adds "vtpm.ak.attributes". The attributes are the sender's word until a certificate vouches for the key:
// they can only speak against it.
void check_attributes(const PublicArea& area, Findings& out);

// The scheme of the public area; nullopt when it leaves the choice to the caller of the TPM.
std::optional<SchemeOfKey> scheme_of(const PublicArea& area);

// Builds the path from `leaf` through `pool` and the collateral to one of the anchors. Adds "vtpm.ak.chain",
// "vtpm.ak.purpose" where it does not fit, "vtpm.ak.revocation.leaf" and ".issuer", the links and the expiry
// dates.
void judge_ak_chain(const crypto::Certificate& leaf, std::vector<crypto::Certificate> pool,
                    const AnchorChoice& choice, const VerifyInput& input, Findings& out);

// A certificate of that key among the collateral, or null.
const CertificateItem* certificate_for(const crypto::PublicKey& key, const CollateralSet& collateral);

// Claims, nonce and decoded quote of a TPM without a CPU report bound to it: never a confidential machine
// (S10).
void state_bare_quote(ByteView attest, const PcrValues& values, Findings& out);

}  // namespace tee::vtpm
