// Every code of every room, also of rooms that are not built: `explain` and tee-codes(7) are the same for every build.
#include <algorithm>

#include "verify/registry.h"

namespace tee {

namespace {

// The rows once more, without their identifiers: rooms that are not built have no constants to refer to.
#define TEE_CODE(id, name, category, title, explain) Code{name, Category::category, title, explain},
constexpr Code kCodes[] = {
#include "base/codes.def"
#include "evidence/codes.def"
#include "net/codes.def"
#include "verify/codes.def"
#include "detect/codes.def"
#include "providers/snp/codes.def"
#include "providers/shared/intel_dcap/codes.def"
#include "providers/tdx/codes.def"
#include "providers/nitro/codes.def"
#include "providers/nvidia/codes.def"
#include "providers/shared/token/codes.def"
#include "providers/shared/vtpm/codes.def"
#include "providers/shared/eventlog/codes.def"
#include "providers/gcp/codes.def"
#include "providers/azure/codes.def"
#include "providers/ear/codes.def"
#include "seal/codes.def"
};
#undef TEE_CODE

}  // namespace

const std::vector<const Code*>& all_codes() {
  static const std::vector<const Code*> sorted = [] {
    std::vector<const Code*> out;
    for (const Code& c : kCodes) out.push_back(&c);
    std::sort(out.begin(), out.end(), [](const Code* a, const Code* b) { return a->name < b->name; });
    return out;
  }();
  return sorted;
}

const Code* code_named(std::string_view name) {
  const auto& codes = all_codes();
  const auto it = std::lower_bound(codes.begin(), codes.end(), name, [](const Code* c, std::string_view n) { return c->name < n; });
  return it != codes.end() && (*it)->name == name ? *it : nullptr;
}

}  // namespace tee
