// The fake platform: the SGX extension of its PCK certificate, and the signed documents that Intel publishes
// about it (Intel PCS API, "TCB Info" and "Enclave Identity"). Part of lib/mint (floor F3).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "codec/json.h"
#include "mint/x509.h"

namespace tee::mint::intel {

using Svn16 = std::array<std::uint8_t, 16>;

// The elements of 1.2.840.113741.1.13.1, encoded one by one so that each can be left out, doubled or
// replaced.
struct SgxExtension {
  std::vector<Bytes> elements;  // .1 to .7 in this order
  std::vector<Bytes> tcb;       // .2.1 to .2.18

  Bytes encode() const;  // with `tcb` as element .2
};

struct Platform {
  Bytes ppid = Bytes(16, 0x50);
  Svn16 components{3, 3, 2, 2, 4, 1, 0, 3};
  unsigned pce_svn = 13;
  Bytes pce_id = {0, 0};
  Bytes fmspc = {0x00, 0x80, 0x6f, 0x05, 0x00, 0x00};
  unsigned sgx_type = 1;
  std::optional<Bytes> instance_id = Bytes(16, 0x61);  // Platform CA only, with the configuration
};
Bytes sgx_element(const std::string& suffix,
                  ByteView value);  // SEQUENCE of OID 1.2.840.113741.1.13.1 + suffix and value
SgxExtension sgx_extension(const Platform& platform);

// A level that Intel publishes.
struct Level {
  Svn16 sgx{};
  unsigned pce_svn = 0;
  Svn16 tdx{};
  std::string status, date;
  std::vector<std::string> advisories;
};

struct SvnLevel {
  unsigned isv_svn = 0;
  std::string status, date;
  std::vector<std::string> advisories;
};

enum class For { sgx, tdx };

struct Published {
  For tee = For::tdx;
  Time issued{}, next_update{};
  unsigned evaluation = 18, qe_evaluation = 19;
  std::string fmspc = "00806F050000", pce_id = "0000";
  std::vector<Level> levels;                 // newest first; the platform above is at the first
  std::vector<SvnLevel> module_1, module_3;  // TDX_01, TDX_03
  std::vector<SvnLevel> qe;
};
Published usual_publication(For tee, Time now);

Json tcb_info(const Published& p);
Json tcb_info_v2(const Published& p);  // SGX
Json qe_identity(const Published& p);

}  // namespace tee::mint::intel
