#include "mint/gcp/gcp.h"
#include "mint/gcp/plans.h"

namespace tee::mint {

namespace {

const std::vector<token::Row>& oidc_table() {
  static const std::vector<token::Row> rows =
      token::join({gcp::question_rows(), gcp::claim_rows(), token::signature_rows(), token::format_rows(),
                   token::time_rows()});
  return rows;
}

std::span<const Variant> variants() {
  static const std::vector<Variant> all = token::variants_of(token::join({oidc_table(), gcp::pki_rows()}));
  return all;
}

Result<Case> make(std::string_view name) {
  static const std::vector<token::Row> pki = token::join({gcp::pki_rows()});
  for (const token::Row& row : pki)
    if (row.name == name) return token::make(pki, name, gcp::pki_plan);
  return token::make(oidc_table(), name, gcp::oidc_plan);
}

}  // namespace

const Vendor& gcp_vendor() {
  static const Vendor vendor{"gcp", variants, make};
  return vendor;
}

}  // namespace tee::mint
