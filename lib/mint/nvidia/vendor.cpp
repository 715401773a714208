// The table of NVIDIA variants: what is changed, and what tee-verify must say.
#include <algorithm>

#include "base/encoding.h"
#include "mint/nvidia/device.h"
#include "mint/nvidia/nvidia.h"

namespace tee::mint {

namespace {

using namespace nvidia;

// Everything that goes into one case; a variant changes some of it.
struct Parts {
  ChainSpec chain;
  ReportSpec report = hopper_report();
  RimSpec driver, vbios;
  bool with_driver = true, with_vbios = true, second_vbios = false, switch_device = false;
  std::optional<OcspSpec> ocsp;
  std::vector<std::string> flags = {"--genuine-only", "--nonce", std::string(64, '5')};
  std::function<void(Bytes& report)> after_signing;
  std::function<void(std::vector<Bytes>& chain)> change_chain;  // DER, leaf first
  enum class Form { report, json, json_twice } form = Form::report;
  std::string json_arch = "HOPPER";
};

struct Row {
  std::string_view name, what;
  int exit;
  std::string_view code;
  void (*change)(Parts&);
};

constexpr int kPass = 0, kFail = 1, kOpen = 4;

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

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}
Bytes& opaque_of(Parts& p, std::uint16_t type) {
  for (auto& [t, value] : p.report.opaque)
    if (t == type) return value;
  return p.report.opaque.emplace_back(type, Bytes{}).second;
}

const Row kRows[] = {
    {"good", "a Hopper GPU with driver and VBIOS manifests", kPass, "", [](Parts&) {}},
    {"good-switch", "an LS10 switch with its one manifest", kPass, "", make_switch},
    {"good-json", "the same GPU as evidence JSON", kPass, "", [](Parts& p) { p.form = Parts::Form::json; }},
    {"good-trailing-zero", "one zero byte behind the signature", kPass, "",
     [](Parts& p) { p.after_signing = [](Bytes& r) { r.push_back(0); }; }},
    {"good-no-root-in-chain", "the chain ends before the root", kPass, "",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { c.pop_back(); }; }},
    {"good-chain-reversed", "certificates in another order", kPass, "",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { std::reverse(c.begin(), c.end()); }; }},
    {"good-no-fwid", "an old driver without firmware id: visible, no failure", kPass, "",
     [](Parts& p) { std::erase_if(p.report.opaque, [](const auto& f) { return f.first == 20; }); }},
    {"good-rim-crlf", "a manifest with CRLF line ends", kPass, "",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { replace_all(x, "\n", "\r\n"); }; }},
    {"good-ocsp", "a current OCSP answer: good", kPass, "", [](Parts& p) { p.ocsp = OcspSpec{}; }},
    // Report
    {"bad-nonce", "another nonce than the verifier's", kFail, "freshness.nonce_mismatch", [](Parts& p) { p.report.nonce[31] ^= 1; }},
    {"bad-responder-nonce", "the verifier's nonce only in the response", kFail, "freshness.nonce_mismatch",
     [](Parts& p) {
       p.report.nonce = Bytes(32, 0x77);
       p.report.before_signing = [](Bytes& r) { std::fill(r.begin() + 45 + 64 * 55, r.begin() + 77 + 64 * 55, std::uint8_t{0x55}); };
     }},
    {"bad-signature", "one bit of the signature", kFail, "signature.invalid", [](Parts& p) { p.after_signing = [](Bytes& r) { r.back() ^= 1; }; }},
    {"bad-signed-byte", "one bit of a measurement after signing", kFail, "signature.invalid",
     [](Parts& p) { p.after_signing = [](Bytes& r) { r[60] ^= 1; }; }},
    {"bad-trailing-nonzero", "a byte other than zero behind the signature", kFail, "input.malformed",
     [](Parts& p) { p.after_signing = [](Bytes& r) { r.push_back(7); }; }},
    {"bad-truncated", "the last byte is missing", kFail, "input.malformed", [](Parts& p) { p.after_signing = [](Bytes& r) { r.pop_back(); }; }},
    {"bad-block-count", "one measurement block less than declared", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[41] = 63; }; }},
    {"bad-block-spec", "a block of another measurement specification", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[46] = 2; }; }},
    {"bad-duplicate-index", "an index twice", kFail, "input.malformed", [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[45 + 55] = 1; }; }},
    {"bad-value-length", "a value of 32 bytes", kFail, "input.malformed", [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[50] = 32; }; }},
    {"bad-record-length", "a record length past the end", kFail, "input.malformed",
     [](Parts& p) { p.report.before_signing = [](Bytes& r) { r[44] = 0xff; }; }},
    {"bad-duplicate-driver-version", "an opaque field twice", kFail, "input.malformed",
     [](Parts& p) { p.report.opaque.emplace_back(3, Bytes{'9'}); }},
    {"bad-nvdec-missing", "no NVDEC0 status", kFail, "nvidia.nvdec_unknown",
     [](Parts& p) { std::erase_if(p.report.opaque, [](const auto& f) { return f.first == 11; }); }},
    {"bad-nvdec-zero", "NVDEC0 status 0x00", kFail, "nvidia.nvdec_unknown", [](Parts& p) { opaque_of(p, 11) = {0}; }},
    {"bad-opaque-version", "opaque data of version 2", kFail, "nvidia.opaque_version", [](Parts& p) { opaque_of(p, 34) = {2, 0}; }},
    // Chain
    {"bad-other-leaf", "the chain of another device", kFail, "signature.invalid",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { if (auto other = make_chain({})) c = other->certificates; }; }},
    {"bad-missing-intermediate", "one certificate of the chain left out", kFail, "chain.untrusted",
     [](Parts& p) { p.change_chain = [](std::vector<Bytes>& c) { c.erase(c.begin() + 2); }; }},
    {"bad-p256-leaf", "a leaf key on P-256", kOpen, "chain.missing", [](Parts& p) { p.chain.p256_leaf = true; }},
    {"bad-expired", "the leaf is past its end", kFail, "chain.expired", [](Parts& p) { p.chain.not_after = unix_time(kMadeAt - 1); }},
    {"bad-fwid", "another firmware id in the report", kFail, "nvidia.fwid_mismatch", [](Parts& p) { opaque_of(p, 20) = Bytes(48, 0x22); }},
    {"bad-fwid-extension-missing", "no firmware id in the leaf", kFail, "nvidia.fwid_mismatch", [](Parts& p) { p.chain.fwid.clear(); }},
    {"bad-declared-arch", "evidence JSON that names another architecture", kFail, "nvidia.arch_mismatch",
     [](Parts& p) {
       p.form = Parts::Form::json;
       p.json_arch = "BLACKWELL";
     }},
    {"bad-same-device-twice_S16", "one device listed twice", kFail, "nvidia.duplicate_device",
     [](Parts& p) { p.form = Parts::Form::json_twice; }},
    // Manifests
    {"bad-driver-rim-missing", "no driver manifest", kOpen, "nvidia.rim_missing", [](Parts& p) { p.with_driver = false; }},
    {"bad-no-rims", "no manifest at all", kOpen, "nvidia.rim_missing", [](Parts& p) { p.with_driver = p.with_vbios = false; }},
    {"bad-measurement", "a measurement that no alternative matches", kFail, "nvidia.measurement_mismatch",
     [](Parts& p) { p.vbios.active[8] = {Bytes(48, 9)}; }},
    {"bad-measurement-absent", "an active index that the report does not have", kFail, "nvidia.measurement_mismatch",
     [](Parts& p) { p.vbios.active[200] = {Bytes(48, 9)}; }},
    {"bad-index-conflict", "an index active in both manifests", kFail, "nvidia.measurement_conflict",
     [](Parts& p) { p.driver.active[8] = p.vbios.active[8]; }},
    {"bad-rims-empty", "no active measurement at all", kFail, "nvidia.rim_empty",
     [](Parts& p) {
       p.driver.active.clear();
       p.vbios.active.clear();
     }},
    {"bad-rim-other-version", "a manifest of another VBIOS", kOpen, "nvidia.rim_missing", [](Parts& p) { p.vbios.version = "96.00.A5.00.02"; }},
    {"bad-rim-other-chip_S15", "a manifest of another chip", kOpen, "nvidia.rim_missing", [](Parts& p) { p.vbios.chip = "GB100"; }},
    {"bad-rim-changed", "a manifest changed after signing", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { replace_all(x, "index=\"8\"", "index=\"9\""); }; }},
    {"bad-rim-inactive", "an active measurement switched off after signing", kOpen, "nvidia.rim_bad_signature",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x.replace(x.find("active=\"True\""), 13, "active=\"False\""); }; }},
    {"bad-rim-key-value", "a key that does not come as a certificate", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.key_info_extra = "<ds:KeyValue></ds:KeyValue>"; }},
    {"bad-rim-foreign-root", "a manifest under another root", kOpen, "nvidia.rim_bad_signature", [](Parts& p) { p.vbios.foreign_root = true; }},
    {"bad-rim-signer-expired", "a manifest whose signer has expired", kOpen, "nvidia.rim_stale", [](Parts& p) { p.vbios.expired_signer = true; }},
    {"bad-rim-two-signatures", "a second Signature element", kOpen, "nvidia.rim_missing",
     [](Parts& p) {
       p.vbios.after_signing = [](std::string& x) {
         const std::size_t begin = x.find("<ds:Signature "), end = x.find("</ds:Signature>") + 15;
         x.insert(end, x.substr(begin, end - begin));
       };
     }},
    {"bad-rim-reference-fragment", "a reference to a fragment", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { replace_all(x, "URI=\"\"", "URI=\"#x\""); }; }},
    {"bad-rim-transform-removed", "only one transform", kOpen, "nvidia.rim_missing",
     [](Parts& p) {
       p.vbios.after_signing = [](std::string& x) {
         replace_all(x, "<ds:Transform Algorithm=\"http://www.w3.org/2006/12/xml-c14n11\"></ds:Transform>", "");
       };
     }},
    {"bad-rim-doctype", "a DOCTYPE", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x = "<!DOCTYPE a [<!ENTITY b 'c'>]>" + x; }; }},
    {"bad-rim-comment", "a comment inside", kOpen, "nvidia.rim_missing",
     [](Parts& p) { p.vbios.after_signing = [](std::string& x) { x.insert(x.find("<Payload>"), "<!-- -->"); }; }},
    {"bad-rim-ambiguous_S11", "two signed manifests of one version that differ", kOpen, "nvidia.rim_ambiguous",
     [](Parts& p) { p.second_vbios = true; }},
    // Revocation
    {"bad-revoked", "a certificate of the chain is revoked", kFail, "chain.revoked", [](Parts& p) { p.ocsp = OcspSpec{.status = 1, .reason = 1}; }},
    {"bad-certificate-hold_S15", "a certificate of the chain is on hold", kFail, "chain.revoked",
     [](Parts& p) { p.ocsp = OcspSpec{.status = 1, .reason = 6}; }},
    {"bad-ocsp-unknown", "the responder does not know the certificate", kOpen, "nvidia.revocation_unanswered",
     [](Parts& p) { p.ocsp = OcspSpec{.status = 2}; }},
    {"bad-ocsp-stale", "an OCSP answer past its next update", kOpen, "collateral.stale",
     [](Parts& p) { p.ocsp = OcspSpec{.next_update = unix_time(kMadeAt - 60)}; }},
    {"bad-ocsp-foreign-signer", "an OCSP answer signed by nobody's key", kOpen, "collateral.bad_signature",
     [](Parts& p) { p.ocsp = OcspSpec{.foreign_signer = true}; }},
};

std::string chain_pem(const std::vector<Bytes>& chain) {
  std::string out;
  for (const Bytes& der : chain) {
    out += "-----BEGIN CERTIFICATE-----\n" + base64(der) + "\n-----END CERTIFICATE-----\n";
  }
  return out;
}

Artifact evidence_json(const Parts& p, const Bytes& report, const std::string& pem, std::size_t copies) {
  std::string entry = "{\"arch\":\"" + p.json_arch + "\",\"nonce\":\"" + hex(p.report.nonce) + "\",\"evidence\":\"" + base64(report) +
                      "\",\"certificate\":\"" + base64(as_bytes(pem)) + "\"}";
  std::string out = "[" + entry;
  for (std::size_t i = 1; i < copies; ++i) out += "," + entry;
  out += "]";
  return {"evidence.json", to_bytes(as_bytes(out))};
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
  TEE_TRY(Bytes report, p.chain.p256_leaf ? Result<Bytes>(make_report(p.report, chain.keys[1])) : make_report(p.report, chain.keys[0]));
  if (p.after_signing) p.after_signing(report);
  std::vector<Bytes> certificates = chain.certificates;
  if (p.change_chain) p.change_chain(certificates);
  const std::string pem = chain_pem(certificates);

  Case c;
  c.name = row.name;
  c.at = unix_time(kMadeAt);
  c.exit = row.exit;
  c.code = row.code;
  c.flags = p.flags;
  if (p.form == Parts::Form::report) {
    c.evidence = {"report.bin", std::move(report)};
    c.collateral.push_back({"chain.pem", to_bytes(as_bytes(pem))});
  } else {
    c.evidence = evidence_json(p, report, pem, p.form == Parts::Form::json ? 1 : 2);
  }
  TEE_CHECK(add_rims(p, c));
  if (p.ocsp) {
    TEE_TRY(Bytes ocsp, make_ocsp(*p.ocsp, chain));
    c.collateral.push_back({"ocsp.der", std::move(ocsp)});
  }
  TEE_TRY(Bytes device_der, device_root());
  TEE_TRY(Bytes rim_der, rim_root());
  c.anchors = {{"device", {"device-root.der", std::move(device_der)}}, {"rim", {"rim-root.der", std::move(rim_der)}}};
  return c;
}

std::span<const Variant> variants() {
  static const std::vector<Variant> list = [] {
    std::vector<Variant> out;
    for (const Row& row : kRows) out.push_back({row.name, row.what});
    return out;
  }();
  return list;
}

Result<Case> make(std::string_view name) {
  for (const Row& row : kRows)
    if (row.name == name) return make_case(row);
  return fail(code::internal_bug, "the mint has no nvidia variant " + std::string(name));
}

}  // namespace

const Vendor& nvidia_vendor() {
  static const Vendor vendor{"nvidia", variants, make};
  return vendor;
}

}  // namespace tee::mint
