// What a log proves, once it replayed: facts whose digest is the hash of the data that states them (rule S17). Floor F3 (shared).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evidence/claims.h"
#include "providers/shared/eventlog/log.h"

namespace tee::eventlog {

struct Problem {
  const Code* code;
  std::string message;
};

// Rules of order and of digests: separators once per register, single-valued events once and before their separator, digests
// of separators, actions and Secure Boot variables equal to the hash of their data.
std::vector<Problem> check_order(const Log& log, std::uint16_t alg, Registers registers);

// Secure Boot state by the variable that firmware measures before the first separator; nullopt when the log does not say.
std::optional<bool> secure_boot(const Log& log, std::uint16_t alg, Registers registers);

// Digests in order per register: {"rtmr0": ["…"], …} or {"pcr0": …}. Authenticated by the replay as a whole.
Json event_digests(const Log& log, std::uint16_t alg, Registers registers);

// Claims of a workload log (Confidential Space launcher): image_reference, image_digest, restart_policy, args, env, ….
Claims workload_claims(const Log& log, std::uint16_t alg);

// Command lines and the like whose label is not part of what was hashed: shown, never claimed.
Json unauthenticated(const Log& log, std::uint16_t alg);

}  // namespace tee::eventlog
