#include "providers/snp/claims.h"

#include "base/encoding.h"

namespace tee::snp {

namespace {

struct BitName {
  unsigned bit;
  std::string_view name;
};

// PLATFORM_INFO (table 24). Bit 6 is named on Turin, where firmware sets it.
constexpr BitName kPlatformBits[] = {
    {0, "smt_enabled"},
    {1, "tsme_enabled"},
    {2, "ecc_enabled"},
    {3, "rapl_disabled"},
    {4, "ciphertext_hiding_dram_enabled"},
    {5, "alias_check_complete"},
    {6, "iommu_write_safe"},
    {7, "tio_enabled"},
};

// POLICY (section 4.3).
constexpr BitName kPolicyBits[] = {
    {policy_bit::kSmt, "smt"},
    {policy_bit::kMigrateMa, "migrate_ma"},
    {policy_bit::kDebug, "debug"},
    {policy_bit::kSingleSocket, "single_socket"},
    {policy_bit::kCxl, "cxl_allow"},
    {policy_bit::kMemAes256Xts, "mem_aes_256_xts"},
    {policy_bit::kRaplDisabled, "rapl_dis"},
    {policy_bit::kCiphertextHiding, "ciphertext_hiding_dram"},
    {policy_bit::kPageSwapDisabled, "page_swap_disable"},
};

std::string hex_number(std::uint64_t value) {
  Writer out;
  out.u64be(value);
  std::string text = hex(out.view());
  text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
  return "0x" + text;
}

Json bits_json(std::uint64_t value, std::span<const BitName> names) {
  Json out = Json::object();
  for (const BitName& b : names) out[std::string(b.name)] = (value >> b.bit & 1) != 0;
  return out;
}

Json tcb_json(const TcbVersion& tcb, TcbLayout layout) {
  Json out = Json::object();
  for (const TcbParts::Part& p : parts_of(tcb, layout).list()) out[std::string(p.name)] = p.value;
  return out;
}

Json raw_tcb_json(const TcbVersion& tcb, TcbLayout layout) {
  Json out = tcb_json(tcb, layout);
  out["raw"] = hex(tcb);
  return out;
}

std::string_view signing_key_name(unsigned key) {
  switch (key) {
    case signing_key::kVcek: return "vcek";
    case signing_key::kVlek: return "vlek";
    case signing_key::kNone: return "none";
    default: return "reserved";
  }
}

Json policy_json(const Report& r) {
  Json out = bits_json(r.policy, kPolicyBits);
  out["raw"] = hex_number(r.policy);
  out["abi_major"] = r.policy >> 8 & 0xff;
  out["abi_minor"] = r.policy & 0xff;
  return out;
}

Json platform_info_json(const Report& r) {
  Json out = bits_json(r.platform_info, kPlatformBits);
  out["raw"] = hex_number(r.platform_info);
  out["unknown_bits"] = platform_info_unknown_bits(r.platform_info);
  return out;
}

Json key_info_json(const Report& r) {
  return {{"raw", hex_number(r.key_info)},
          {"author_key_en", r.author_key_enabled()},
          {"mask_chip_key", r.chip_key_masked()},
          {"signing_key", signing_key_name(r.signing_key())}};
}

Json cpuid_json(const Report& r) {
  const auto product = r.cpuid_product();
  return {{"family", r.cpuid_fms[0]},
          {"model", r.cpuid_fms[1]},
          {"stepping", r.cpuid_fms[2]},
          {"product", product ? Json(to_string(*product)) : Json(nullptr)}};
}

}  // namespace

std::vector<std::string> platform_info_names(std::uint64_t platform_info) {
  std::vector<std::string> out;
  for (const BitName& b : kPlatformBits)
    if (platform_info >> b.bit & 1) out.emplace_back(b.name);
  return out;
}

std::vector<unsigned> platform_info_unknown_bits(std::uint64_t platform_info) {
  std::vector<unsigned> out;
  for (unsigned bit = std::size(kPlatformBits); bit < 64; ++bit)
    if (platform_info >> bit & 1) out.push_back(bit);
  return out;
}

Claims make_claims(const Report& r, TcbLayout layout, std::optional<Product> product, const VekProfile* vek) {
  Claims out{
      {"measurement", to_bytes(r.measurement)},
      {"report_data", to_bytes(r.report_data)},
      {"debug", r.policy_has(policy_bit::kDebug)},
      {"firmware_version", r.current.text()},
      {"host_data", to_bytes(r.host_data)},
      {"id_key_digest", to_bytes(r.id_key_digest)},
      {"author_key_digest", to_bytes(r.author_key_digest)},
      {"family_id", to_bytes(r.family_id)},
      {"image_id", to_bytes(r.image_id)},
      {"report_id", to_bytes(r.report_id)},
      {"report_id_ma", to_bytes(r.report_id_ma)},
      {"guest_svn", std::uint64_t{r.guest_svn}},
      {"policy", r.policy},
      {"vmpl", std::uint64_t{r.vmpl}},
      {"version", std::uint64_t{r.version}},
      {"platform_info", r.platform_info},
      {"current_tcb", tcb_json(r.current_tcb, layout)},
      {"reported_tcb", tcb_json(r.reported_tcb, layout)},
      {"committed_tcb", tcb_json(r.committed_tcb, layout)},
      {"launch_tcb", tcb_json(r.launch_tcb, layout)},
  };
  if (!r.chip_id_masked()) out.emplace("chip_id", to_bytes(r.chip_id));
  if (r.signing_key() <= signing_key::kVlek)
    out.emplace("signing_key", std::string(signing_key_name(r.signing_key())));
  if (r.has_cpuid()) out.emplace("cpuid_fms", to_bytes(r.cpuid_fms));
  if (product) out.emplace("product", std::string(to_string(*product)));
  if (vek && vek->kind == VekKind::vlek && vek->csp_id) out.emplace("csp_id", *vek->csp_id);
  return out;
}

Json decode_report(const Report& r, TcbLayout layout) {
  Json out{
      {"version", r.version},
      {"guest_svn", r.guest_svn},
      {"policy", policy_json(r)},
      {"family_id", hex(r.family_id)},
      {"image_id", hex(r.image_id)},
      {"vmpl", r.vmpl},
      {"signature_algo", r.signature_algo},
      {"current_tcb", raw_tcb_json(r.current_tcb, layout)},
      {"platform_info", platform_info_json(r)},
      {"key_info", key_info_json(r)},
      {"report_data", hex(r.report_data)},
      {"measurement", hex(r.measurement)},
      {"host_data", hex(r.host_data)},
      {"id_key_digest", hex(r.id_key_digest)},
      {"author_key_digest", hex(r.author_key_digest)},
      {"report_id", hex(r.report_id)},
      {"report_id_ma", hex(r.report_id_ma)},
      {"reported_tcb", raw_tcb_json(r.reported_tcb, layout)},
      {"chip_id", hex(r.chip_id)},
      {"committed_tcb", raw_tcb_json(r.committed_tcb, layout)},
      {"current_version", r.current.text()},
      {"committed_version", r.committed.text()},
      {"launch_tcb", raw_tcb_json(r.launch_tcb, layout)},
  };
  if (r.has_cpuid()) out["cpuid"] = cpuid_json(r);
  if (r.has_mit_vectors()) {
    out["launch_mit_vector"] = hex_number(r.launch_mit_vector);
    out["current_mit_vector"] = hex_number(r.current_mit_vector);
  }
  return out;
}

Json decode_vek(const VekProfile& profile) {
  constexpr std::string_view kNames[] = {"",     "bl_spl", "tee_spl", "snp_spl",   "spl4",
                                         "spl5", "spl6",   "spl7",    "ucode_spl", "fmc_spl"};
  Json out = Json::object();
  if (profile.kind) out["kind"] = *profile.kind == VekKind::vcek ? "vcek" : "vlek";
  if (profile.struct_version) out["struct_version"] = *profile.struct_version;
  if (profile.product_name) out["product_name"] = *profile.product_name;
  for (std::size_t i = 1; i < profile.spl.size(); ++i)
    if (profile.spl[i]) out[std::string(kNames[i])] = *profile.spl[i];
  if (profile.hwid) out["hwid"] = hex(*profile.hwid);
  if (profile.csp_id) out["csp_id"] = *profile.csp_id;
  return out;
}

}  // namespace tee::snp
