// Why a platform is not UpToDate, in numbers: which component, what it has, what it needs, who updates it.
// Floor F3.
#pragma once

#include "providers/shared/intel_dcap/tcb_evaluate.h"

namespace tee::intel {

// Rows {component, have, need, level_date, update} for TcbReport::components; `update` is "bios",
// "microcode", "pce", "tdx module" or "qe". Empty when every part has reached its newest level.
Json explain_shortfalls(const TcbInfo& info, const QeIdentity* identity, const PlatformSvns& have,
                        std::uint16_t qe_isv_svn);

}  // namespace tee::intel
