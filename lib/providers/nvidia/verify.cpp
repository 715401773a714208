// Judging NVIDIA devices: each by itself, in the order of NVIDIA's own verifier, then all of them together.
#include <map>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "providers/nvidia/codes.h"
#include "providers/nvidia/floor.h"
#include "providers/nvidia/judge.h"
#include "providers/nvidia/nras.h"
#include "providers/nvidia/topology.h"
#include "providers/nvidia/verifier.h"

namespace tee::nvidia {

namespace {

constexpr std::size_t kNonceBytes = 32;

// A report without certificates still shows by its opaque data which kind of device it is.
bool switch_by_report(const Device& d) {
  return d.report ? d.report->field(opaque::kSwitchGpuPdis).has_value() : d.declared_arch == Arch::ls10;
}

// "gpu." alone; "gpu[0].", "gpu[1].", "switch[0]." among several.
std::vector<std::string> name_devices(const std::vector<Device>& devices) {
  std::map<std::string, unsigned> seen;
  std::vector<std::string> out;
  for (const Device& d : devices) {
    const std::string kind = switch_by_report(d) ? "switch" : "gpu";
    out.push_back(devices.size() == 1 ? kind + "." : kind + "[" + std::to_string(seen[kind]++) + "].");
  }
  return out;
}

void judge_device(Judged& d, const VerifyInput& input, Findings& out) {
  if (!d.device->report) {
    out.fail(Area::form, d.prefix + "report", *d.device->report_problem);
    return;
  }
  out.pass(Area::form, d.prefix + "report", "the SPDM report is well-formed");
  judge_signature_and_chain(d, input, out);
  judge_fields(d, out);
  judge_floor({.id = d.prefix + "firmware.floor",
               .is_switch = switch_by_report(*d.device),
               .driver = d.device->report->driver_version(),
               .vbios = d.device->report->vbios_version()},
              input.options, out);
  judge_measurements(d, input, out);
  judge_revocation(d, input, out);
}

void check_nonces(const std::vector<Judged>& all, Findings& out) {
  const Judged* first = nullptr;
  for (const Judged& d : all) {
    if (!d.device->report) continue;
    if (!first) first = &d;
    if (!equal(d.device->report->nonce, first->device->report->nonce))
      out.fail(Area::freshness, d.prefix + "nonce", code::nonces_differ, "the devices answered different nonces",
               hex(first->device->report->nonce), hex(d.device->report->nonce));
    if (d.device->declared_nonce && !equal(*d.device->declared_nonce, d.device->report->nonce))
      out.fail(Area::form, d.prefix + "nonce.declared", tee::code::evidence_type_mismatch,
               "the evidence names another nonce than the signed report", hex(d.device->report->nonce), hex(*d.device->declared_nonce));
  }
  if (!first) return;
  out.binding.native = true;
  out.binding.nonce = first->device->report->nonce;
  out.binding.nonce_size = kNonceBytes;
}

// The leaf key belongs to one start of one device; a restart with other firmware makes another. What stays is the identity
// key burnt into the chip, which is that of the leaf's issuer, so both must differ.
void check_distinct(const std::vector<Judged>& all, Findings& out) {
  std::map<std::string, std::string> owner;
  for (const Judged& d : all) {
    std::string same;
    const auto claim = [&](const std::string& identity, const char* what) {
      const auto [it, fresh] = owner.emplace(identity, d.prefix);
      if (!fresh && same.empty()) same = std::string(what) + " of " + it->second.substr(0, it->second.size() - 1);
    };
    if (d.leaf) claim(hex(crypto::sha256(d.leaf->spki)), "the key");
    if (const auto identity = identity_key_sha256(d)) claim(hex(*identity), "the identity key");
    if (!same.empty())
      out.fail(Area::policy, d.prefix + "distinct", code::duplicate_device, "the same device occurs twice", "distinct devices", same);
  }
}

// One device states its claims by their plain names; of several, a claim is stated where all of a kind agree.
void state_claims(const std::vector<Judged>& all, Findings& out) {
  Json devices = Json::array();
  std::map<std::string, Claims> per_kind;
  std::map<std::string, std::set<std::string>> disagreed;
  for (const Judged& d : all) {
    if (!d.device->report) continue;
    devices.push_back(device_json(d));
    const Claims claims = device_claims(d);
    if (all.size() == 1) out.claims = claims;
    const std::string kind = d.is_switch() ? "switch" : "gpu";
    for (const auto& [name, value] : claims) {
      const auto [it, fresh] = per_kind[kind].emplace(name, value);
      if (!fresh && to_json(it->second) != to_json(value)) disagreed[kind].insert(name);
    }
  }
  for (const auto& [kind, claims] : per_kind)
    for (const auto& [name, value] : claims)
      if (!disagreed[kind].contains(name)) out.claims[kind + "." + name] = value;
  out.vendor["devices"] = std::move(devices);
}

void verify_report(const VerifyInput& input, Findings& out) {
  const auto devices = parse_evidence(input.evidence);
  if (!devices) {
    out.fail(Area::form, "nvidia.evidence", devices.error());
    return;
  }
  const std::vector<std::string> names = name_devices(*devices);
  std::vector<Judged> all(devices->size());
  std::set<Bytes> signed_hashes;  // sorted: the order of the devices is the attester's choice
  for (std::size_t i = 0; i < devices->size(); ++i) {
    all[i].device = &(*devices)[i];
    all[i].prefix = names[i];
    judge_device(all[i], input, out);
    if (all[i].device->report) signed_hashes.insert(to_bytes(crypto::sha256(all[i].device->report->signed_bytes)));
  }
  if (signed_hashes.size() > 1) out.signed_parts_sha256.assign(signed_hashes.begin(), signed_hashes.end());
  // Replay identity: the hash of the one report's signed bytes, or over those hashes in sorted order (S23).
  Bytes joined;
  for (const Bytes& hash : signed_hashes) append(joined, hash);
  if (signed_hashes.size() == 1) out.signed_bytes_sha256 = joined;
  else if (!joined.empty()) out.signed_bytes_sha256 = to_bytes(crypto::sha256(joined));
  out.judged_bytes = input.evidence.size();
  check_nonces(all, out);
  check_distinct(all, out);
  std::vector<Placed> placed;
  for (const Judged& d : all)
    if (d.device->report) placed.push_back(placed_by(*d.device->report, d.prefix, d.is_switch()));
  check_topology(placed, out);
  state_claims(all, out);
}

Result<Json> inspect_report(ByteView evidence) {
  TEE_TRY(const std::vector<Device> devices, parse_evidence(evidence));
  Json list = Json::array();
  for (const Device& device : devices) {
    if (!device.report) return tl::unexpected(*device.report_problem);
    Judged d;
    d.device = &device;
    Json j = device_json(d);
    j["device"] = switch_by_report(device) ? "switch" : "gpu";
    Json chain = Json::array();
    for (const auto& c : device.chain)
      chain.push_back({{"subject", printable(c.subject_text())},
                       {"issuer", printable(c.issuer_text())},
                       {"not_before", rfc3339(c.not_before)},
                       {"not_after", rfc3339(c.not_after)}});
    j["chain"] = std::move(chain);
    list.push_back(std::move(j));
  }
  return Json{{"devices", std::move(list)}};
}

// A GPU names no workload: alone it passes for authenticity only (claims table).
WorkloadAnswer no_workload(const std::set<std::string>&, const Findings&, const AppraisalOptions&) { return {}; }

}  // namespace

std::span<const Verifier> verifiers() {
  static const Verifier kRows[] = {
      {Provider::nvidia_gpu, EvidenceType::nvidia_gpu_report, looks_like_evidence, verify_report, inspect_report, no_workload, judge_parts_together},
      {Provider::nvidia_gpu, EvidenceType::nvidia_nras_token, looks_like_nras, verify_nras, inspect_nras, no_workload}};
  return kRows;
}

}  // namespace tee::nvidia
