// TCB information: which security versions of a platform Intel calls current. Parsed from the signed bytes.
// Floor F3.
//
// Intel PCS API, "TCB Info" V2 (SGX only) and V3. Levels are sorted here, newest first, as Intel's own
// library does: the order in the document is not relied on. Equal levels, lists of another length than 16 and
// values out of range are refused.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "codec/json.h"
#include "providers/shared/intel_dcap/quote.h"
#include "providers/shared/intel_dcap/tcb_status.h"

namespace tee::intel {

// What every level says of itself.
struct LevelVerdict {
  TcbStatus status = TcbStatus::unrecognised;
  std::string word;  // as written
  Time date{};
  std::vector<std::string> advisories;
};

struct PlatformLevel : LevelVerdict {
  Svn16 sgx{};
  std::uint16_t pce_svn = 0;
  std::optional<Svn16> tdx;              // TDX documents only
  const Json* sgx_components = nullptr;  // version 3: Intel's description of each, into TcbInfo::document
  const Json* tdx_components = nullptr;
};

// A level of a TDX module or of the quoting enclave: one number.
struct SvnLevel : LevelVerdict {
  std::uint32_t isv_svn = 0;
};

struct ModuleIdentity {
  std::string id;  // "TDX_01"; empty for the module without identity of its own
  Digest48 mr_signer{};
  std::array<std::uint8_t, 8> attributes{};
  std::vector<SvnLevel> levels;  // newest first; empty for the module without identity of its own
};

struct TcbInfo {
  std::shared_ptr<const Json> document;
  unsigned version = 0;
  Tee tee = Tee::sgx;
  Time issued{}, next_update{};
  std::array<std::uint8_t, 6> fmspc{};
  std::array<std::uint8_t, 2> pce_id{};
  std::uint64_t evaluation = 0;
  std::optional<ModuleIdentity> module;  // tdxModule: for modules of major version 0
  std::vector<ModuleIdentity> modules;   // tdxModuleIdentities
  std::vector<PlatformLevel> levels;     // newest first

  // The identity for this major version of the TDX module (second byte of TEE_TCB_SVN); null when Intel lists
  // none.
  const ModuleIdentity* module_for(std::uint8_t major) const;
};

// `body` is exactly the signed object. Error intel.collateral.unusable.
Result<TcbInfo> parse_tcb_info(ByteView body);

// tcbStatus, tcbDate and advisoryIDs of any level.
Status read_verdict(const Json& level, LevelVerdict& to);
// tcbLevels of modules and identities: levels of one number, sorted, without equal ones.
Result<std::vector<SvnLevel>> read_svn_levels(const Json& object);
// The signed bytes as JSON; Error intel.collateral.unusable.
Result<Json> parse_signed_object(ByteView body);

}  // namespace tee::intel
