// The forms in which NVIDIA evidence travels: a bare SPDM report, or the evidence JSON of nvattest, NRAS and others, one entry
// per device. Floor F3.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codec/json.h"
#include "providers/nvidia/device.h"
#include "providers/nvidia/spdm.h"

namespace tee::nvidia {

inline constexpr std::size_t kMostDevices = 64;

struct Device {
  Bytes bytes;                                // the report as given
  std::optional<Report> report;               // nullopt: report_problem says why
  std::optional<Error> report_problem;
  std::vector<crypto::Certificate> chain;     // that came with the report, leaf first; empty for a bare report
  std::optional<Error> chain_problem;
  std::optional<Arch> declared_arch;          // unsigned hints of the JSON form: compared, never believed
  std::optional<Bytes> declared_nonce;
};

// Error: neither a report nor evidence JSON. A malformed device does not hide the others.
Result<std::vector<Device>> parse_evidence(ByteView bytes);
bool looks_like_evidence(ByteView bytes);

}  // namespace tee::nvidia
