// What the report says about guest and platform, against the defaults of rule S13 and the
// operator's floors. Floor F3.
#pragma once

#include "evidence/findings.h"
#include "providers/snp/evidence.h"

namespace tee::snp {

void check_debug(const Report& report, const AppraisalOptions& options, Findings& out);
void check_migration(const Report& report, Findings& out);
void check_vmpl(const Report& report, const AppraisalOptions& options, Findings& out);
void check_tcb_order(const Report& report, TcbLayout layout, Findings& out);
void check_tcb_floor(const Report& report, TcbLayout layout, const AppraisalOptions& options, Findings& out);
void check_firmware_floor(const Report& report, const AppraisalOptions& options, Findings& out);
void check_platform_info(const Report& report, Findings& out);

}  // namespace tee::snp
