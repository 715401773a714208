// The table of variants, and the row of the registry.
#include <algorithm>

#include "evidence/codes.h"
#include "mint/snp/scene.h"
#include "mint/snp/snp.h"

namespace tee::mint {

namespace {

using snp::Row;

const std::vector<Row>& rows() {
  static const std::vector<Row> table = [] {
    std::vector<Row> out;
    snp::add_good_rows(out);
    snp::add_form_rows(out);
    snp::add_report_rows(out);
    snp::add_signature_rows(out);
    snp::add_vek_rows(out);
    snp::add_chain_rows(out);
    snp::add_crl_rows(out);
    snp::add_policy_rows(out);
    snp::add_question_rows(out);
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
    return fail(code::internal_bug, "the mint has no snp variant " + std::string(variant));
  return snp::make_case(*it);
}

}  // namespace

const Vendor& snp_vendor() {
  static const Vendor vendor{"snp", variants, make};
  return vendor;
}

}  // namespace tee::mint
