// Registers out of events, and events as JSON.
#include "base/encoding.h"
#include "providers/shared/eventlog/log.h"
#include "providers/shared/vtpm/tpm.h"

namespace tee::eventlog {

namespace {

constexpr std::string_view kStartupLocality("StartupLocality\0", 16);  // PFP section 10.4.5.3

std::optional<std::uint8_t> startup_locality(const Event& e) {
  if (e.type != type::kNoAction || e.data.size() != kStartupLocality.size() + 1) return std::nullopt;
  if (as_text(ByteView(e.data).first(kStartupLocality.size())) != kStartupLocality) return std::nullopt;
  return e.data.back();
}

Bytes start_value(unsigned index, std::size_t size, Registers registers) {
  // TPM 2.0 PC Client Platform TPM Profile, table 4: DRTM registers start at all ones.
  const bool drtm = registers == Registers::pcr && index >= 17 && index <= 22;
  return Bytes(size, drtm ? 0xff : 0x00);
}

Json decoded(const Log& log, const Event& e) {
  const ByteView data = e.data;
  if (log.format == Format::cel) return printable(e.cel_text(), 512);
  if (e.type == type::kIpl || e.type == type::kEfiAction || e.type == type::kAction) {
    std::string_view text = as_text(data);
    while (!text.empty() && text.back() == '\0') text.remove_suffix(1);
    return printable(text, 512);
  }
  return nullptr;
}

}  // namespace

std::string_view Event::cel_text() const {
  constexpr std::size_t kBothHeads = 10;  // type u8 and length u32be, twice
  return data.size() < kBothHeads ? std::string_view() : as_text(ByteView(data).subspan(kBothHeads));
}

std::string_view type_name(Format format, std::uint32_t t) {
  if (format == Format::cel) {
    // Content types of the Confidential Space launcher.
    constexpr std::string_view kNames[] = {"ImageRef", "ImageDigest", "RestartPolicy", "ImageID", "Arg", "EnvVar", "OverrideArg",
                                           "OverrideEnv", "LaunchSeparator", "MemoryMonitor", "GpuCCMode",
                                           "GPUDeviceAttestationBinding"};
    return t < std::size(kNames) ? kNames[t] : "unknown";
  }
  switch (t) {
    case 0x0: return "EV_PREBOOT_CERT";
    case 0x1: return "EV_POST_CODE";
    case type::kNoAction: return "EV_NO_ACTION";
    case type::kSeparator: return "EV_SEPARATOR";
    case type::kAction: return "EV_ACTION";
    case type::kEventTag: return "EV_EVENT_TAG";
    case 0x7: return "EV_S_CRTM_CONTENTS";
    case type::kScrtmVersion: return "EV_S_CRTM_VERSION";
    case 0x9: return "EV_CPU_MICROCODE";
    case 0xa: return "EV_PLATFORM_CONFIG_FLAGS";
    case 0xb: return "EV_TABLE_OF_DEVICES";
    case 0xc: return "EV_COMPACT_HASH";
    case type::kIpl: return "EV_IPL";
    case 0x11: return "EV_NONHOST_CODE";
    case 0x12: return "EV_NONHOST_CONFIG";
    case 0x13: return "EV_NONHOST_INFO";
    case 0x14: return "EV_OMIT_BOOT_DEVICE_EVENTS";
    case type::kVariableDriverConfig: return "EV_EFI_VARIABLE_DRIVER_CONFIG";
    case type::kVariableBoot: return "EV_EFI_VARIABLE_BOOT";
    case type::kBootServicesApplication: return "EV_EFI_BOOT_SERVICES_APPLICATION";
    case 0x80000004: return "EV_EFI_BOOT_SERVICES_DRIVER";
    case 0x80000005: return "EV_EFI_RUNTIME_SERVICES_DRIVER";
    case 0x80000006: return "EV_EFI_GPT_EVENT";
    case type::kEfiAction: return "EV_EFI_ACTION";
    case 0x80000008: return "EV_EFI_PLATFORM_FIRMWARE_BLOB";
    case 0x80000009: return "EV_EFI_HANDOFF_TABLES";
    case 0x8000000a: return "EV_EFI_PLATFORM_FIRMWARE_BLOB2";
    case 0x8000000b: return "EV_EFI_HANDOFF_TABLES2";
    case type::kVariableBoot2: return "EV_EFI_VARIABLE_BOOT2";
    case 0x80000010: return "EV_EFI_HCRTM_EVENT";
    case type::kVariableAuthority: return "EV_EFI_VARIABLE_AUTHORITY";
    default: return "unknown";
  }
}

bool data_is_authenticated(const Event& event, std::uint16_t alg) {
  const auto hash = vtpm::hash_of(alg);
  const Bytes* digest = event.digest(alg);
  return hash && digest && equal(crypto::digest(*hash, event.data), *digest);
}

std::map<unsigned, Bytes> replay(const Log& log, std::uint16_t alg, Registers registers) {
  std::map<unsigned, Bytes> out;
  const auto hash = vtpm::hash_of(alg);
  if (!hash) return out;
  const std::size_t size = crypto::digest_size(*hash);
  std::uint8_t locality = 0;
  for (const Event& e : log.events) {
    if (log.format == Format::tcg && e.type == type::kNoAction) {
      if (const auto l = startup_locality(e)) locality = *l;
      continue;
    }
    const Bytes* digest = e.digest(alg);
    if (!digest || digest->size() != size) continue;
    unsigned index = e.index;
    if (registers == Registers::rtmr) {
      if (index == 0) continue;
      --index;
    }
    auto [it, fresh] = out.try_emplace(index, start_value(index, size, registers));
    if (fresh && registers == Registers::pcr && index == 0) it->second.back() = locality;
    Bytes joined = it->second;
    append(joined, *digest);
    it->second = crypto::digest(*hash, joined);
  }
  return out;
}

Json describe(const Log& log) {
  Json events = Json::array();
  for (const Event& e : log.events) {
    Json digests = Json::object();
    bool authenticated = !e.digests.empty();
    for (const Digest& d : e.digests) {
      const auto hash = vtpm::hash_of(d.alg);
      digests[hash ? std::string(crypto::to_string(*hash)) : "alg-" + std::to_string(d.alg)] = hex(d.value);
      authenticated = authenticated && data_is_authenticated(e, d.alg);
    }
    Json j{{"number", e.number},           {"index", e.index},           {"type", e.type},
           {"name", type_name(log.format, e.type)}, {"digests", std::move(digests)}, {"data_bytes", e.data.size()},
           {"data_authenticated", authenticated}};
    if (Json text = decoded(log, e); !text.is_null()) j["text"] = std::move(text);
    events.push_back(std::move(j));
  }
  return Json{{"format", log.format == Format::tcg ? "tcg" : "cel"}, {"used_bytes", log.used}, {"events", std::move(events)}};
}

}  // namespace tee::eventlog
