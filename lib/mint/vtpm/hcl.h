// HCL reports of Azure's paravisor made to order. Part of lib/mint (floor F3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "codec/json.h"
#include "mint/vtpm/quote.h"

namespace tee::mint::vtpm {

// Runtime data as today's paravisors write it: two keys, the VM's configuration, user data.
Json usual_runtime(ByteView user_data);
Json jwk(const std::string& kid, const crypto::PublicKey& key);

// The frame around a hardware report and the runtime data. All of it is unmeasured.
struct HclSpec {
  std::string magic = "HCLA";
  std::uint32_t version = 2, request_type = 2;
  std::uint32_t request_version = 1, report_type = 2, hash_type = 1;
  std::optional<std::uint32_t> data_size, variable_size;  // written instead of the real ones
  std::size_t whole_size = 2600;                          // padded with zeros to this size
};
Bytes encode_hcl(const HclSpec& spec, ByteView hardware_report, ByteView runtime_data);

}  // namespace tee::mint::vtpm
