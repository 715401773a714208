// Measurements against signed manifests, or against the operator's own reference values.
#include <algorithm>

#include "base/encoding.h"
#include "evidence/codes.h"
#include "evidence/path_code.h"
#include "providers/nvidia/codes.h"
#include "providers/nvidia/judge.h"

namespace tee::nvidia {

namespace {

using Golden = std::map<unsigned, std::vector<Bytes>>;  // index -> accepted values

constexpr unsigned kNvdecIndex = 35;
constexpr std::uint8_t kNvdecOff = 0x55;

std::string upper(std::string s) {
  for (char& c : s)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return s;
}
std::string undotted(std::string s) {
  std::erase(s, '.');
  return upper(std::move(s));
}

// NVIDIA's names of the manifests for this device; its parts are signed fields, shown only when they look like names.
std::string safe_id(std::string id) {
  const bool safe = std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  });
  return safe ? id : std::string("(the report's fields form no manifest name)");
}
std::string driver_rim_id(const Judged& d) {
  const Report& r = *d.device->report;
  if (d.arch == Arch::hopper) return safe_id("NV_GPU_DRIVER_GH100_" + upper(r.driver_version()));
  const std::string chip = r.text(opaque::kChipInfo);
  return safe_id("NV_GPU_CC_DRIVER_" + upper(chip.empty() ? d.chip : chip) + "_" + upper(r.driver_version()));
}
std::string vbios_rim_id(const Judged& d) {
  const Report& r = *d.device->report;
  if (d.is_switch()) return safe_id("NV_SWITCH_BIOS_5612_0002_890_" + undotted(r.vbios_version()));
  return safe_id(upper("NV_GPU_VBIOS_" + r.text(opaque::kProject) + "_" + r.text(opaque::kProjectSku) + "_" + r.text(opaque::kChipSku) +
                       "_" + undotted(r.vbios_version())));
}

bool names_chip(const std::string& rim_chip, const Judged& d) {
  if (rim_chip == d.chip) return true;
  const std::string chip_info = d.device->report->text(opaque::kChipInfo);
  return !chip_info.empty() && rim_chip == chip_info;
}

// One manifest that is for this device, and what became of it.
enum class RimState { good, bad, stale };
struct Candidate {
  Rim rim;
  const DocumentItem* item;
  RimState state;
};

// Judges a manifest; a bad or stale one counts as absent, and its check says so.
RimState judge_rim(const Rim& rim, const DocumentItem& item, const std::string& id, const VerifyInput& input, Findings& out) {
  const AnchorChoice choice = input.options.anchors_for(Provider::nvidia_gpu, AnchorRole::rim, rim_anchors());
  out.rests_on(choice.trust);
  std::vector<const crypto::Certificate*> chain;
  const crypto::PathResult path = judge_rim_chain(rim, choice.anchors, input.options.at, chain);
  out.use(item, "rim");
  if (!rim.digest_holds || !rim.signature_holds) {
    out.undecided(Area::platform, id + ".signature", code::rim_bad_signature, "the manifest's signature does not hold", "--collateral");
    return RimState::bad;
  }
  const bool only_time = std::all_of(path.findings.begin(), path.findings.end(), [](const crypto::PathFinding& f) {
    return f.problem == crypto::PathProblem::expired || f.problem == crypto::PathProblem::not_yet_valid;
  });
  if (!path.ok()) {
    out.undecided(Area::platform, id + ".chain", only_time ? code::rim_stale : code::rim_bad_signature,
                  "the manifest's signer: " + path.findings.front().detail, "--collateral");
    return only_time ? RimState::stale : RimState::bad;
  }
  for (const crypto::Certificate* c : chain) out.expires(c->not_after);
  for (const auto& anchor : choice.anchors)
    if (!chain.empty() && equal(anchor.name, chain.back()->issuer)) {
      judge_rim_revocation(chain, anchor, id, input, out);
      break;
    }
  return RimState::good;
}

// The one manifest of `version` for this chip. Two good ones that differ are ambiguous (S11).
std::optional<Golden> find_rim(const Judged& d, const std::string& version, const std::string& name, const std::string& rim_id,
                               const VerifyInput& input, Findings& out) {
  const std::string id = d.prefix + "rim." + name;
  std::optional<Golden> chosen;
  bool seen = false;
  for (const DocumentItem& item : input.collateral.documents) {
    if (item.kind != DocumentKind::rim || item.origin == Origin::embedded) continue;  // S8
    auto rim = parse_rim(as_text(item.body));
    if (!rim || upper(rim->version) != upper(version) || !names_chip(rim->chip, d)) continue;
    seen = true;
    if (judge_rim(*rim, item, id, input, out) != RimState::good) continue;
    if (chosen && *chosen != rim->active) {
      out.undecided(Area::platform, id, code::rim_ambiguous, "two signed manifests for version " + printable(version) + " differ");
      return std::nullopt;
    }
    chosen = rim->active;
  }
  if (chosen) out.pass(Area::platform, id, "the signed manifest for version " + printable(version) + " was found");
  else if (!seen) out.undecided(Area::platform, id, code::rim_missing, "the manifest " + rim_id + " was not given", "--collateral");
  return chosen;
}

// Compares every golden index with the report; true when all agree.
bool compare(const Judged& d, const Golden& golden, const std::string& source, Findings& out) {
  const Report& r = *d.device->report;
  const auto nvdec = r.field(opaque::kNvdec0);
  const bool nvdec_off = nvdec && nvdec->size() == 1 && (*nvdec)[0] == kNvdecOff;
  bool all = true;
  for (const auto& [index, values] : golden) {
    if (index == kNvdecIndex && nvdec_off) continue;
    const auto it = r.measurements.find(index);
    const bool match = it != r.measurements.end() &&
                       std::any_of(values.begin(), values.end(), [&](const Bytes& v) { return equal_constant_time(v, it->second); });
    if (match) continue;
    all = false;
    out.fail(Area::platform, d.prefix + "measurements", code::measurement_mismatch,
             "measurement " + std::to_string(index) + " differs from the " + source, hex(values.front()),
             it == r.measurements.end() ? "(absent)" : hex(it->second));
  }
  return all;
}

// {"schema":"tee.reference-values/1","chip","driver_version"?,"vbios_version"?,"measurements":{"INDEX":["HEX",…]}}
std::optional<Golden> own_values(const Judged& d, const DocumentItem& item) {
  const auto document = json::parse(as_text(item.body));
  if (!document || json::text_of(*document, "schema") != "tee.reference-values/1") return std::nullopt;
  const Report& r = *d.device->report;
  const auto names = [&](const char* key, const std::string& value) {
    const auto text = json::text_of(*document, key);
    return !text || upper(*text) == upper(value);
  };
  const auto chip = json::text_of(*document, "chip");
  if (!chip || !names_chip(*chip, d) || !names("driver_version", r.driver_version()) || !names("vbios_version", r.vbios_version()))
    return std::nullopt;
  const Json* list = json::find(*document, "measurements");
  if (!list || !list->is_object() || list->empty()) return std::nullopt;
  Golden golden;
  for (const auto& [key, values] : list->items()) {
    if (key.empty() || key.size() > 3 || !std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
        !values.is_array() || values.empty())
      return std::nullopt;
    for (const Json& v : values) {
      const auto bytes = v.is_string() ? from_hex(v.get<std::string>()) : fail(tee::code::input_malformed, "no text");
      if (!bytes || bytes->size() != 48) return std::nullopt;
      golden[static_cast<unsigned>(std::stoul(key))].push_back(*bytes);
    }
  }
  return golden;
}

bool judge_own_values(Judged& d, const VerifyInput& input, Findings& out) {
  for (const DocumentItem& item : input.collateral.documents) {
    if (item.kind != DocumentKind::reference_values || item.origin == Origin::embedded) continue;
    const auto golden = own_values(d, item);
    if (!golden) continue;
    out.use(item, "reference values");
    if (compare(d, *golden, "operator's reference values", out)) {
      d.measurements_match = true;
      out.pass(Area::platform, d.prefix + "measurements",
               std::to_string(golden->size()) + " measurements match the operator's reference values");
    }
    return true;
  }
  return false;
}

}  // namespace

void judge_measurements(Judged& d, const VerifyInput& input, Findings& out) {
  if (d.chip.empty()) {
    out.undecided(Area::platform, d.prefix + "measurements", code::rim_missing,
                  "without the device's chain nothing says which manifests apply", "--collateral");
    return;
  }
  const Report& r = *d.device->report;
  d.needed_rims = d.is_switch() ? std::vector{vbios_rim_id(d)} : std::vector{driver_rim_id(d), vbios_rim_id(d)};
  if (judge_own_values(d, input, out)) return;

  const auto vbios = find_rim(d, r.vbios_version(), "vbios", vbios_rim_id(d), input, out);
  std::optional<Golden> driver;
  if (!d.is_switch()) driver = find_rim(d, r.driver_version(), "driver", driver_rim_id(d), input, out);
  bool match = true;
  std::size_t compared = 0;
  for (const std::optional<Golden>* golden : {&vbios, static_cast<const std::optional<Golden>*>(&driver)}) {
    if (!*golden) continue;
    match &= compare(d, **golden, golden == &vbios ? "VBIOS manifest" : "driver manifest", out);
    compared += (*golden)->size();
  }
  if (vbios && driver)
    for (const auto& [index, values] : *vbios)
      if (driver->contains(index)) {
        match = false;
        out.fail(Area::platform, d.prefix + "measurements", code::measurement_conflict,
                 "measurement " + std::to_string(index) + " stands in the driver and in the VBIOS manifest");
      }
  const bool complete = vbios && (driver || d.is_switch());
  if (complete && compared == 0) {
    match = false;
    out.fail(Area::platform, d.prefix + "measurements", code::rim_empty, "the manifests hold no active measurement");
  }
  if (!complete || !match) return;
  d.measurements_match = true;
  out.pass(Area::platform, d.prefix + "measurements", std::to_string(compared) + " measurements match the signed manifests");
}

}  // namespace tee::nvidia
