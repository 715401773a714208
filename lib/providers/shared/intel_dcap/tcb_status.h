// Intel's TCB statuses, and how several of them become one. Floor F3.
//
// Intel SGX TDX DCAP Quote Verification Library, Enclave and TD TCB evaluation (sections 4.1.2.5.1
// and 4.1.2.5.2 of its reference): components converge into the platform's status; relaunch advice follows
// from two evaluations of one TD.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/codes.h"

namespace tee::intel {

enum class TcbStatus {
  up_to_date,
  sw_hardening_needed,
  configuration_needed,
  configuration_and_sw_hardening_needed,
  out_of_date,
  out_of_date_configuration_needed,
  revoked,
  relaunch_advised,
  relaunch_advised_configuration_needed,  // only by evaluation
  not_supported,                          // no level matches; only by evaluation
  unrecognised,                           // a word that Intel did not have when this was written
};

std::string_view to_string(TcbStatus status);      // Intel's word
TcbStatus tcb_status_from(std::string_view word);  // as documents use them; anything else is unrecognised
const Code& code_for(TcbStatus status);            // of the check that fails; not for up_to_date

// The platform's status after those of the quoting enclave and the TDX module.
TcbStatus converge(TcbStatus platform, const std::vector<TcbStatus>& components);

// TD 1.5: the status under the module that launched the TD, and under the one that runs now.
TcbStatus advise_relaunch(TcbStatus launch, TcbStatus current);

}  // namespace tee::intel
