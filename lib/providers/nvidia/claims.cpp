// Claims of a device, and the decoded structure beside them.
#include "base/encoding.h"
#include "crypto/digest.h"
#include "providers/nvidia/judge.h"

namespace tee::nvidia {

namespace {

Json field_text(const Report& r, std::uint16_t type) {
  const std::string text = r.text(type);
  return text.empty() ? Json(nullptr) : Json(printable(text));
}

std::string_view mode_name(const Report& r) {
  const auto flag = r.field(opaque::kFeatureFlag);
  if (!flag || flag->size() != 2 || r.opaque_version() == 0) return {};
  switch ((*flag)[0]) {
    case 0: return "mpt";
    case 1: return "spt";
    case 2: return "ppcie";
    default: return {};
  }
}

}  // namespace

Claims device_claims(const Judged& d) {
  Claims c;
  const Report& r = *d.device->report;
  c["nonce"] = r.nonce;
  if (!r.driver_version().empty()) c["driver_version"] = r.driver_version();
  if (!r.vbios_version().empty()) {
    c["vbios_version"] = r.vbios_version();
    c["firmware_version"] = r.vbios_version();
  }
  if (const auto fwid = r.field(opaque::kFwid)) c["fwid"] = to_bytes(*fwid);
  if (const auto mode = mode_name(r); !mode.empty()) c["cc_mode"] = std::string(mode);
  if (d.leaf) c["ueid"] = ueid(*d.leaf);
  if (d.arch) c["arch"] = std::string(to_string(*d.arch));
  if (d.chain.size() > 1) c["hwmodel"] = d.chain[1]->subject_cn();
  c["measurements_match"] = d.measurements_match;
  return c;
}

std::optional<std::array<std::uint8_t, 32>> identity_key_sha256(const Judged& d) {
  if (d.chain.size() < 2) return std::nullopt;
  return crypto::sha256(d.chain[1]->spki);
}

Json device_json(const Judged& d) {
  const auto identity = identity_key_sha256(d);
  const Report& r = *d.device->report;
  Json measurements = Json::object();
  for (const auto& [index, value] : r.measurements) measurements[std::to_string(index)] = hex(value);
  Json opaque_fields = Json::object();
  for (const auto& [type, value] : r.opaque) opaque_fields[std::to_string(type)] = hex(value);
  return Json{{"nonce", hex(r.nonce)},
              {"responder_nonce", hex(r.responder_nonce)},
              {"driver_version", field_text(r, opaque::kDriverVersion)},
              {"vbios_version", printable(r.vbios_version())},
              {"project", field_text(r, opaque::kProject)},
              {"project_sku", field_text(r, opaque::kProjectSku)},
              {"chip_sku", field_text(r, opaque::kChipSku)},
              {"chip_info", field_text(r, opaque::kChipInfo)},
              {"opaque_version", r.opaque_version()},
              {"device", d.is_switch() ? "switch" : "gpu"},
              {"signed_sha256", hex(crypto::sha256(r.signed_bytes))},
              {"key_sha256", d.leaf ? Json(hex(crypto::sha256(d.leaf->spki))) : Json(nullptr)},
              {"identity_key_sha256", identity ? Json(hex(*identity)) : Json(nullptr)},
              {"rims", d.needed_rims},
              {"measurements", std::move(measurements)},
              {"opaque", std::move(opaque_fields)}};
}

}  // namespace tee::nvidia
