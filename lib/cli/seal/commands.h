// The commands of tee-seal. Floor F5.
#pragma once

#include "cli/run.h"

namespace tee::cli {

Command seal_overview_command();  // the default: says what there is
Command seal_command();
Command unseal_command();
Command seal_inspect_command();

}  // namespace tee::cli
