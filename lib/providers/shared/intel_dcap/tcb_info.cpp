#include "providers/shared/intel_dcap/tcb_info.h"

#include <algorithm>
#include <tuple>

#include "base/encoding.h"
#include "providers/shared/intel_dcap/json_fields.h"

namespace tee::intel {

namespace {

constexpr std::size_t kComponents = 16, kMostLevels = 1024;

// Version 3: sixteen objects, of which only svn decides.
Result<Svn16> read_components(const Json& tcb, std::string_view key, const Json*& described) {
  TEE_TRY(described, array_field(tcb, key));
  if (described->size() != kComponents)
    return unusable(std::string(key) + ": 16 components expected, found " +
                    std::to_string(described->size()));
  Svn16 out{};
  for (std::size_t i = 0; i < kComponents; ++i) {
    TEE_TRY(const std::uint64_t svn, number_field((*described)[i], "svn", 0xff));
    out[i] = static_cast<std::uint8_t>(svn);
  }
  return out;
}

// Version 2: sgxtcbcomp01svn to sgxtcbcomp16svn.
Result<Svn16> read_numbered(const Json& tcb) {
  Svn16 out{};
  for (std::size_t i = 0; i < kComponents; ++i) {
    const std::string number = std::to_string(i + 1);
    TEE_TRY(const std::uint64_t svn,
            number_field(tcb, "sgxtcbcomp" + std::string(2 - number.size(), '0') + number + "svn", 0xff));
    out[i] = static_cast<std::uint8_t>(svn);
  }
  return out;
}

Result<PlatformLevel> read_level(const Json& level, const TcbInfo& info) {
  PlatformLevel out;
  TEE_TRY(const Json* tcb, object_field(level, "tcb"));
  if (info.version == 2) {
    TEE_TRY(out.sgx, read_numbered(*tcb));
  } else {
    TEE_TRY(out.sgx, read_components(*tcb, "sgxtcbcomponents", out.sgx_components));
  }
  TEE_TRY(const std::uint64_t pce_svn, number_field(*tcb, "pcesvn", 0xffff));
  out.pce_svn = static_cast<std::uint16_t>(pce_svn);
  if (info.tee == Tee::tdx) {
    TEE_TRY(out.tdx, read_components(*tcb, "tdxtcbcomponents", out.tdx_components));
  } else if (json::find(*tcb, "tdxtcbcomponents") != nullptr) {
    return unusable("tdxtcbcomponents in a document for SGX");
  }
  TEE_CHECK(read_verdict(level, out));
  return out;
}

auto sort_key(const PlatformLevel& l) { return std::tuple(l.sgx, l.pce_svn, l.tdx.value_or(Svn16{})); }

Status read_levels(const Json& object, TcbInfo& to) {
  TEE_TRY(const Json* levels, array_field(object, "tcbLevels"));
  if (levels->size() > kMostLevels) return unusable("tcbLevels: more levels than any platform has");
  for (const Json& level : *levels) {
    TEE_TRY(PlatformLevel one, read_level(level, to));
    to.levels.push_back(std::move(one));
  }
  std::stable_sort(to.levels.begin(), to.levels.end(),
                   [](const PlatformLevel& a, const PlatformLevel& b) { return sort_key(a) > sort_key(b); });
  for (std::size_t i = 1; i < to.levels.size(); ++i)
    if (sort_key(to.levels[i - 1]) == sort_key(to.levels[i]))
      return unusable("tcbLevels: two levels are equal");
  return {};
}

// The mask of the attributes is not used, as in Intel's library: attributes must be equal as they stand.
Result<ModuleIdentity> read_module(const Json& object) {
  ModuleIdentity out;
  TEE_TRY(out.mr_signer, hex_array<48>(object, "mrsigner"));
  TEE_TRY(out.attributes, hex_array<8>(object, "attributes"));
  TEE_CHECK(hex_field(object, "attributesMask", 8));
  return out;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

Status read_modules(const Json& object, TcbInfo& to) {
  TEE_TRY(const Json* module, object_field(object, "tdxModule"));
  TEE_TRY(to.module, read_module(*module));
  const Json* list = json::find(object, "tdxModuleIdentities");
  if (list == nullptr) return {};
  if (!list->is_array() || list->size() > 256) return unusable("tdxModuleIdentities: a list expected");
  for (const Json& entry : *list) {
    TEE_TRY(ModuleIdentity one, read_module(entry));
    TEE_TRY(const std::string id, text_field(entry, "id"));
    one.id = upper(id);
    TEE_TRY(one.levels, read_svn_levels(entry));
    for (const ModuleIdentity& earlier : to.modules)
      if (earlier.id == one.id)
        return unusable("tdxModuleIdentities: two identities are called " + printable(id, 32));
    to.modules.push_back(std::move(one));
  }
  return {};
}

// Version 3 says which TEE it is for; version 2 is older than TDX.
Status read_kind(const Json& object, TcbInfo& to) {
  TEE_TRY(const std::uint64_t version, number_field(object, "version", 0xffff));
  if (version != 2 && version != 3)
    return unusable("TCB info of version 2 or 3 expected, found " + std::to_string(version));
  to.version = static_cast<unsigned>(version);
  if (version == 3) {
    TEE_TRY(const std::string id, text_field(object, "id"));
    if (id != "SGX" && id != "TDX") return unusable("id: SGX or TDX expected, found " + printable(id, 32));
    to.tee = id == "TDX" ? Tee::tdx : Tee::sgx;
  }
  TEE_TRY(const std::uint64_t type, number_field(object, "tcbType", 0xffff));
  if (type != 0) return unusable("tcbType: 0 expected, found " + std::to_string(type));
  return {};
}

}  // namespace

const ModuleIdentity* TcbInfo::module_for(std::uint8_t major) const {
  if (major == 0) return module ? &*module : nullptr;
  const std::uint8_t bytes[] = {major};
  const std::string id = "TDX_" + upper(hex(bytes));
  for (const ModuleIdentity& m : modules)
    if (m.id == id) return &m;
  return nullptr;
}

Status read_verdict(const Json& level, LevelVerdict& to) {
  TEE_TRY(to.word, text_field(level, "tcbStatus"));
  to.status = tcb_status_from(to.word);
  TEE_TRY(to.date, time_field(level, "tcbDate"));
  TEE_TRY(to.advisories, texts_field(level, "advisoryIDs"));
  return {};
}

Result<std::vector<SvnLevel>> read_svn_levels(const Json& object) {
  TEE_TRY(const Json* levels, array_field(object, "tcbLevels"));
  if (levels->size() > kMostLevels) return unusable("tcbLevels: more levels than any enclave has");
  std::vector<SvnLevel> out;
  for (const Json& level : *levels) {
    SvnLevel one;
    TEE_TRY(const Json* tcb, object_field(level, "tcb"));
    TEE_TRY(const std::uint64_t svn, number_field(*tcb, "isvsvn", 0xffff));
    one.isv_svn = static_cast<std::uint32_t>(svn);
    TEE_CHECK(read_verdict(level, one));
    out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const SvnLevel& a, const SvnLevel& b) { return a.isv_svn > b.isv_svn; });
  for (std::size_t i = 1; i < out.size(); ++i)
    if (out[i - 1].isv_svn == out[i].isv_svn) return unusable("tcbLevels: two levels are equal");
  return out;
}

Result<Json> parse_signed_object(ByteView body) {
  Result<Json> out = json::parse(as_text(body));
  if (!out) return unusable(out.error().message);
  if (!out->is_object()) return unusable("an object expected");
  return out;
}

Result<TcbInfo> parse_tcb_info(ByteView body) {
  TcbInfo out;
  TEE_TRY(Json parsed, parse_signed_object(body));
  out.document = std::make_shared<const Json>(std::move(parsed));
  const Json& object = *out.document;
  TEE_CHECK(read_kind(object, out));
  TEE_TRY(out.issued, time_field(object, "issueDate"));
  TEE_TRY(out.next_update, time_field(object, "nextUpdate"));
  TEE_TRY(out.fmspc, hex_array<6>(object, "fmspc"));
  TEE_TRY(out.pce_id, hex_array<2>(object, "pceId"));
  TEE_TRY(out.evaluation, number_field(object, "tcbEvaluationDataNumber", 0xffffffff));
  if (out.tee == Tee::tdx) {
    TEE_CHECK(read_modules(object, out));
  } else if (json::find(object, "tdxModule") != nullptr ||
             json::find(object, "tdxModuleIdentities") != nullptr) {
    return unusable("a TDX module in a document for SGX");
  }
  TEE_CHECK(read_levels(object, out));
  return out;
}

}  // namespace tee::intel
