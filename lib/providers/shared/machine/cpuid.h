// CPUID: of this processor, or as recorded in a file of another file-system root. Floor F3.
//
// Under another root nothing of this processor is read, for it is not that machine's. `cpuid.txt` directly under the root
// may hold what `cpuid -1 -r` printed there; without it there are no CPUID facts, and detectors say so. The file is
// foreign text: at most 1 MiB and 4096 leaves, anything else than its own kind of line is refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/system.h"

namespace tee::machine {

inline constexpr std::string_view kRecordedCpuid = "/cpuid.txt";

struct Registers {
  std::uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
};

enum class CpuidOrigin { processor, file, none };
std::string_view to_string(CpuidOrigin origin);

class Cpuid {
 public:
  static Cpuid of(const System& system);
  // input.malformed names the line.
  static Result<Cpuid> parse(std::string_view text);

  CpuidOrigin origin() const { return origin_; }
  // Why a file that is there was not used; empty otherwise.
  const std::string& problem() const { return problem_; }
  // nullopt above the largest leaf that the processor names for its range, or where the file has no such line.
  std::optional<Registers> leaf(std::uint32_t number, std::uint32_t subleaf = 0) const;

  std::string vendor() const;      // "AuthenticAMD", "GenuineIntel"; empty when unknown
  std::string hypervisor() const;  // "KVMKVMKVM", "Microsoft Hv"; empty when there is none
  std::optional<bool> virtualised() const;  // leaf 1 ECX bit 31, reserved by both vendors for hypervisors

 private:
  CpuidOrigin origin_ = CpuidOrigin::none;
  std::string problem_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Registers> recorded_;
};

}  // namespace tee::machine
