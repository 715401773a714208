// The rows of the room, and what identifies a workload.
#include "providers/azure/verifier.h"

#include "evidence/codes.h"
#include "providers/azure/codes.h"
#include "providers/azure/maa_verify.h"
#include "providers/azure/vtpm_evidence.h"
#include "providers/azure/vtpm_verify.h"
#include "providers/shared/token/engine.h"
#include "providers/shared/token/kind.h"

namespace tee::azure {

namespace {

bool recognise_maa_token(ByteView evidence) { return token::kind_of(evidence) == token::Kind::azure_maa; }

// The hardware measures the paravisor and the firmware that the cloud gives to every tenant, no more (S5, S10).
WorkloadAnswer maa_workload(const std::set<std::string>& pinned, const Findings& found, const AppraisalOptions&) {
  WorkloadAnswer answer;
  answer.answered = pinned.contains("measurement") || pinned.contains("mr_td");
  if (answer.answered) answer.remark = &tee::code::workload_firmware_only;
  answer.missing = found.claims.contains("mr_td") ? "--expect mr_td=HEX" : "--expect measurement=HEX";
  return answer;
}

constexpr Verifier kVerifiers[] = {
    {Provider::azure_cvm, EvidenceType::azure_maa_token, recognise_maa_token, verify_maa_token, token::inspect_token, maa_workload},
    {Provider::azure_cvm, EvidenceType::azure_vtpm, looks_like_vtpm_evidence, verify_vtpm, inspect_vtpm, vtpm_workload},
};

}  // namespace

std::span<const Verifier> verifiers() { return kVerifiers; }

}  // namespace tee::azure
