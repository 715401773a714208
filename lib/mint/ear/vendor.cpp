// The table of variants, and the row of the registry.
#include "mint/ear/ear.h"
#include "mint/ear/plans.h"

namespace tee::mint {

namespace {

const std::vector<token::Row>& rows() {
  static const std::vector<token::Row> all =
      token::join({ear::good_rows(), ear::key_rows(), ear::question_rows(), ear::claim_rows(), token::format_rows()});
  return all;
}

std::span<const Variant> variants() {
  static const std::vector<Variant> list = token::variants_of(rows());
  return list;
}

Result<Case> make(std::string_view name) { return token::make(rows(), name, ear::usual_plan); }

}  // namespace

const Vendor& ear_vendor() {
  static const Vendor vendor{"ear", variants, make};
  return vendor;
}

}  // namespace tee::mint
