#include "providers/shared/intel_dcap/tcb_explain.h"

#include "base/encoding.h"

namespace tee::intel {

namespace {

struct Shortfall {
  std::string component;
  std::uint64_t have, need;
  std::string update;
  const Json* described = nullptr;
};

std::string text_in(const Json* object, std::string_view key) {
  return object == nullptr ? std::string() : json::text_of(*object, key).value_or("");
}

// Intel files microcode that the operating system loads under OS/VMM; everything else comes with the BIOS.
std::string sgx_update(const Json* described) {
  return text_in(described, "category") == "OS/VMM" ? "microcode" : "bios";
}
std::string tdx_update(std::size_t index) {
  return index < kComponentsBehindModule ? "tdx module" : "microcode";
}

const Json* described_at(const Json* list, std::size_t index) {
  return list == nullptr ? nullptr : &(*list)[index];
}

std::vector<Shortfall> shortfalls(const PlatformSvns& have, const PlatformLevel& need) {
  std::vector<Shortfall> out;
  for (std::size_t i = 0; i < have.sgx.size(); ++i) {
    const Json* described = described_at(need.sgx_components, i);
    if (have.sgx[i] < need.sgx[i])
      out.push_back({"sgx component " + std::to_string(i + 1), have.sgx[i], need.sgx[i],
                     sgx_update(described), described});
  }
  if (have.pce_svn < need.pce_svn) out.push_back({"pcesvn", have.pce_svn, need.pce_svn, "pce"});
  if (!have.tee || !need.tdx) return out;
  for (std::size_t i = first_tdx_component(*have.tee); i < have.tee->size(); ++i)
    if ((*have.tee)[i] < (*need.tdx)[i])
      out.push_back({"tdx component " + std::to_string(i + 1), (*have.tee)[i], (*need.tdx)[i], tdx_update(i),
                     described_at(need.tdx_components, i)});
  return out;
}

std::uint64_t distance(const std::vector<Shortfall>& list) {
  std::uint64_t sum = 0;
  for (const Shortfall& s : list) sum += s.need - s.have;
  return sum;
}

// The nearest level that is UpToDate; where Intel calls none UpToDate, the newest.
const PlatformLevel* target(const TcbInfo& info, const PlatformSvns& have) {
  const PlatformLevel* best = nullptr;
  for (const PlatformLevel& level : info.levels) {
    if (level.status != TcbStatus::up_to_date) continue;
    if (best == nullptr || distance(shortfalls(have, level)) < distance(shortfalls(have, *best)))
      best = &level;
  }
  if (best == nullptr && !info.levels.empty()) best = &info.levels.front();
  return best;
}

void add_row(const Shortfall& s, Time level_date, Json& to) {
  Json row{{"component", s.component},
           {"have", s.have},
           {"need", s.need},
           {"level_date", rfc3339(level_date)},
           {"update", s.update}};
  for (const std::string_view key : {"category", "type"})
    if (const std::string text = text_in(s.described, key); !text.empty())
      row[std::string(key)] = printable(text, 64);
  to.push_back(std::move(row));
}

// One number: the oldest level that is UpToDate is enough.
void add_svn_row(const std::vector<SvnLevel>& levels, std::uint32_t have, std::string component,
                 std::string update, Json& to) {
  const SvnLevel* need = nullptr;
  for (const SvnLevel& level : levels)
    if (level.status == TcbStatus::up_to_date) need = &level;
  if (need != nullptr && have < need->isv_svn)
    add_row({std::move(component), have, need->isv_svn, std::move(update)}, need->date, to);
}

}  // namespace

Json explain_shortfalls(const TcbInfo& info, const QeIdentity* identity, const PlatformSvns& have,
                        std::uint16_t qe_isv_svn) {
  Json out = Json::array();
  if (const PlatformLevel* level = target(info, have))
    for (const Shortfall& s : shortfalls(have, *level)) add_row(s, level->date, out);
  if (have.tee && (*have.tee)[kModuleMajor] > 0) {
    const ModuleIdentity* module = info.module_for((*have.tee)[kModuleMajor]);
    if (module != nullptr)
      add_svn_row(module->levels, (*have.tee)[kModuleSvn], "tdx module " + printable(module->id, 32),
                  "tdx module", out);
  }
  if (identity != nullptr) add_svn_row(identity->levels, qe_isv_svn, "quoting enclave", "qe", out);
  return out;
}

}  // namespace tee::intel
