// What some sealed data are, without a key. Nothing of it is authenticated. Floor F4.
#pragma once

#include "codec/json.h"
#include "seal/stream.h"

namespace tee::seal {

// tee.sealed/1. seal.malformed when it is no form that is known: the seed form cannot be told from noise.
Result<Json> inspect(Feed& from);

}  // namespace tee::seal
