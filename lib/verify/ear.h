// EAR: the verdict as an Entity Attestation Token result (draft-ietf-rats-ear), with the AR4SI trustworthiness vector. Floor F4.
//
// What each value of the vector means per provider stands in tee-evidence(5). A result that answered less than a workload and
// freshness, or that was loosened, is at best a warning (rule S18).
#pragma once

#include <optional>

#include "crypto/sign.h"
#include "verify/appraise.h"

namespace tee::verify {

struct EarContext {
  Time issued_at{};
  std::optional<Bytes> nonce;          // the verifier's nonce, when the evidence answered it
  std::optional<std::string> audience;
};

// Claims of the EAR. Always with eat_profile, iat, exp, ear.verifier-id and one submodule per subject ("cpu0", "gpu0").
Json ear_json(const Subject& subject, const Outcome& outcome, const EarContext& context);

// Compact JWS over the claims: ES256, ES384 or EdDSA by the kind of key.
Result<std::string> sign_ear(const Json& claims, const crypto::PrivateKey& key);

// In-toto statement (v1) with a SLSA verification summary predicate, for tools that consume those.
Json intoto_json(const Subject& subject, const Outcome& outcome);

}  // namespace tee::verify
