// The table of variants, and the row of the registry.
#include <algorithm>

#include "evidence/codes.h"
#include "mint/nitro/document.h"
#include "mint/nitro/nitro.h"

namespace tee::mint {

namespace {

using nitro::Row;

const std::vector<Row>& rows() {
  static const std::vector<Row> table = [] {
    std::vector<Row> out;
    nitro::add_good_rows(out);
    nitro::add_cose_rows(out);
    nitro::add_payload_rows(out);
    nitro::add_chain_rows(out);
    nitro::add_crl_rows(out);
    nitro::add_question_rows(out);
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
    return fail(code::internal_bug, "the mint has no nitro variant " + std::string(variant));
  return nitro::make_case(*it);
}

}  // namespace

const Vendor& nitro_vendor() {
  static const Vendor vendor{"nitro", variants, make};
  return vendor;
}

}  // namespace tee::mint
