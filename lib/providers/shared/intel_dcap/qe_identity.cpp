#include "providers/shared/intel_dcap/qe_identity.h"

#include "base/encoding.h"
#include "providers/shared/intel_dcap/json_fields.h"

namespace tee::intel {

namespace {

template <std::size_t N>
std::array<std::uint8_t, N> masked(std::array<std::uint8_t, N> value,
                                   const std::array<std::uint8_t, N>& mask) {
  for (std::size_t i = 0; i < N; ++i) value[i] = static_cast<std::uint8_t>(value[i] & mask[i]);
  return value;
}

template <std::size_t N>
void compare_bytes(std::string_view field, const std::array<std::uint8_t, N>& expected,
                   const std::array<std::uint8_t, N>& actual, std::vector<Difference>& out) {
  if (expected != actual) out.push_back({field, hex(expected), hex(actual)});
}

}  // namespace

Result<QeIdentity> parse_qe_identity(ByteView body) {
  TEE_TRY(const Json object, parse_signed_object(body));
  QeIdentity out;
  TEE_TRY(const std::uint64_t version, number_field(object, "version", 0xffff));
  if (version != 2)
    return unusable("enclave identity of version 2 expected, found " + std::to_string(version));
  TEE_TRY(out.id, text_field(object, "id"));
  TEE_TRY(out.issued, time_field(object, "issueDate"));
  TEE_TRY(out.next_update, time_field(object, "nextUpdate"));
  TEE_TRY(out.evaluation, number_field(object, "tcbEvaluationDataNumber", 0xffffffff));
  TEE_TRY(out.misc_select, hex_array<4>(object, "miscselect"));
  TEE_TRY(out.misc_select_mask, hex_array<4>(object, "miscselectMask"));
  TEE_TRY(out.attributes, hex_array<16>(object, "attributes"));
  TEE_TRY(out.attributes_mask, hex_array<16>(object, "attributesMask"));
  TEE_TRY(out.mr_signer, hex_array<32>(object, "mrsigner"));
  TEE_TRY(const std::uint64_t product, number_field(object, "isvprodid", 0xffff));
  out.isv_prod_id = static_cast<std::uint16_t>(product);
  TEE_TRY(out.levels, read_svn_levels(object));
  return out;
}

std::vector<Difference> compare(const QeIdentity& identity, const EnclaveReport& report) {
  std::vector<Difference> out;
  compare_bytes("miscselect", identity.misc_select, masked(report.misc_select, identity.misc_select_mask),
                out);
  compare_bytes("attributes", identity.attributes, masked(report.attributes, identity.attributes_mask), out);
  compare_bytes("mrsigner", identity.mr_signer, report.mr_signer, out);
  if (identity.isv_prod_id != report.isv_prod_id)
    out.push_back({"isvprodid", std::to_string(identity.isv_prod_id), std::to_string(report.isv_prod_id)});
  return out;
}

}  // namespace tee::intel
