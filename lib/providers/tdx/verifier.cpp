#include "providers/tdx/verifier.h"

#include "providers/shared/intel_dcap/describe.h"
#include "providers/tdx/codes.h"
#include "providers/tdx/evidence.h"
#include "providers/tdx/verify.h"

namespace tee::tdx {

namespace {

bool recognise(ByteView evidence) { return form_of(evidence) != Form::none; }

Result<Json> inspect(ByteView evidence) {
  if (form_of(evidence) == Form::local_report) return fail(code::local_report, "a TDREPORT is not a quote");
  if (form_of(evidence) == Form::cwt)
    return fail(code::quote_cwt, "unsupported quote format: CBOR Web Token");
  return intel::inspect_quote(evidence);
}

// Zero registers prove nothing (S17): that firmware extended nothing there says little about what runs.
bool pins_register(const std::set<std::string>& pinned, const std::string& name, const Findings& found) {
  if (!pinned.contains(name)) return false;
  const auto claim = found.claims.find(name);
  const Bytes* value = claim == found.claims.end() ? nullptr : std::get_if<Bytes>(&claim->second);
  return value != nullptr && !all_zero(*value);
}

// MRTD is the firmware that the cloud supplies; RTMR1 and RTMR2 are what it started (rule S5).
WorkloadAnswer workload(const std::set<std::string>& pinned, const Findings& found, const AppraisalOptions&) {
  WorkloadAnswer answer;
  answer.answered = pinned.contains("mr_td") || pinned.contains("measurement");
  if (answer.answered && !(pins_register(pinned, "rtmr1", found) && pins_register(pinned, "rtmr2", found)))
    answer.remark = &code::workload_firmware_only;
  answer.missing = "--expect mr_td=HEX --expect rtmr1=HEX --expect rtmr2=HEX";
  return answer;
}

constexpr Verifier kVerifier{
    Provider::intel_tdx, EvidenceType::tdx_quote, recognise, verify, inspect, workload};

}  // namespace

const Verifier& verifier() { return kVerifier; }

}  // namespace tee::tdx
