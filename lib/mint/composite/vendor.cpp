// What makes a device attached to a confidential VM (rules S2 and S16), and each way in which it is not.
#include <algorithm>
#include <functional>

#include "base/encoding.h"
#include "codec/json.h"
#include "codec/pem.h"
#include "crypto/digest.h"
#include "evidence/binding.h"
#include "evidence/codes.h"
#include "mint/composite/composite.h"
#include "mint/nvidia/device.h"
#include "mint/snp/scene.h"

namespace tee::mint {

namespace {

constexpr int kPass = 0, kFail = 1, kOpen = 4;

Bytes verifiers_nonce() { return to_bytes(crypto::sha256(as_bytes("composite nonce"))); }
Bytes peers_key() { return to_bytes(crypto::sha256(as_bytes("composite key"))); }  // any 32 bytes are an X25519 key

// The documented derivation, written down once more: SHA-256 over the verifier's nonce and a label per kind of device.
Bytes derived(ByteView nonce, bool is_switch) {
  Bytes input = to_bytes(nonce);
  append(input, as_bytes(is_switch ? "NVIDIA-SWITCH-EAT-v1" : "NVIDIA-GPU-EAT-v1"));
  return to_bytes(crypto::sha256(input));
}

// One piece of device evidence: a list of devices of one kind.
struct Part {
  unsigned devices = 1;
  bool is_switch = false;
  Bytes nonce = {};           // instead of the derived one
  unsigned same_as = 0;       // 1: this part is a copy of the first
  std::string other = {};     // instead: these bytes, declared as the next two
  std::string provider = "nvidia_gpu", type = "nvidia_gpu_report";
  bool nested = false;        // holds parts itself
  bool connected = true;      // a GPU lists the switch of the mint
};

struct Machine {
  std::vector<Part> parts = {Part{}};
  bool covers_parts = true, covers_key = false;
  std::function<void(std::vector<Json>&)> rearranged = {};  // the finished parts, after they were bound
  std::vector<std::string> flags = {"--nonce", hex(verifiers_nonce()), "--binding", "tee-bind-1", "--require-part", "gpu=1"};
  bool pinned = true;
};

struct Row {
  std::string_view name, what;
  int exit;
  std::string_view code;
  void (*change)(Machine&);
};

void ask_parts(Machine& m, const char* counts) { m.flags.back() = counts; }
void with_key(Machine& m, const std::string& key) {
  m.covers_key = true;
  m.flags.insert(m.flags.end(), {"--public-key", "x25519:" + key, "--require-peer-binding"});
}

const Row kRows[] = {
    {"good", "a GPU that answers the derived nonce, covered by a pinned workload", kPass, "", [](Machine&) {}},
    {"good-public-key", "the same, and the peer's key is bound too", kPass, "", [](Machine& m) { with_key(m, hex(peers_key())); }},
    {"good-eight-gpus", "eight GPUs in one part", kPass, "",
     [](Machine& m) {
       m.parts = {{.devices = 8}};
       ask_parts(m, "gpu=8");
     }},
    {"good-gpus-and-switch", "two GPUs in parts of their own, and a switch", kPass, "",
     [](Machine& m) {
       m.parts = {{}, {}, {.is_switch = true}};
       ask_parts(m, "gpu=2,switch=1");
     }},
    {"good-prefixed-expectation", "an expectation that speaks of the part", kPass, "",
     [](Machine& m) { m.flags.insert(m.flags.end(), {"--expect", "gpu.driver_version=570.86.15"}); }},
    {"bad-switch-of-another-machine_S16", "a switch in a part of its own that the GPUs do not list", kFail, "nvidia.topology",
     [](Machine& m) {
       m.parts = {{.connected = false}, {.is_switch = true}};
       ask_parts(m, "gpu=1,switch=1");
     }},
    {"bad-gpu-of-another-machine_S16", "a genuine device that answered another nonce", kFail, "freshness.nonce_mismatch",
     [](Machine& m) { m.parts = {{.nonce = Bytes(32, 0x77)}}; }},
    {"bad-gpu-with-verifiers-nonce_S16", "a device that answered the verifier's nonce itself, as anybody's could", kFail, "freshness.nonce_mismatch",
     [](Machine& m) { m.parts = {{.nonce = verifiers_nonce()}}; }},
    {"bad-gpu-not-covered_S16", "a device put beside a report that does not cover it", kFail, "freshness.nonce_mismatch",
     [](Machine& m) { m.covers_parts = false; }},
    {"bad-gpu-missing_S16", "the part was taken out of the envelope", kFail, "parts.missing",
     [](Machine& m) { m.rearranged = [](std::vector<Json>& parts) { parts.clear(); }; }},
    {"bad-gpu-exchanged_S16", "another device that answered the right nonce in its place", kFail, "freshness.nonce_mismatch",
     [](Machine& m) {
       m.parts = {{}, {}};
       m.rearranged = [](std::vector<Json>& parts) { parts = {parts[1]}; };
     }},
    {"bad-parts-reordered_S2", "two parts in another order than the report covers", kFail, "freshness.nonce_mismatch",
     [](Machine& m) {
       m.parts = {{}, {}};
       ask_parts(m, "gpu=2");
       m.rearranged = [](std::vector<Json>& parts) { std::swap(parts[0], parts[1]); };
     }},
    {"bad-gpu-unasked_S16", "a part that nobody asked for", kFail, "parts.unexpected",
     [](Machine& m) { m.flags.erase(m.flags.end() - 2, m.flags.end()); }},
    {"bad-gpu-count_S16", "one device where eight are demanded", kFail, "parts.missing", [](Machine& m) { ask_parts(m, "gpu=8"); }},
    {"bad-seven-of-eight_S16", "a part with seven devices", kFail, "parts.missing",
     [](Machine& m) {
       m.parts = {{.devices = 7}};
       ask_parts(m, "gpu=8");
     }},
    {"bad-switch-for-gpu_S16", "a switch in the place of a GPU", kFail, "parts.missing", [](Machine& m) { m.parts = {{.is_switch = true}}; }},
    {"bad-same-gpu-twice_S16", "one device in two parts", kFail, "parts.duplicate",
     [](Machine& m) {
       m.parts = {{}, {.same_as = 1}};
       ask_parts(m, "gpu=2");
     }},
    {"bad-workload-unpinned_S16", "covered, but by nobody knows what", kOpen, "parts.not_bound", [](Machine& m) { m.pinned = false; }},
    {"bad-raw-scheme_S2", "raw report data cannot cover parts", kFail, "freshness.nonce_mismatch", [](Machine& m) { m.flags[3] = "raw"; }},
    {"bad-public-key-other_S3", "another peer's key", kFail, "freshness.nonce_mismatch", [](Machine& m) { with_key(m, std::string(64, '1')); }},
    {"bad-part-of-part_S16", "a part that holds parts itself", kFail, "input.malformed", [](Machine& m) { m.parts = {{.nested = true}}; }},
    {"bad-too-many-parts_S16", "33 parts", kFail, "parts.too_many", [](Machine& m) { m.parts.assign(33, Part{.same_as = 1}), m.parts[0] = {}; }},
    {"bad-part-no-evidence", "a part that is no evidence", kFail, "evidence.unrecognised", [](Machine& m) { m.parts = {{.other = "neither this nor that"}}; }},
    {"bad-part-other-type_S20", "a part that is declared as something else", kFail, "evidence.type_mismatch",
     [](Machine& m) { m.parts = {{.provider = "amd_sev_snp", .type = "sev_snp_report"}}; }},
    {"bad-part-ear_S18", "another verifier's result as a part", kFail, "evidence.unsupported",
     [](Machine& m) {
       m.parts = {{.other = "eyJhbGciOiJFUzI1NiJ9.eyJlYXIudmVyaWZpZXItaWQiOnt9fQ.AAAA", .provider = "gcp_confidential", .type = "ear"}};
       ask_parts(m, "token=1");
     }},
};

std::string chain_text(const std::vector<Bytes>& chain) {
  std::string out;
  for (const Bytes& der : chain) out += pem::encode("CERTIFICATE", der);
  return out;
}

nvidia::ReportSpec report_of(const Part& p) {
  nvidia::ReportSpec spec = p.is_switch ? nvidia::switch_report() : nvidia::hopper_report();
  if (!p.is_switch && p.connected) {
    Bytes own;
    for (const auto& [type, value] : nvidia::switch_report().opaque)
      if (type == 22) own = value;
    std::reverse(own.begin(), own.end());
    spec.opaque.insert(spec.opaque.begin(), {22, own});
  }
  spec.nonce = p.nonce.empty() ? derived(verifiers_nonce(), p.is_switch) : p.nonce;
  return spec;
}

// Evidence JSON with the devices of one part.
Result<Bytes> device_list(const Part& p) {
  Json list = Json::array();
  for (unsigned i = 0; i < p.devices; ++i) {
    nvidia::ChainSpec chip;
    if (p.is_switch) chip.chip = "LS_10";
    TEE_TRY(const nvidia::Chain chain, nvidia::make_chain(chip));
    const nvidia::ReportSpec spec = report_of(p);
    TEE_TRY(const Bytes report, nvidia::make_report(spec, chain.keys[0]));
    list.push_back({{"arch", p.is_switch ? "LS10" : "HOPPER"},
                    {"nonce", hex(spec.nonce)},
                    {"evidence", base64(report)},
                    {"certificate", base64(as_bytes(chain_text(chain.certificates)))}});
  }
  return to_bytes(as_bytes(json::dump(list)));
}

Json envelope(std::string_view provider, std::string_view type, ByteView evidence) {
  return {{"schema", "tee.evidence/1"}, {"provider", provider}, {"type", type}, {"evidence_b64", base64(evidence)}};
}

Status add_manifests(Case& c) {
  const auto add = [&](const std::string& name, nvidia::RimSpec spec) -> Status {
    TEE_TRY(const std::string rim, nvidia::make_rim(spec));
    c.collateral.push_back({name, to_bytes(as_bytes(rim))});
    return {};
  };
  const auto gpu = nvidia::hopper_report().measurements, fabric = nvidia::switch_report().measurements;
  nvidia::RimSpec driver, vbios, bios;
  driver.version = "570.86.15";
  vbios.version = "96.00.A5.00.01";
  bios.chip = "LS10";
  bios.version = "96.10.55.00.01";
  bios.edition = "SWITCH";
  driver.active[21] = {gpu.at(21)};
  vbios.active[0] = {gpu.at(0)};
  bios.active[0] = {fabric.at(0)};
  TEE_CHECK(add("driver.xml", driver));
  TEE_CHECK(add("vbios.xml", vbios));
  return add("switch.xml", bios);
}

Result<Case> make_case(const Row& row) {
  Machine m;
  row.change(m);
  std::vector<Bytes> evidence;
  std::vector<Json> parts;
  for (const Part& p : m.parts) {
    if (p.same_as) evidence.push_back(evidence.at(p.same_as - 1));
    else if (!p.other.empty()) evidence.push_back(to_bytes(as_bytes(p.other)));
    else {
      TEE_TRY(Bytes list, device_list(p));
      evidence.push_back(std::move(list));
    }
    parts.push_back(envelope(p.provider, p.type, evidence.back()));
    if (p.nested) parts.back()["also"] = Json::array({parts.back()});
  }
  BoundFields fields;
  fields.nonce = verifiers_nonce();
  if (m.covers_key) fields.public_key = encode_bound_key(bound_key::kX25519, peers_key());
  if (m.covers_parts) fields.parts = digest_parts(std::vector<ByteView>(evidence.begin(), evidence.end()));

  snp::Row cpu{std::string(row.name), std::string(row.what), 0, ""};
  cpu.scene = [&](snp::Scene& s) { s.report.report_data = tee_bind_1(fields); };
  TEE_TRY(const snp::Made made, snp::make_scene(cpu));
  TEE_TRY(Case c, snp::make_case(cpu));
  if (m.rearranged) m.rearranged(parts);
  Json whole = envelope("amd_sev_snp", "sev_snp_report", c.evidence.bytes);
  whole["also"] = parts;
  c.evidence = {"machine.json", to_bytes(as_bytes(json::dump(whole)))};
  for (auto& [role, file] : c.anchors) role = "snp/" + role;
  TEE_TRY(Bytes device_root, nvidia::device_root());
  TEE_TRY(Bytes rim_root, nvidia::rim_root());
  c.anchors.push_back({"nvidia/device", {"device-root.der", std::move(device_root)}});
  c.anchors.push_back({"nvidia/rim", {"rim-root.der", std::move(rim_root)}});
  TEE_CHECK(add_manifests(c));
  c.flags = m.flags;
  if (m.pinned) c.flags.insert(c.flags.end(), {"--expect", "measurement=" + hex(made.scene.report.measurement)});
  c.exit = row.exit;
  c.code = row.code;
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
  return fail(code::internal_bug, "the mint has no composite variant " + std::string(name));
}

}  // namespace

const Vendor& composite_vendor() {
  static const Vendor vendor{"composite", variants, make};
  return vendor;
}

}  // namespace tee::mint
