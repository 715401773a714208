// The table of variants, and the row of the registry.
#include <algorithm>

#include "evidence/codes.h"
#include "mint/vtpm/scene.h"
#include "mint/vtpm/vtpm.h"

namespace tee::mint {

namespace {

using vtpm::Row;

const std::vector<Row>& rows() {
  static const std::vector<Row> table = [] {
    std::vector<Row> out;
    vtpm::add_good_rows(out);
    vtpm::add_hcl_rows(out);
    vtpm::add_runtime_rows(out);
    vtpm::add_hardware_rows(out);
    vtpm::add_quote_rows(out);
    vtpm::add_pcr_rows(out);
    vtpm::add_question_rows(out);
#if TEE_WITH_TDX
    vtpm::add_tdx_rows(out);
#endif
    return out;
  }();
  return table;
}

std::span<const Variant> variants() {
  static const std::vector<Variant> list = [] {
    std::vector<Variant> out;
    for (const Row& row : rows()) out.push_back({row.name, row.what});
    return out;
  }();
  return list;
}

Result<Case> make(std::string_view variant) {
  const auto it =
      std::find_if(rows().begin(), rows().end(), [&](const Row& row) { return row.name == variant; });
  if (it == rows().end())
    return fail(code::internal_bug, "the mint has no azure-vtpm variant " + std::string(variant));
  return vtpm::make_case(*it);
}

}  // namespace

const Vendor& azure_vtpm_vendor() {
  static const Vendor vendor{"azure-vtpm", variants, make};
  return vendor;
}

}  // namespace tee::mint
