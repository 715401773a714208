// A libnvidia-ml.so.1 for tests of tee-detect: two Hopper GPUs in the mode that NVML_STUB names.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

const char* mode() {
  const char* m = std::getenv("NVML_STUB");
  return m ? m : "on";
}
bool mode_is(const char* name) { return std::strcmp(mode(), name) == 0; }

}  // namespace

extern "C" {

int nvmlInit_v2() {
  if (mode_is("hang")) ::sleep(600);
  return mode_is("no-driver") ? 9 : 0;
}
int nvmlShutdown() { return 0; }

int nvmlSystemGetDriverVersion(char* text, std::uint32_t size) {
  std::snprintf(text, size, mode_is("rude") ? "\033[31m570" : "570.86.15");
  return 0;
}

int nvmlSystemGetConfComputeCapabilities(std::uint32_t* out) {
  out[0] = 3;
  out[1] = 1;
  return 0;
}

// {version, environment, feature, dev tools, multi-GPU mode}
int nvmlSystemGetConfComputeSettings(std::uint32_t* out) {
  if (mode_is("old")) return 3;
  if (out[0] != 0x01000014) return 25;
  out[1] = mode_is("simulated") ? 1 : 2;
  out[2] = mode_is("off") || mode_is("ppcie") ? 0 : 1;
  out[3] = mode_is("devtools") ? 1 : 0;
  out[4] = mode_is("ppcie") ? 1 : 0;
  return 0;
}

// {environment, feature, dev tools}
int nvmlSystemGetConfComputeState(std::uint32_t* out) {
  out[0] = 2;
  out[1] = 1;
  out[2] = 0;
  return 0;
}

int nvmlSystemGetConfComputeGpusReadyState(std::uint32_t* out) {
  *out = mode_is("not-ready") ? 0 : 1;
  return 0;
}

int nvmlDeviceGetCount_v2(std::uint32_t* out) {
  *out = mode_is("many") ? 0xffffffffu : 2;
  return 0;
}

int nvmlDeviceGetHandleByIndex_v2(std::uint32_t index, void** out) {
  static std::uint32_t devices[64];
  if (index >= 64) std::abort();  // a caller that believes any count
  devices[index] = index;
  *out = &devices[index];
  return 0;
}

int nvmlDeviceGetUUID(void* device, char* text, std::uint32_t size) {
  std::snprintf(text, size, "GPU-%08x-0000-4000-8000-000000000000", *static_cast<std::uint32_t*>(device));
  return 0;
}

int nvmlDeviceGetVbiosVersion(void*, char* text, std::uint32_t size) {
  if (mode_is("unended")) std::memset(text, 'A', size);
  else std::snprintf(text, size, "96.00.A5.00.01");
  return 0;
}

int nvmlDeviceGetArchitecture(void*, std::uint32_t* out) {
  *out = 9;
  return 0;
}

}  // extern "C"
