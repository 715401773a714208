// Event logs against the registers of judged evidence (rule S17). Floor F4.
#pragma once

#include "evidence/provider.h"

namespace tee::verify {

// Adds "eventlog.form", "eventlog.order", "eventlog.replay", and the claims that the log proves: secure_boot, event_digests, and
// those of a workload log. Everything else that it says stands under /claims/vendor/event_log/unauthenticated.
void check_event_log(ByteView log, const Verifier& room, const AppraisalOptions& options, Findings& found);

// Every event decoded, judging nothing.
Result<Json> inspect_event_log(ByteView log);

}  // namespace tee::verify
