#include "providers/nvidia/topology.h"

#include <algorithm>

#include "base/encoding.h"
#include "providers/nvidia/codes.h"

namespace tee::nvidia {

namespace {

constexpr std::size_t kId = 8, kGpusOfSwitch = 8;  // SWITCH_GPU_PDIS: 8 ids, then a byte per port

enum class Order { as_is, reversed };

std::set<std::string> ids_in(ByteView list, Order order) {
  std::set<std::string> out;
  for (std::size_t i = 0; i + kId <= list.size(); i += kId) {
    Bytes id = to_bytes(list.subspan(i, kId));
    if (all_zero(id)) continue;
    if (order == Order::reversed) std::reverse(id.begin(), id.end());
    out.insert(hex(id));
  }
  return out;
}

using Field = std::optional<ByteView>;

Placed placed(std::string prefix, bool is_switch, Field pdi, Field gpus, Field lock) {
  Placed out;
  out.prefix = std::move(prefix);
  out.is_switch = is_switch;
  if (!is_switch) {
    if (pdi) out.listed = ids_in(*pdi, Order::reversed);
    return out;
  }
  if (pdi && pdi->size() == kId) out.own = hex(*pdi);
  if (gpus) out.listed = ids_in(gpus->first(std::min(gpus->size(), kId * kGpusOfSwitch)), Order::as_is);
  if (lock) out.locked = lock->size() == 2 && (*lock)[0] == 1 && (*lock)[1] == 0;
  return out;
}

// Devices of one kind list the same ones; the first that lists any speaks for all.
const Placed* speaker(const std::vector<Placed>& devices, bool is_switch, Findings& out) {
  const Placed* first = nullptr;
  for (const Placed& d : devices) {
    if (d.is_switch != is_switch || d.listed.empty()) continue;
    if (!first) first = &d;
    else if (d.listed != first->listed)
      out.fail(Area::policy, d.prefix + "topology", code::topology,
               is_switch ? "the switches list different GPUs" : "the GPUs list different switches");
  }
  return first;
}

}  // namespace

Placed placed_by(const Report& r, const std::string& prefix, bool is_switch) {
  return placed(prefix, is_switch, r.field(opaque::kSwitchPdi), r.field(opaque::kSwitchGpuPdis), r.field(opaque::kLockStatus));
}

void check_topology(const std::vector<Placed>& devices, Findings& out) {
  const Placed* gpu = speaker(devices, false, out);
  const Placed* fabric = speaker(devices, true, out);
  const auto gpus = static_cast<std::size_t>(std::count_if(devices.begin(), devices.end(), [](const Placed& d) { return !d.is_switch; }));
  const bool both = gpus > 0 && gpus < devices.size();
  if (!both) return;  // one kind alone names devices that are not here to answer
  for (const Placed& d : devices) {
    if (!d.is_switch) continue;
    if (!gpu || !gpu->listed.contains(d.own))
      out.fail(Area::policy, d.prefix + "topology", code::topology, "the switch is on no GPU's list", "a listed switch", d.own.empty() ? "(no id)" : d.own);
    if (d.locked == false)
      out.fail(Area::policy, d.prefix + "locked", code::switch_unlocked, "the switch's configuration is not locked");
  }
  if (fabric && fabric->listed.size() < gpus)
    out.fail(Area::policy, fabric->prefix + "topology", code::topology, "there are more GPUs than the switches list",
             "at most " + std::to_string(fabric->listed.size()), std::to_string(gpus));
}

void judge_parts_together(const Json& parts, Findings& out) {
  std::vector<Placed> devices;
  for (const Json& part : parts) {
    const Json* decoded = json::find(part, "decoded");
    const Json* list = decoded ? json::find(*decoded, "devices") : nullptr;
    if (!list || !list->is_array()) continue;
    unsigned index = 0;
    for (const Json& d : *list) {
      const Json* fields = json::find(d, "opaque");
      std::vector<std::optional<Bytes>> values;
      for (const std::uint16_t type : {opaque::kSwitchPdi, opaque::kSwitchGpuPdis, opaque::kLockStatus}) {
        const auto text = fields ? json::text_of(*fields, std::to_string(type)) : std::nullopt;
        const auto bytes = text ? from_hex(*text) : Result<Bytes>(Bytes{});
        values.push_back(text && bytes ? std::optional<Bytes>(*bytes) : std::nullopt);
      }
      const auto view = [&](std::size_t i) { return values[i] ? Field(ByteView(*values[i])) : Field(); };
      devices.push_back(placed(json::text_of(part, "name").value_or("part") + ".device[" + std::to_string(index++) + "].",
                               json::text_of(d, "device") == "switch", view(0), view(1), view(2)));
    }
  }
  check_topology(devices, out);
}

}  // namespace tee::nvidia
