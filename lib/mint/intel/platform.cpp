#include "mint/intel/platform.h"

#include "codec/der.h"

namespace tee::mint::intel {

namespace {

constexpr std::string_view kExtension = "1.2.840.113741.1.13.1";
constexpr Seconds kDay{86400};

Bytes joined(const std::vector<Bytes>& parts) {
  Bytes content;
  for (const Bytes& part : parts) append(content, part);
  return der::encode(der::kSequence, content);
}

Bytes configuration() {
  return joined({sgx_element(".7.1", der::boolean(true)), sgx_element(".7.2", der::boolean(true)),
                 sgx_element(".7.3", der::boolean(true))});
}

Json components(const Svn16& svns, std::string_view first_type) {
  Json out = Json::array();
  for (std::size_t i = 0; i < svns.size(); ++i) {
    Json one{{"svn", svns[i]}};
    if (i == 0) one.update({{"category", "BIOS"}, {"type", first_type}});
    if (i == 1) one["category"] = "OS/VMM";
    out.push_back(std::move(one));
  }
  return out;
}

template <class Level>
Json with_verdict(Json tcb, const Level& level) {
  Json out{{"tcb", std::move(tcb)}, {"tcbDate", level.date}, {"tcbStatus", level.status}};
  if (!level.advisories.empty()) out["advisoryIDs"] = level.advisories;
  return out;
}

Json svn_levels(const std::vector<SvnLevel>& levels) {
  Json out = Json::array();
  for (const SvnLevel& level : levels) out.push_back(with_verdict(Json{{"isvsvn", level.isv_svn}}, level));
  return out;
}

Json module_values() {
  return {{"mrsigner", std::string(96, '0')},
          {"attributes", std::string(16, '0')},
          {"attributesMask", std::string(16, 'F')}};
}

Json module_identity(std::string_view id, const std::vector<SvnLevel>& levels) {
  Json out = module_values();
  out["id"] = id;
  out["tcbLevels"] = svn_levels(levels);
  return out;
}

Json common(const Published& p, unsigned version, unsigned evaluation) {
  return {{"version", version},
          {"issueDate", rfc3339(p.issued)},
          {"nextUpdate", rfc3339(p.next_update)},
          {"tcbEvaluationDataNumber", evaluation}};
}

Json tcb_common(const Published& p, unsigned version) {
  Json out = common(p, version, p.evaluation);
  out["fmspc"] = p.fmspc;
  out["pceId"] = p.pce_id;
  out["tcbType"] = 0;
  return out;
}

}  // namespace

Bytes SgxExtension::encode() const {
  std::vector<Bytes> all = elements;
  all.insert(all.begin() + (all.empty() ? 0 : 1), sgx_element(".2", joined(tcb)));
  return joined(all);
}

Bytes sgx_element(const std::string& suffix, ByteView value) {
  return der::sequence({der::object_identifier(std::string(kExtension) + suffix), value});
}

SgxExtension sgx_extension(const Platform& p) {
  SgxExtension out;
  for (std::size_t i = 0; i < p.components.size(); ++i)
    out.tcb.push_back(sgx_element(".2." + std::to_string(i + 1), der::integer(p.components[i])));
  out.tcb.push_back(sgx_element(".2.17", der::integer(p.pce_svn)));
  out.tcb.push_back(sgx_element(".2.18", der::octet_string(p.components)));
  out.elements = {
      sgx_element(".1", der::octet_string(p.ppid)), sgx_element(".3", der::octet_string(p.pce_id)),
      sgx_element(".4", der::octet_string(p.fmspc)),
      sgx_element(".5", der::encode(der::kEnumerated, Bytes{static_cast<std::uint8_t>(p.sgx_type)}))};
  if (p.instance_id) {
    out.elements.push_back(sgx_element(".6", der::octet_string(*p.instance_id)));
    out.elements.push_back(sgx_element(".7", configuration()));
  }
  return out;
}

// Three levels; the usual platform reaches the first exactly.
Published usual_publication(For tee, Time now) {
  const Platform p;
  Published out;
  out.tee = tee;
  out.issued = now - 3 * kDay;
  out.next_update = now + 27 * kDay;
  Svn16 older = p.components, oldest = p.components;
  older[0] = older[1] = 2;
  oldest[0] = oldest[1] = 1;
  out.levels = {
      {p.components, 13, {6, 0, 3}, "UpToDate", "2024-11-13T00:00:00Z", {}},
      {older, 11, {5, 0, 2}, "OutOfDate", "2024-03-13T00:00:00Z", {"INTEL-SA-00960", "INTEL-SA-01036"}},
      {oldest, 5, {3, 0, 1}, "Revoked", "2018-01-04T00:00:00Z", {"INTEL-SA-00106"}}};
  out.module_1 = {{6, "UpToDate", "2024-11-13T00:00:00Z", {}},
                  {4, "OutOfDate", "2024-03-13T00:00:00Z", {"INTEL-SA-01099"}},
                  {2, "Revoked", "2023-08-09T00:00:00Z", {}}};
  out.module_3 = {{3, "UpToDate", "2024-11-13T00:00:00Z", {}}};
  out.qe = {{7, "UpToDate", "2024-11-13T00:00:00Z", {}},
            {5, "OutOfDate", "2023-08-09T00:00:00Z", {"INTEL-SA-00477"}},
            {1, "Revoked", "2019-11-13T00:00:00Z", {}}};
  return out;
}

Json tcb_info(const Published& p) {
  const bool tdx = p.tee == For::tdx;
  Json out = tcb_common(p, 3);
  out["id"] = tdx ? "TDX" : "SGX";
  if (tdx) {
    out["tdxModule"] = module_values();
    out["tdxModuleIdentities"] = {module_identity("TDX_03", p.module_3),
                                  module_identity("TDX_01", p.module_1)};
  }
  Json& levels = out["tcbLevels"] = Json::array();
  for (const Level& level : p.levels) {
    Json tcb{{"sgxtcbcomponents", components(level.sgx, "Early Microcode Update")},
             {"pcesvn", level.pce_svn}};
    if (tdx) tcb["tdxtcbcomponents"] = components(level.tdx, "TDX Module");
    levels.push_back(with_verdict(std::move(tcb), level));
  }
  return out;
}

Json tcb_info_v2(const Published& p) {
  Json out = tcb_common(p, 2);
  Json& levels = out["tcbLevels"] = Json::array();
  for (const Level& level : p.levels) {
    Json tcb{{"pcesvn", level.pce_svn}};
    for (std::size_t i = 0; i < level.sgx.size(); ++i)
      tcb["sgxtcbcomp" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1) + "svn"] = level.sgx[i];
    levels.push_back(with_verdict(std::move(tcb), level));
  }
  return out;
}

Json qe_identity(const Published& p) {
  Json out = common(p, 2, p.qe_evaluation);
  out["id"] = p.tee == For::tdx ? "TD_QE" : "QE";
  out["miscselect"] = "00000000";
  out["miscselectMask"] = "FFFFFFFF";
  out["attributes"] = "11000000000000000000000000000000";
  out["attributesMask"] = "FBFFFFFFFFFFFFFF0000000000000000";
  out["mrsigner"] = std::string(62, '8') + "C4";
  out["isvprodid"] = p.tee == For::tdx ? 2 : 1;
  out["tcbLevels"] = svn_levels(p.qe);
  return out;
}

}  // namespace tee::mint::intel
