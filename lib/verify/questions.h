// The operator's questions, put to what a room found: which workload (S5), how fresh (S6), bound to whom (S1–S3). Floor F4.
#pragma once

#include "evidence/provider.h"
#include "verify/appraise.h"

namespace tee::verify {

// Every expectation becomes a check; answers whether they name a workload. Adds the "workload" check.
struct WorkloadResult {
  bool answered = false;
  std::string missing;  // what to pin, with placeholders
};
WorkloadResult ask_workload(const Verifier& room, const Questions& q, Findings& found);

// Nonce, report data, user data, public key, age. Adds the checks and the "freshness" check.
struct FreshnessResult {
  std::string by = "none";   // nonce, report_data, signed_time
  bool peer_bound = false;
  bool parts_bound = false;  // tee-bind-1 covered the parts
  Json claims = Json::object();  // binding.*: fields that the hash authenticated
};
FreshnessResult ask_freshness(const Subject& subject, const Questions& q, Findings& found);

}  // namespace tee::verify
