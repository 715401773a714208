// Bytes and PCR values out of the JSON around a quote. Floor F3 (shared).
#pragma once

#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"

namespace tee::vtpm {

// `any`: hex where all of it is hex digits, else base64.
enum class Encoding { hex, base64, any };
// Text member of that name. Error input.malformed, also when it is absent.
Result<Bytes> bytes_of(const Json& object, std::string_view key, Encoding encoding);
// A list of values (PCR i at place i) or an object from PCR number to value. PCRs that are not given stay
// empty.
Result<std::vector<Bytes>> pcrs_of(const Json& object, std::string_view key, Encoding encoding);

}  // namespace tee::vtpm
