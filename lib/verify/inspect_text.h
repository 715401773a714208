// tee.inspection/1 for people: platform, firmware, sizes, and each certificate's subject, issuer and validity. Floor F4.
#pragma once

#include <string>

#include "base/text_style.h"
#include "codec/json.h"

namespace tee::verify {

std::string inspection_text(const Json& inspection, const TextStyle& style);

}  // namespace tee::verify
