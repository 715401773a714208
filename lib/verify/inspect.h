// inspect: what stands in a piece of evidence, decoded and not judged. Floor F4.
#pragma once

#include "codec/json.h"
#include "verify/subject.h"

namespace tee::verify {

// tee.inspection/1:
// {"schema","verified":false,"subject":{…},"decoded":…,"collateral":{…},"binding"?,"also"?}. Files of
// collateral are decoded as well. Error: what recognise() found wrong, provider.not_built, or the room's own.
Result<Json> inspect(const Subject& subject);

// Certificates, CRLs and documents of a set, decoded.
Json describe(const CollateralSet& set);

}  // namespace tee::verify
