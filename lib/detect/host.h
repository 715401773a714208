// The machine around its TEEs: processor, memory, kernel, hypervisor, cloud, graphics processors. Floor F5.
#pragma once

#include "base/system.h"
#include "codec/json.h"

namespace tee::detect {

// The object `host` of tee.detection/1. What cannot be read is null.
Json host_facts(const System& system);

}  // namespace tee::detect
