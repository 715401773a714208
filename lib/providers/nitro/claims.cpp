#include "providers/nitro/claims.h"

#include "base/encoding.h"

namespace tee::nitro {

namespace {

Json hex_or_null(const std::optional<Bytes>& b) { return b ? Json(hex(*b)) : Json(nullptr); }

Time signed_time(const Document& d) { return unix_time(static_cast<std::int64_t>(d.timestamp_ms / 1000)); }

}  // namespace

bool debug_pcrs(const Document& d) {
  if (d.kind != Kind::enclave) return false;
  for (unsigned i = 0; i <= 2; ++i)
    if (const Bytes* pcr = d.pcr(i); !pcr || !all_zero(*pcr)) return false;
  return true;
}

std::string region_of(const Document& d, std::string_view leaf_cn) {
  constexpr std::string_view kEnd = ".aws";
  if (!leaf_cn.starts_with(d.module_id + ".") || !leaf_cn.ends_with(kEnd)) return {};
  const std::size_t begin = d.module_id.size() + 1;
  if (leaf_cn.size() <= begin + kEnd.size()) return {};
  return std::string(leaf_cn.substr(begin, leaf_cn.size() - begin - kEnd.size()));
}

Json decode(const cose::Sign1& message, const Document& d) {
  Json pcrs = Json::object();
  for (const auto& [index, value] : d.pcrs) pcrs[std::to_string(index)] = hex(value);
  return Json{{"module_id", d.module_id},
              {"digest", "SHA384"},
              {"timestamp", d.timestamp_ms},
              {d.kind == Kind::enclave ? "pcrs" : "nitrotpm_pcrs", std::move(pcrs)},
              {"public_key", hex_or_null(d.public_key)},
              {"user_data", hex_or_null(d.user_data)},
              {"nonce", hex_or_null(d.nonce)},
              {"cabundle_entries", d.cabundle.size()},
              {"unknown_fields", d.unknown_fields},
              {"payload_map", d.indefinite ? "indefinite" : "definite"},
              {"cose_tag", message.tagged}};
}

void state_claims(const cose::Sign1& message, const Document& d, Findings& out) {
  Claims& claims = out.claims;
  const std::string prefix = d.kind == Kind::enclave ? "pcr" : "nitrotpm_pcr";
  for (const auto& [index, value] : d.pcrs) claims[prefix + std::to_string(index)] = value;
  claims["module_id"] = d.module_id;
  claims["timestamp"] = rfc3339(signed_time(d));
  if (d.nonce) claims["nonce"] = *d.nonce;
  if (d.user_data) claims["user_data"] = *d.user_data;
  if (d.public_key) claims["public_key"] = *d.public_key;
  if (d.kind == Kind::enclave) {
    if (const Bytes* pcr0 = d.pcr(0)) claims["measurement"] = *pcr0;
    if (!d.instance_id().empty()) claims["instance_id"] = std::string(d.instance_id());
    claims["debug"] = debug_pcrs(d);
  }
  out.vendor = decode(message, d);

  out.binding.native = true;
  out.binding.nonce = d.nonce;
  out.binding.user_data = d.user_data;
  out.binding.public_key = d.public_key;
  out.binding.signed_time = signed_time(d);
}

}  // namespace tee::nitro
