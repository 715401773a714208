// Microsoft's paravisors by the SHA-384 of their ID key (rule S10). Floor F3.
#pragma once

#include "base/bytes.h"

namespace tee::azure {

// True for a full 48-byte digest of the built-in list. An all-zero digest (no ID block) never is.
bool known_paravisor(ByteView id_key_digest);

}  // namespace tee::azure
