// The tables of variants, and the rows of the registry.
#include <algorithm>

#include "evidence/codes.h"
#include "mint/intel/intel.h"
#include "mint/intel/world.h"

namespace tee::mint {

namespace {

using intel::For;
using intel::Row;

std::vector<Row> build(For tee) {
  std::vector<Row> out;
  intel::add_good_rows(out, tee);
  intel::add_quote_rows(out, tee);
  intel::add_version_rows(out, tee);
  intel::add_signature_rows(out);
  intel::add_chain_rows(out);
  intel::add_extension_rows(out);
  intel::add_crl_rows(out);
  intel::add_document_rows(out, tee);
  intel::add_document_content_rows(out, tee);
  intel::add_tcb_rows(out, tee);
  if (tee == For::tdx) {
    intel::add_td_rows(out);
    intel::add_relaunch_rows(out);
  } else {
    intel::add_enclave_rows(out);
  }
  intel::add_question_rows(out, tee);
  return out;
}

template <For tee>
const std::vector<Row>& rows() {
  static const std::vector<Row> table = build(tee);
  return table;
}

template <For tee>
std::span<const Variant> variants() {
  static const std::vector<Variant> list = [] {
    std::vector<Variant> out;
    for (const Row& row : rows<tee>()) out.push_back({row.name, row.what});
    return out;
  }();
  return list;
}

template <For tee>
Result<Case> make(std::string_view variant) {
  const auto& table = rows<tee>();
  const auto it =
      std::find_if(table.begin(), table.end(), [&](const Row& row) { return row.name == variant; });
  if (it == table.end())
    return fail(code::internal_bug, "the mint has no such Intel variant: " + std::string(variant));
  return intel::make_case(*it, tee);
}

}  // namespace

const Vendor& tdx_vendor() {
  static const Vendor vendor{"tdx", variants<For::tdx>, make<For::tdx>};
  return vendor;
}

const Vendor& sgx_vendor() {
  static const Vendor vendor{"sgx", variants<For::sgx>, make<For::sgx>};
  return vendor;
}

}  // namespace tee::mint
