// The whole evidence decoded, nothing judged. Floor F3.
#pragma once

#include "base/bytes.h"
#include "codec/json.h"

namespace tee::snp {

Result<Json> inspect(ByteView evidence);

}  // namespace tee::snp
