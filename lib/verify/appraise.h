// The appraisal: one subject, the operator's questions, one verdict. Floor F4, no I/O.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/exit.h"
#include "evidence/findings.h"
#include "evidence/options.h"
#include "verify/subject.h"

namespace tee::verify {

enum class Scheme { automatic, raw, tee_bind_1, native };  // --binding; automatic: derived from what is given (S1)

struct PublicKeyBinding {
  std::uint16_t algorithm = 0;  // S2: evidence/binding.h, bound_key::
  Bytes key;                    // as S2 says for the algorithm
  Bytes spki;                   // DER SubjectPublicKeyInfo of the same key, for providers that carry that form; may be empty
};

struct StatelessNonce {         // --nonce-key, --audience (S4)
  Bytes key;
  std::string audience;
};

// The deployment that a blueprint manager asks about (--blueprint-env): its own words, for the result, and whose evidence
// may speak for it.
struct Blueprint {
  std::string cloud, backend, deployment_id, instance_id;
  std::vector<Provider> accepted;
};

struct Asked;                   // asked.h

// What is asked. AppraisalOptions is what rooms see; the rest is answered here.
struct Questions {
  AppraisalOptions options;
  Time real_now{};                        // the real clock, also with --at
  std::optional<Bytes> nonce, report_data, user_data;
  std::optional<PublicKeyBinding> public_key;
  Scheme binding = Scheme::automatic;
  std::optional<Seconds> max_age;
  std::optional<StatelessNonce> stateless;
  bool require_peer_binding = false;
  bool only_subject = false;              // no other one follows that an anchor of another provider could be meant for
  std::optional<Bytes> event_log;         // --event-log; else the one in the envelope
  std::optional<std::array<std::uint8_t, 32>> onchain_hash;      // --onchain-hash: Keccak-256 of the exact input
  std::optional<Blueprint> blueprint;
  std::vector<std::pair<std::string, unsigned>> require_parts;   // --require-part gpu=8
  std::shared_ptr<const Asked> asked;     // these questions as a document with a hash; set once they are complete, or null
};

enum class Verdict { pass, fail, inconclusive };
std::string_view to_string(Verdict v);

struct Outcome {
  Verdict verdict = Verdict::inconclusive;
  Exit exit = Exit::inconclusive;
  std::vector<std::string> reasons;       // codes of checks that do not pass, failures first, unique
  std::string scope = "authenticity";     // or "workload"
  std::string freshness = "none";         // nonce, report_data, signed_time
  bool peer_bound = false;
  std::vector<std::string> loosened;
  std::optional<bool> genuine, platform_verified, signature_verified, chain_verified, freshness_verified;
  Findings findings;
  Json binding_claims = Json::object();   // fields that the binding authenticated -> /claims/binding
  Time verified_at{};
  bool time_from_caller = false;
  std::string settle_with;                // flags that would settle an inconclusive verdict, with placeholders for values (S26)
  std::shared_ptr<const Asked> asked;     // of the questions
  std::optional<Error> error;             // no verdict at all: provider.not_built (status 5)
};

// Never fails: a malformed subject is a verdict. `collateral` is the operator's; the subject's own is added inside.
Outcome appraise(const Subject& subject, const Questions& questions, const CollateralSet& collateral);

// tee.result/1 (design section 4).
Json result_json(const Subject& subject, const Outcome& outcome);

}  // namespace tee::verify
