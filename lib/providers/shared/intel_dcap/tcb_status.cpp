#include "providers/shared/intel_dcap/tcb_status.h"

#include <algorithm>

#include "providers/shared/intel_dcap/codes.h"

namespace tee::intel {

namespace {

using enum TcbStatus;

struct Row {
  TcbStatus status;
  std::string_view word;
  const Code* code;
};

const Row kRows[] = {
    {up_to_date, "UpToDate", nullptr},
    {sw_hardening_needed, "SWHardeningNeeded", &code::tcb_sw_hardening_needed},
    {configuration_needed, "ConfigurationNeeded", &code::tcb_configuration_needed},
    {configuration_and_sw_hardening_needed, "ConfigurationAndSWHardeningNeeded",
     &code::tcb_configuration_and_sw_hardening_needed},
    {out_of_date, "OutOfDate", &code::tcb_out_of_date},
    {out_of_date_configuration_needed, "OutOfDateConfigurationNeeded",
     &code::tcb_out_of_date_configuration_needed},
    {revoked, "Revoked", &code::tcb_revoked},
    {relaunch_advised, "TDRelaunchAdvised", &code::tcb_relaunch_advised},
    {relaunch_advised_configuration_needed, "TDRelaunchAdvisedConfigurationNeeded",
     &code::tcb_relaunch_advised},
    {not_supported, "NotSupported", &code::tcb_not_supported},
    {unrecognised, "Unrecognised", &code::tcb_unknown},
};

const Row& row(TcbStatus status) { return kRows[static_cast<std::size_t>(status)]; }

bool contains(const std::vector<TcbStatus>& list, TcbStatus status) {
  return std::find(list.begin(), list.end(), status) != list.end();
}

bool wants_configuration(TcbStatus s) {
  return s == configuration_needed || s == configuration_and_sw_hardening_needed ||
         s == out_of_date_configuration_needed;
}

}  // namespace

std::string_view to_string(TcbStatus status) { return row(status).word; }

TcbStatus tcb_status_from(std::string_view word) {
  for (const Row& r : kRows)
    if (r.word == word && r.status <= revoked) return r.status;
  return unrecognised;
}

const Code& code_for(TcbStatus status) {
  const Code* found = row(status).code;
  return found ? *found : code::internal_bug;
}

TcbStatus converge(TcbStatus platform, const std::vector<TcbStatus>& components) {
  // Below these there is nothing to converge: no level, or a word that says nothing.
  for (TcbStatus status : {not_supported, revoked, unrecognised})
    if (platform == status || contains(components, status)) return status;
  if (!contains(components, out_of_date)) return platform;
  switch (platform) {
    case up_to_date:
    case sw_hardening_needed: return out_of_date;
    case configuration_needed:
    case configuration_and_sw_hardening_needed: return out_of_date_configuration_needed;
    default: return platform;
  }
}

// Stricter than Intel's rule in one point: what is wrong with the module that runs now (revoked, not
// supported, unknown) is never hidden by a launch that looks better.
TcbStatus advise_relaunch(TcbStatus launch, TcbStatus current) {
  for (TcbStatus status : {not_supported, revoked, unrecognised})
    if (launch == status || current == status) return status;
  if (launch != out_of_date && launch != out_of_date_configuration_needed) return launch;
  if (current == out_of_date || current == out_of_date_configuration_needed) return launch;
  return wants_configuration(launch) || wants_configuration(current) ? relaunch_advised_configuration_needed
                                                                     : relaunch_advised;
}

}  // namespace tee::intel
