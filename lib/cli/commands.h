// The commands that tools are put together from. Floor F5.
#pragma once

#include "cli/run.h"

namespace tee::cli {

Command verify_command();
Command inspect_command();
Command explain_command();
Command nonce_command();
Command bench_command();

}  // namespace tee::cli
