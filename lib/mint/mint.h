// Fake vendors: whole evidence of each format under roots made on the spot, and each broken variant by name.
// Floor F3. Source of the negative tests, of the demo and, later, of the simulator. tee-verify never links it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace tee::mint {

struct Artifact {
  std::string name;  // file name, "vcek.der"
  Bytes bytes;
};

// One thing to hand to tee-verify, and what it must say.
struct Case {
  std::string name;                       // "good", "bad-hwid-other-chip", "bad-…_S13" where a security rule names it
  Artifact evidence;
  std::vector<Artifact> collateral;       // each becomes --collateral
  std::vector<std::pair<std::string, Artifact>> files;    // option -> file, e.g. {"--ear-key", …}
  std::vector<std::pair<std::string, Artifact>> anchors;  // role -> certificate; each becomes --trust-anchor ROLE=FILE
  Time at{};                              // --at
  std::vector<std::string> flags;         // further command line, e.g. {"--genuine-only"}
  int exit = 0;                           // required exit status
  std::string code;                       // reason that must be among reasons[]; empty for a pass
};

// A row of a vendor's table of variants. Names are unique within the vendor.
struct Variant {
  std::string_view name;
  std::string_view what;                  // the mutation in words
};

// What each vendor room of the mint offers. Keys are generated once per process and reused.
struct Vendor {
  std::string_view name;                  // "snp", "tdx", "sgx", "nitro"
  std::span<const Variant> (*variants)();
  Result<Case> (*make)(std::string_view variant);
};
std::span<const Vendor> vendors();        // the registry, lib/mint/vendors.cpp

}  // namespace tee::mint
