#include "providers/nvidia/floor.h"

#include "base/encoding.h"
#include "providers/nvidia/codes.h"

namespace tee::nvidia {

namespace {

struct Demand {
  const char* what;
  VersionKind kind;
  const std::optional<DottedVersion>* floor;
  const std::string* have;
};

// False after a failed check.
bool holds(const Demand& d, const std::string& id, Findings& out) {
  const auto version = parse_dotted_version(*d.have, d.kind);
  if (version && !older(*version, **d.floor)) return true;
  out.fail(Area::platform, id, code::firmware_floor,
           std::string("the ") + d.what + (version ? " version is below the floor" : " version is not stated, or cannot be read"),
           "at least " + (*d.floor)->text, d.have->empty() ? "(absent)" : printable(*d.have, 64));
  return false;
}

}  // namespace

void judge_floor(const Firmware& firmware, const AppraisalOptions& options, Findings& out) {
  const Demand all[] = {{"driver", VersionKind::driver, &options.min_gpu_driver, &firmware.driver},
                        {"VBIOS", VersionKind::vbios, &options.min_gpu_vbios, &firmware.vbios},
                        {"switch firmware", VersionKind::vbios, &options.min_switch_bios, &firmware.vbios}};
  bool good = true;
  std::string held, open;
  for (const Demand& d : all) {
    if ((d.floor == &options.min_switch_bios) != firmware.is_switch) continue;
    if (d.floor->has_value()) {
      good = holds(d, firmware.id, out) && good;
      held += (held.empty() ? "" : " and ") + std::string(d.what);
    } else {
      open += (open.empty() ? "" : " and ") + std::string(d.what);
    }
  }
  if (held.empty())
    out.skip(Area::platform, firmware.id, code::firmware_floor_unset, "no floor for the " + open + " version was given",
             firmware.is_switch ? "--min-switch-bios" : "--min-gpu-driver --min-gpu-vbios");
  else if (good)
    out.pass(Area::platform, firmware.id, held + " not below the floor" + (open.empty() ? "" : "; no floor for the " + open + " version was given"));
}

}  // namespace tee::nvidia
