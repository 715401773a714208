// Finding the TCB level of a platform, and the one status that all of its parts converge to. Floor F3; no
// policy.
//
// Intel SGX TDX DCAP Quote Verification Library, sections 4.1.2.5.1 (enclaves) and 4.1.2.5.2 (TDs): the first
// level, newest first, of which no component is higher than the platform's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "providers/shared/intel_dcap/pck.h"
#include "providers/shared/intel_dcap/qe_identity.h"
#include "providers/shared/intel_dcap/tcb_info.h"

namespace tee::intel {

// From TDX module version 1 on, the first two TDX components are judged by the module's own identity.
inline constexpr std::size_t kModuleSvn = 0, kModuleMajor = 1, kComponentsBehindModule = 2;

// What of a platform is compared with levels.
struct PlatformSvns {
  Svn16 sgx{};
  std::uint16_t pce_svn = 0;
  std::optional<Svn16> tee;  // TEE_TCB_SVN of a TD
};

std::size_t first_tdx_component(const Svn16& tee_tcb_svn);
bool reaches(const PlatformSvns& have, const PlatformLevel& need);
const PlatformLevel* match_platform(const std::vector<PlatformLevel>& levels, const PlatformSvns& have);
const SvnLevel* match_svn(const std::vector<SvnLevel>& levels, std::uint32_t isv_svn);

// One evaluation. Null pointers: no level matches, or the part does not apply. They point into the documents.
struct Evaluation {
  TcbStatus status = TcbStatus::not_supported;
  TcbStatus platform_status = TcbStatus::not_supported;
  const PlatformLevel* platform = nullptr;
  const ModuleIdentity* module = nullptr;
  const SvnLevel* module_level = nullptr;
  const SvnLevel* qe_level = nullptr;
  std::optional<Time> date;             // the earliest of all levels that matched
  std::vector<std::string> advisories;  // of all of them, sorted, unique
};

// `identity` may be null: then the quoting enclave does not take part.
Evaluation evaluate_tcb(const TcbInfo& info, const QeIdentity* identity, const PlatformSvns& have,
                        std::uint16_t qe_isv_svn);

}  // namespace tee::intel
