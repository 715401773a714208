#include "providers/shared/intel_dcap/tcb_evaluate.h"

#include <algorithm>

namespace tee::intel {

namespace {

bool all_reach(const Svn16& have, const Svn16& need, std::size_t from) {
  for (std::size_t i = from; i < have.size(); ++i)
    if (have[i] < need[i]) return false;
  return true;
}

// Date and advisories of one more matched level.
void add_level(const LevelVerdict& level, Evaluation& to) {
  if (!to.date || level.date < *to.date) to.date = level.date;
  to.advisories.insert(to.advisories.end(), level.advisories.begin(), level.advisories.end());
}

// 4.1.2.5.2.2: from major version 1 on the module has an identity with levels of its own; one that Intel does
// not list is not supported.
TcbStatus evaluate_module(const TcbInfo& info, const Svn16& tee_tcb_svn, Evaluation& to) {
  to.module = info.module_for(tee_tcb_svn[kModuleMajor]);
  if (to.module == nullptr) return TcbStatus::not_supported;
  to.module_level = match_svn(to.module->levels, tee_tcb_svn[kModuleSvn]);
  if (to.module_level == nullptr) return TcbStatus::not_supported;
  add_level(*to.module_level, to);
  return to.module_level->status;
}

TcbStatus evaluate_qe(const QeIdentity& identity, std::uint16_t isv_svn, Evaluation& to) {
  to.qe_level = match_svn(identity.levels, isv_svn);
  if (to.qe_level == nullptr) return TcbStatus::not_supported;
  add_level(*to.qe_level, to);
  return to.qe_level->status;
}

// Components know three statuses; any other word of Intel's would have no rule.
TcbStatus component_status(TcbStatus s) {
  const bool known = s == TcbStatus::up_to_date || s == TcbStatus::out_of_date || s == TcbStatus::revoked ||
                     s == TcbStatus::not_supported;
  return known ? s : TcbStatus::unrecognised;
}

}  // namespace

std::size_t first_tdx_component(const Svn16& tee_tcb_svn) {
  return tee_tcb_svn[kModuleMajor] > 0 ? kComponentsBehindModule : 0;
}

bool reaches(const PlatformSvns& have, const PlatformLevel& need) {
  if (!all_reach(have.sgx, need.sgx, 0) || have.pce_svn < need.pce_svn) return false;
  if (!have.tee) return true;
  return need.tdx && all_reach(*have.tee, *need.tdx, first_tdx_component(*have.tee));
}

const PlatformLevel* match_platform(const std::vector<PlatformLevel>& levels, const PlatformSvns& have) {
  const auto it =
      std::find_if(levels.begin(), levels.end(), [&](const PlatformLevel& l) { return reaches(have, l); });
  return it == levels.end() ? nullptr : &*it;
}

const SvnLevel* match_svn(const std::vector<SvnLevel>& levels, std::uint32_t isv_svn) {
  const auto it =
      std::find_if(levels.begin(), levels.end(), [=](const SvnLevel& l) { return l.isv_svn <= isv_svn; });
  return it == levels.end() ? nullptr : &*it;
}

Evaluation evaluate_tcb(const TcbInfo& info, const QeIdentity* identity, const PlatformSvns& have,
                        std::uint16_t qe_isv_svn) {
  Evaluation out;
  out.platform = match_platform(info.levels, have);
  if (out.platform != nullptr) {
    out.platform_status = out.platform->status;
    add_level(*out.platform, out);
  }
  std::vector<TcbStatus> components;
  if (have.tee && (*have.tee)[kModuleMajor] > 0)
    components.push_back(component_status(evaluate_module(info, *have.tee, out)));
  else if (have.tee)
    out.module = info.module_for(0);
  if (identity != nullptr) components.push_back(component_status(evaluate_qe(*identity, qe_isv_svn, out)));
  out.status = converge(out.platform_status, components);
  std::sort(out.advisories.begin(), out.advisories.end());
  out.advisories.erase(std::unique(out.advisories.begin(), out.advisories.end()), out.advisories.end());
  return out;
}

}  // namespace tee::intel
