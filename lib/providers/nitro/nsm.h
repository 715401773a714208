// The Nitro Secure Module: requests and answers of /dev/nsm. Floor F3.
//
// CBOR in the shape of the NSM API: a request without arguments is a text, any other a map of one entry, name to map. The
// ioctl of Linux drivers/misc/nsm.c takes two address and length pairs. Answers come from the hypervisor and are read
// strictly: exactly one item, at most 12288 bytes.
#pragma once

#include <optional>

#include "base/system.h"

namespace tee::nitro {

inline constexpr std::string_view kNsm = "/dev/nsm";
inline constexpr std::size_t kNsmRequestLimit = 0x1000, kNsmResponseLimit = 0x3000;

struct NsmDescription {
  unsigned major = 0, minor = 0, patch = 0;
  std::string module_id;  // printable
  std::uint64_t max_pcrs = 0;
  std::size_t locked_pcrs = 0;
  std::string digest;
};

// One exchange. platform.absent, denied, busy, timeout, failed.
Result<Bytes> nsm_exchange(const System& system, ByteView request, Milliseconds limit);

Bytes nsm_describe_request();
Result<NsmDescription> nsm_description(ByteView response);

// nullopt is null on the wire: a field that is absent from the document.
Bytes nsm_attestation_request(const std::optional<Bytes>& user_data, const std::optional<Bytes>& nonce, const std::optional<Bytes>& public_key);
Result<Bytes> nsm_document(ByteView response);

Bytes nsm_extend_request(unsigned pcr, ByteView data);
Result<Bytes> nsm_extended(ByteView response);  // the register's new value, 48 bytes

}  // namespace tee::nitro
