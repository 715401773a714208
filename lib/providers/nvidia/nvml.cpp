#include "providers/nvidia/nvml.h"

#include <dlfcn.h>

#include <algorithm>

#include "base/encoding.h"

namespace tee::nvidia {

namespace {

using Return = int;  // nvmlReturn_t: 0 is success
constexpr Return kSuccess = 0;
constexpr std::uint32_t kMostGpus = 64;

struct Capabilities { std::uint32_t cpu, gpus; };
struct State { std::uint32_t environment, feature, dev_tools; };
struct Settings { std::uint32_t version, environment, feature, dev_tools, multi_gpu; };
constexpr std::uint32_t kSettingsVersion = 0x01000014;  // structure version 1, 20 bytes
static_assert(sizeof(Settings) == 0x14);

// The library stays loaded: its threads do not bear being unloaded.
class Library {
 public:
  Library() : handle_(::dlopen("libnvidia-ml.so.1", RTLD_LAZY | RTLD_LOCAL)) {}
  explicit operator bool() const { return handle_ != nullptr; }

  template <class... A>
  std::optional<Return> call(const char* name, A... arguments) const {
    void* symbol = ::dlsym(handle_, name);
    if (!symbol) return std::nullopt;
    return reinterpret_cast<Return (*)(A...)>(symbol)(arguments...);
  }

 private:
  void* handle_;
};

std::string text_of(const char* buffer, std::size_t size) {
  const char* end = std::find(buffer, buffer + size, '\0');
  return printable(std::string_view(buffer, static_cast<std::size_t>(end - buffer)), 96);
}

void read_state(const Library& nvml, NvmlFacts& out) {
  Capabilities can{};
  if (nvml.call("nvmlSystemGetConfComputeCapabilities", &can) == kSuccess) {
    out.cpu_capability = can.cpu;
    out.gpu_capability = can.gpus;
  }
  Settings settings{.version = kSettingsVersion, .environment = 0, .feature = 0, .dev_tools = 0, .multi_gpu = 0};
  State state{};
  if (nvml.call("nvmlSystemGetConfComputeSettings", &settings) == kSuccess) {
    out.environment = settings.environment;
    out.cc_feature = settings.feature;
    out.dev_tools = settings.dev_tools;
    out.multi_gpu = settings.multi_gpu;
  } else if (nvml.call("nvmlSystemGetConfComputeState", &state) == kSuccess) {
    out.environment = state.environment;
    out.cc_feature = state.feature;
    out.dev_tools = state.dev_tools;
  }
  std::uint32_t ready = 0;
  if (nvml.call("nvmlSystemGetConfComputeGpusReadyState", &ready) == kSuccess) out.ready = ready;
}

void read_gpus(const Library& nvml, NvmlFacts& out) {
  std::uint32_t count = 0;
  if (nvml.call("nvmlDeviceGetCount_v2", &count) != kSuccess) return;
  for (std::uint32_t i = 0; i < std::min(count, kMostGpus); ++i) {
    void* device = nullptr;
    if (nvml.call("nvmlDeviceGetHandleByIndex_v2", i, &device) != kSuccess) continue;
    GpuFacts gpu;
    char uuid[96] = {}, vbios[32] = {};
    if (nvml.call("nvmlDeviceGetUUID", device, &uuid[0], std::uint32_t{sizeof uuid}) == kSuccess) gpu.uuid = text_of(uuid, sizeof uuid);
    if (nvml.call("nvmlDeviceGetVbiosVersion", device, &vbios[0], std::uint32_t{sizeof vbios}) == kSuccess) gpu.vbios = text_of(vbios, sizeof vbios);
    std::uint32_t architecture = 0;
    if (nvml.call("nvmlDeviceGetArchitecture", device, &architecture) == kSuccess) gpu.architecture = architecture;
    out.gpus.push_back(std::move(gpu));
  }
}

constexpr int kNoLibrary = -1, kNoStart = -2;

int read_all(NvmlFacts& out, Return& start) {
  const Library nvml;
  if (!nvml) return kNoLibrary;
  start = nvml.call("nvmlInit_v2").value_or(13);  // 13: function not found
  if (start != kSuccess) return kNoStart;
  char driver[96] = {};
  if (nvml.call("nvmlSystemGetDriverVersion", &driver[0], std::uint32_t{sizeof driver}) == kSuccess) out.driver = text_of(driver, sizeof driver);
  read_state(nvml, out);
  read_gpus(nvml, out);
  (void)nvml.call("nvmlShutdown");
  return 0;
}

std::string start_error(Return number) {
  switch (number) {
    case 3: return "it is not supported here";
    case 9: return "the driver is not loaded";
    case 13: return "it has no nvmlInit_v2";
    default: return "it gave error " + std::to_string(number);
  }
}

}  // namespace

Result<NvmlFacts> nvml_facts(Milliseconds limit) {
  struct Shared {
    NvmlFacts facts;
    Return start = kSuccess;
  };
  const auto shared = std::make_shared<Shared>();
  TEE_TRY(const int outcome, with_deadline(limit, "NVML", [shared] { return read_all(shared->facts, shared->start); }));
  if (outcome == kNoLibrary) return fail(code::platform_absent, "libnvidia-ml.so.1 is not installed");
  if (outcome == kNoStart) return fail(code::platform_failed, "NVML does not start: " + start_error(shared->start));
  return std::move(shared->facts);
}

}  // namespace tee::nvidia
