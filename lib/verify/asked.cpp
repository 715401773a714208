#include "verify/asked.h"

#include <algorithm>

#include "base/encoding.h"
#include "crypto/digest.h"

namespace tee::verify {

namespace {

std::string_view role_name(AnchorRole r) {
  switch (r) {
    case AnchorRole::device: return "device";
    case AnchorRole::collateral: return "collateral";
    case AnchorRole::rim: return "rim";
    case AnchorRole::ocsp: return "ocsp";
    case AnchorRole::token: return "token";
  }
  return "?";
}

// The order on the command line means nothing.
Json sorted(Json list) {
  std::sort(list.begin(), list.end());
  return list;
}

Json expectations(const AppraisalOptions& o) {
  Json out = Json::array();
  for (const Expectation& e : o.expectations)
    out.push_back({{"claim", e.name}, {"is", e.op == Expectation::Op::at_least ? "at_least" : "equal"}, {"value", to_json(e.value)}});
  return sorted(std::move(out));
}

Json anchors(const AppraisalOptions& o) {
  Json out = Json::array();
  for (const SuppliedAnchor& a : o.anchors) {
    Json anchor{{"key_sha256", hex(crypto::sha256(crypto::encode_spki(a.anchor.key)))}};
    if (a.provider) anchor["provider"] = to_string(*a.provider);
    if (a.role) anchor["role"] = role_name(*a.role);
    out.push_back(std::move(anchor));
  }
  return sorted(std::move(out));
}

void put_acceptance(const AppraisalOptions& o, Json& to) {
  if (o.genuine_only) to["genuine_only"] = true;
  if (o.allow_debug) to["allow_debug"] = true;
  if (o.allow_simulated) to["allow_simulated"] = true;
  if (o.allow_vmpl) to["allow_vmpl"] = o.allow_vmpl;
  if (o.use_embedded_collateral) to["use_embedded_collateral"] = true;
  if (!o.accept_tcb.empty()) to["accept_tcb"] = sorted(Json(o.accept_tcb));
  if (o.leeway != AppraisalOptions{}.leeway) to["leeway_seconds"] = o.leeway.count();
  if (!o.issuers.empty()) to["issuers"] = sorted(Json(o.issuers));
  if (!o.anchors.empty()) to["trust_anchors"] = anchors(o);
}

void put_floors(const AppraisalOptions& o, Json& to) {
  if (!o.min_tcb.empty()) to["min_tcb"] = o.min_tcb;
  if (o.min_firmware)
    to["min_firmware"] = Json::array({o.min_firmware->major, o.min_firmware->minor, o.min_firmware->build});
  if (o.min_tcb_date) to["min_tcb_date"] = rfc3339(*o.min_tcb_date);
  if (o.min_tcb_evaluation) to["min_tcb_evaluation"] = *o.min_tcb_evaluation;
  if (o.min_gpu_driver) to["min_gpu_driver"] = o.min_gpu_driver->parts;
  if (o.min_gpu_vbios) to["min_gpu_vbios"] = o.min_gpu_vbios->parts;
  if (o.min_switch_bios) to["min_switch_bios"] = o.min_switch_bios->parts;
}

void put_ear(const EarOptions& e, Json& to) {
  if (!e.key) return;
  Json ear{{"key_sha256", hex(crypto::sha256(crypto::encode_spki(*e.key)))}};
  if (e.audience) ear["audience"] = *e.audience;
  Json policies = Json::array();
  for (const auto& hash : e.policies) policies.push_back(hex(hash));
  if (!policies.empty()) ear["policies"] = sorted(std::move(policies));
  to["ear"] = std::move(ear);
}

void put_binding(const Questions& q, Json& to) {
  if (q.nonce) to["nonce"] = true;
  if (q.stateless) to["stateless_nonce"] = true;
  if (q.report_data) to["report_data"] = true;
  if (q.user_data) to["user_data"] = true;
  if (q.public_key) to["public_key"] = true;
  if (q.require_peer_binding) to["require_peer_binding"] = true;
  if (q.max_age) to["max_age_seconds"] = q.max_age->count();
  switch (q.binding) {
    case Scheme::automatic: break;
    case Scheme::raw: to["binding"] = "raw"; break;
    case Scheme::tee_bind_1: to["binding"] = "tee-bind-1"; break;
    case Scheme::native: to["binding"] = "native"; break;
  }
  if (q.onchain_hash) to["onchain_hash"] = true;
  if (q.blueprint) {
    Json providers = Json::array();
    for (const Provider p : q.blueprint->accepted) providers.push_back(to_string(p));
    to["blueprint_providers"] = sorted(std::move(providers));
  }
  Json parts = Json::object();
  for (const auto& [kind, count] : q.require_parts) parts[kind] = count;
  if (!parts.empty()) to["require_parts"] = std::move(parts);
}

// Own reference values say what must be running, as expectations do.
Json reference_values(const CollateralSet& collateral) {
  Json out = Json::array();
  for (const DocumentItem& d : collateral.documents)
    if (d.kind == DocumentKind::reference_values) out.push_back(hex(d.sha256));
  return sorted(std::move(out));
}

}  // namespace

Asked what_was_asked(const Questions& q, const CollateralSet& collateral) {
  Asked out;
  out.questions = Json{{"schema", "tee.questions/1"}};
  if (!q.options.expectations.empty()) out.questions["expect"] = expectations(q.options);
  put_acceptance(q.options, out.questions);
  put_floors(q.options, out.questions);
  put_ear(q.options.ear, out.questions);
  put_binding(q, out.questions);
  if (Json values = reference_values(collateral); !values.empty()) out.questions["reference_values"] = std::move(values);
  out.sha256 = crypto::sha256(as_bytes(json::dump(out.questions)));
  return out;
}

}  // namespace tee::verify
