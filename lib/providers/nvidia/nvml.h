// NVIDIA's management library, loaded when it is there. Floor F3.
//
// Only what confidential computing needs, by NVML's documented C interface. Old libraries lack some functions: each is
// looked up by itself and may be absent. The library belongs to the driver and runs in this process; what it returns is
// bounded here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/system.h"

namespace tee::nvidia {

struct GpuFacts {
  std::string uuid, vbios;                 // printable; empty when not told
  std::optional<std::uint32_t> architecture;  // 9 Hopper, 10 Blackwell, 13 Rubin
};

struct NvmlFacts {
  std::string driver;                           // version, printable
  std::optional<std::uint32_t> cpu_capability;  // 0 none, 1 SEV, 2 TDX, 3 SNP, 4 SNP with vTOM
  std::optional<std::uint32_t> gpu_capability;  // 1: confidential computing is possible
  std::optional<std::uint32_t> environment;     // 0 unavailable, 1 simulation, 2 production
  std::optional<std::uint32_t> cc_feature;      // 1: on
  std::optional<std::uint32_t> dev_tools;       // 1: on, memory is readable from outside
  std::optional<std::uint32_t> multi_gpu;       // 0 none, 1 protected PCIe, 2 NVLink encryption
  std::optional<std::uint32_t> ready;           // 1: GPUs accept work
  std::vector<GpuFacts> gpus;
};

// platform.absent: there is no library. platform.failed: it is there, but the driver does not answer.
Result<NvmlFacts> nvml_facts(Milliseconds limit);

}  // namespace tee::nvidia
