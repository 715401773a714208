// Typed, checked access to the members of Intel's signed JSON. An Error names the member and what was
// expected. Floor F3.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "codec/json.h"
#include "providers/shared/intel_dcap/report_body.h"

namespace tee::intel {

Result<std::string> text_field(const Json& object, std::string_view key);
Result<std::uint64_t> number_field(const Json& object, std::string_view key, std::uint64_t most);
Result<Time> time_field(const Json& object, std::string_view key);
Result<const Json*> object_field(const Json& object, std::string_view key);
Result<const Json*> array_field(const Json& object, std::string_view key);               // not empty
Result<std::vector<std::string>> texts_field(const Json& object, std::string_view key);  // absent: empty
// Hexadecimal in either case, exactly `size` bytes.
Result<Bytes> hex_field(const Json& object, std::string_view key, std::size_t size);

template <std::size_t N>
Result<std::array<std::uint8_t, N>> hex_array(const Json& object, std::string_view key) {
  TEE_TRY(const Bytes bytes, hex_field(object, key, N));
  return Cursor(bytes).array<N>();
}

tl::unexpected<Error> unusable(std::string message);  // intel.collateral.unusable

}  // namespace tee::intel
