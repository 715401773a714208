// From the parts to a case, and the row of the registry.
#include <algorithm>

#include "base/encoding.h"
#include "codec/json.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "mint/nvidia/nvidia.h"
#include "mint/nvidia/parts.h"

namespace tee::mint {

namespace nvidia {

Parts good_gpu() {
  Parts p;
  p.report.nonce = Bytes(32, 0x55);
  p.driver.version = "570.86.15";
  p.vbios.version = "96.00.A5.00.01";
  for (unsigned i : {7u, 21u, 35u, 40u}) p.driver.active[i] = {p.report.measurements[i]};
  for (unsigned i : {0u, 1u, 8u, 12u}) p.vbios.active[i] = {p.report.measurements[i], Bytes(48, 1)};
  return p;
}

void make_switch(Parts& p) {
  p.report = switch_report();
  p.report.nonce = Bytes(32, 0x55);
  p.switch_device = true;
  p.with_driver = false;
  p.chain.chip = "LS_10";
  p.vbios = {};
  p.vbios.chip = "LS10";
  p.vbios.edition = "SWITCH";
  p.vbios.version = "96.10.55.00.01";
  for (const auto& [index, value] : p.report.measurements) p.vbios.active[index] = {value};
}

void use_own_values(Parts& p, ByteView first, const std::string& chip) {
  p.with_driver = p.with_vbios = false;
  const Json values{{"schema", "tee.reference-values/1"},
                    {"chip", chip},
                    {"driver_version", "570.86.15"},
                    {"measurements", {{"0", Json::array({std::string(96, '0'), hex(first)})}, {"7", Json::array({hex(p.report.measurements.at(7))})}}}};
  p.more_collateral.push_back({"values.json", to_bytes(as_bytes(json::dump(values)))});
}

void add_fabric(Parts& p) {
  p.form = Parts::Form::json;
  // A switch's own id stands the other way round in a GPU's list.
  opaque_of(p, 22) = {0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x11};
  Parts switch_parts = good_gpu();
  make_switch(switch_parts);
  p.others = {{.report = p.report}, {.report = switch_parts.report, .chip = "LS_10"}};
  const auto rim = make_rim(switch_parts.vbios);
  if (rim) p.more_collateral.push_back({"switch.xml", to_bytes(as_bytes(*rim))});
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}
Bytes& opaque_of(Parts& p, std::uint16_t type) {
  for (auto& [t, value] : p.report.opaque)
    if (t == type) return value;
  return p.report.opaque.emplace_back(type, Bytes{}).second;
}

}  // namespace nvidia

namespace {

using namespace nvidia;

const std::vector<Row>& rows() {
  static const std::vector<Row> all = [] {
    std::vector<Row> out;
    for (const auto& table : {good_rows(), report_rows(), chain_rows(), rim_rows()}) out.insert(out.end(), table.begin(), table.end());
    return out;
  }();
  return all;
}

std::string chain_pem(const std::vector<Bytes>& chain) {
  std::string out;
  for (const Bytes& der : chain) {
    out += "-----BEGIN CERTIFICATE-----\n" + base64(der) + "\n-----END CERTIFICATE-----\n";
  }
  return out;
}

struct Entry {
  std::string arch;
  Bytes nonce, report;
  std::vector<Bytes> chain;
};

Json entry_json(const Entry& e) {
  return {{"arch", e.arch}, {"nonce", hex(e.nonce)}, {"evidence", base64(e.report)}, {"certificate", base64(as_bytes(chain_pem(e.chain)))}};
}

Result<Entry> other_entry(const Parts::Other& other, const Chain& first) {
  ChainSpec spec;
  spec.chip = other.chip;
  if (other.same_chip) spec.chip_key = first.keys[1];
  TEE_TRY(const Chain chain, make_chain(spec));
  TEE_TRY(Bytes report, make_report(other.report, chain.keys[0]));
  return Entry{other.chip == "LS_10" ? "LS10" : "HOPPER", other.report.nonce, std::move(report), chain.certificates};
}

Result<Artifact> evidence_json(const Parts& p, const Entry& first, const Chain& chain) {
  Json list = Json::array();
  for (unsigned i = 0; i < p.copies; ++i) list.push_back(entry_json(first));
  if (!p.json_nonce.empty()) list[0]["nonce"] = p.json_nonce;
  for (const Parts::Other& other : p.others) {
    TEE_TRY(const Entry entry, other_entry(other, chain));
    list.push_back(entry_json(entry));
  }
  return Artifact{"evidence.json", to_bytes(as_bytes(json::dump(list)))};
}

// Our envelope with all collateral but the chain inside, as an attester could choose it.
void embed_collateral(Case& c) {
  Json items = Json::array();
  std::erase_if(c.collateral, [&](const Artifact& a) {
    const bool rim = a.name.ends_with(".xml");
    if (!rim && a.name != "values.json") return false;
    items.push_back({{"kind", rim ? "rim" : "reference_values"},
                     {rim ? "text" : "json", std::string(as_text(a.bytes))},
                     {"sha256", hex(crypto::sha256(a.bytes))}});
    return true;
  });
  const Json envelope{{"schema", "tee.evidence/1"},
                      {"provider", "nvidia_gpu"},
                      {"type", "nvidia_gpu_report"},
                      {"evidence_b64", base64(c.evidence.bytes)},
                      {"collateral", {{"schema", "tee.collateral/1"}, {"items", std::move(items)}}}};
  c.evidence = {"envelope.json", to_bytes(as_bytes(json::dump(envelope)))};
}

Status add_rims(const Parts& p, Case& c) {
  if (p.with_vbios) {
    TEE_TRY(const std::string rim, make_rim(p.vbios));
    c.collateral.push_back({"vbios.xml", to_bytes(as_bytes(rim))});
  }
  if (p.second_vbios) {
    RimSpec other = p.vbios;
    other.active.begin()->second.front()[0] ^= 1;
    TEE_TRY(const std::string rim, make_rim(other));
    c.collateral.push_back({"vbios-2.xml", to_bytes(as_bytes(rim))});
  }
  if (p.with_driver) {
    TEE_TRY(const std::string rim, make_rim(p.driver));
    c.collateral.push_back({"driver.xml", to_bytes(as_bytes(rim))});
  }
  return {};
}

Result<Case> make_case(const Row& row) {
  Parts p = good_gpu();
  row.change(p);
  TEE_TRY(const Chain chain, make_chain(p.chain));
  crypto::PrivateKey signer = chain.keys[p.chain.p256_leaf ? 1 : 0];
  if (p.foreign_signer) {
    TEE_TRY(signer, crypto::PrivateKey::generate_ec(crypto::Curve::p384));
  }
  TEE_TRY(Bytes report, make_report(p.report, signer));
  if (p.after_signing) p.after_signing(report);
  std::vector<Bytes> certificates = chain.certificates;
  if (p.change_chain) p.change_chain(certificates);

  Case c;
  c.name = row.name;
  c.at = unix_time(kMadeAt);
  c.exit = row.exit;
  c.code = row.code;
  c.flags = p.flags;
  if (p.form == Parts::Form::report) {
    c.evidence = {"report.bin", std::move(report)};
    if (!certificates.empty()) c.collateral.push_back({"chain.pem", to_bytes(as_bytes(chain_pem(certificates)))});
  } else {
    TEE_TRY(c.evidence, evidence_json(p, {p.json_arch, p.report.nonce, std::move(report), certificates}, chain));
  }
  TEE_CHECK(add_rims(p, c));
  if (p.ocsp) {
    TEE_TRY(Bytes ocsp, make_ocsp(*p.ocsp, chain));
    c.collateral.push_back({"ocsp.der", std::move(ocsp)});
  }
  for (const Artifact& a : p.more_collateral) c.collateral.push_back(a);
  if (p.embed_rims) embed_collateral(c);
  TEE_TRY(Bytes device_der, device_root());
  TEE_TRY(Bytes rim_der, rim_root());
  c.anchors = {{"device", {"device-root.der", std::move(device_der)}}, {"rim", {"rim-root.der", std::move(rim_der)}}};
  return c;
}

std::span<const Variant> variants() {
  static const std::vector<Variant> list = [] {
    std::vector<Variant> out;
    for (const Row& row : rows()) out.push_back({row.name, row.what});
    return out;
  }();
  return list;
}

Result<Case> make(std::string_view name) {
  for (const Row& row : rows())
    if (row.name == name) return make_case(row);
  return fail(code::internal_bug, "the mint has no nvidia variant " + std::string(name));
}

}  // namespace

const Vendor& nvidia_vendor() {
  static const Vendor vendor{"nvidia", variants, make};
  return vendor;
}

}  // namespace tee::mint
