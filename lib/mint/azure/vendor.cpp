#include "mint/azure/maa.h"
#include "mint/azure/maa_plans.h"

namespace tee::mint {

namespace {

// A table of variants with the good token that they start from.
struct Table {
  std::vector<token::Row> rows;
  token::Plan (*base)();
};

const std::vector<Table>& tables() {
  static const std::vector<Table> all{
      {token::join({azure::snp_rows(), token::signature_rows(), token::format_rows(), token::time_rows()}),
       azure::snp_plan},
      {token::join({azure::tdx_rows()}), azure::tdx_plan},
      {token::join({azure::guest_rows()}), azure::guest_plan},
  };
  return all;
}

std::span<const Variant> variants() {
  static const std::vector<Variant> all = [] {
    std::vector<Variant> out;
    for (const Table& table : tables())
      for (const Variant& v : token::variants_of(table.rows)) out.push_back(v);
    return out;
  }();
  return all;
}

Result<Case> make(std::string_view name) {
  for (const Table& table : tables())
    for (const token::Row& row : table.rows)
      if (row.name == name) return token::make(table.rows, name, table.base);
  return token::make({}, name, azure::snp_plan);
}

}  // namespace

const Vendor& azure_maa_vendor() {
  static const Vendor vendor{"azure-maa", variants, make};
  return vendor;
}

}  // namespace tee::mint
