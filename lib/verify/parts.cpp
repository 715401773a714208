#include "verify/parts.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "verify/codes.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

constexpr std::size_t kMostParts = 32;

// Claims of parts go under their prefixed names; one on which two parts of a kind disagree is stated by neither.
class PartClaims {
 public:
  explicit PartClaims(Findings& into) : into_(into) {}
  void add(const Claims& claims) {
    for (const auto& [name, value] : claims) {
      if (!name.starts_with("gpu.") && !name.starts_with("switch.")) continue;
      const auto [it, fresh] = seen_.emplace(name, value);
      if (!fresh && to_json(it->second) != to_json(value)) disagreed_.insert(name);
    }
  }
  // True when none of the devices and signed bytes was seen before, in whatever order and grouping they come.
  bool distinct(const Findings& found) {
    bool fresh = true;
    const auto see = [&](const std::string& identity) { fresh = identities_.insert(identity).second && fresh; };
    const Json* devices = json::find(found.vendor, "devices");
    if (devices && devices->is_array())
      for (const Json& d : *devices)
        for (const char* key : {"signed_sha256", "key_sha256", "identity_key_sha256", "ueid"})
          if (const auto text = json::text_of(d, key)) see(std::string(key) + *text);
    if (!devices && !found.signed_bytes_sha256.empty()) see(hex(found.signed_bytes_sha256));
    return fresh;
  }
  void state() const {
    for (const auto& [name, value] : seen_)
      if (!disagreed_.contains(name)) into_.claims.emplace(name, value);
  }

 private:
  Findings& into_;
  Claims seen_;
  std::set<std::string> disagreed_, identities_;
};

void judge_part(const Subject& part, const std::string& prefix, const Questions& q, const CollateralSet& collateral, PartClaims& claims,
                Findings& into) {
  if (part.malformed) return into.fail(Area::form, prefix + "evidence", *part.malformed);
  const Verifier* room = part.type ? verifier_for(*part.type) : nullptr;
  if (part.type == EvidenceType::ear) {
    into.fail(Area::form, prefix + "evidence", code::evidence_unsupported, "another verifier's result is no part of a machine");
    return;
  }
  if (!room) {
    into.fail(Area::form, prefix + "evidence", code::evidence_unrecognised, "the part is no evidence that this build can judge");
    return;
  }
  CollateralSet all = collateral;
  all.merge(part.embedded);
  AppraisalOptions options = q.options;
  options.expectations.clear();  // expectations without a prefix speak of the primary evidence
  Findings found;
  room->verify({part.evidence, all, options, verifier_for}, found);
  for (Check& c : found.checks) {
    c.id = prefix + c.id;
    into.checks.push_back(std::move(c));
  }
  for (Warning& w : found.warnings) into.warnings.push_back(std::move(w));
  for (auto& input : found.inputs) into.inputs.push_back(std::move(input));
  if (found.valid_until) into.expires(*found.valid_until);
  into.rests_on(found.trust);
  // With --distinct a device that was seen beside an earlier subject counts as repeated.
  if (!found.signed_bytes_sha256.empty()) into.signed_parts_sha256.push_back(found.signed_bytes_sha256);
  for (Bytes& hash : found.signed_parts_sha256) into.signed_parts_sha256.push_back(std::move(hash));
  if (!claims.distinct(found))
    into.fail(Area::policy, prefix + "distinct", code::parts_duplicate, "the same device or report stands beside the evidence twice");
  claims.add(found.claims);
  into.vendor["parts"].push_back(Json{{"name", prefix.substr(0, prefix.size() - 1)},
                                      {"type", to_string(room->type)},
                                      {"nonce", found.binding.nonce ? Json(hex(*found.binding.nonce)) : Json(nullptr)},
                                      {"claims", to_json(found.claims)},
                                      {"decoded", found.vendor}});
}

void check_counts(const std::map<std::string, unsigned>& present, const Questions& q, Findings& into) {
  std::map<std::string, unsigned> wanted(q.require_parts.begin(), q.require_parts.end());
  for (const auto& [kind, count] : present)
    if (!wanted.contains(kind))
      into.fail(Area::policy, "parts." + kind, code::parts_unexpected, "parts came along that nobody asked for", "0 " + kind,
                std::to_string(count) + " " + kind);
  for (const auto& [kind, count] : wanted) {
    const auto it = present.find(kind);
    const unsigned have = it == present.end() ? 0 : it->second;
    if (have == count) {
      into.pass(Area::policy, "parts." + kind, "as many parts as demanded");
    } else {
      const Code& why = have < count ? code::parts_missing : code::parts_unexpected;
      into.fail(Area::policy, "parts." + kind, why, "the number of parts differs", std::to_string(count), std::to_string(have));
    }
  }
}

// What only several parts of one kind show together.
void judge_together(Findings& into) {
  const Json* parts = json::find(into.vendor, "parts");
  if (!parts) return;
  const Json all = *parts;  // the hook adds to the same findings
  for (const Verifier& room : verifiers()) {
    if (!room.together) continue;
    Json own = Json::array();
    for (const Json& part : all)
      if (json::text_of(part, "type") == to_string(room.type)) own.push_back({{"name", part.at("name")}, {"decoded", part.at("decoded")}});
    if (own.size() > 1) room.together(own, into);
  }
}

// Devices, not evidence items, are counted: one NVIDIA evidence may hold several, of both kinds.
void count_devices(const Json& part, const std::string& kind, std::map<std::string, unsigned>& present) {
  const Json* decoded = json::find(part, "decoded");
  const Json* devices = decoded ? json::find(*decoded, "devices") : nullptr;
  if (!devices || !devices->is_array() || devices->empty()) {
    ++present[kind];
    return;
  }
  for (const Json& d : *devices) ++present[json::text_of(d, "device") == "switch" ? "switch" : "gpu"];
}

void check_nonce(const Json& part, const Questions& q, Findings& into) {
  const auto name = json::text_of(part, "name"), nonce = json::text_of(part, "nonce");
  if (!name || !name->starts_with("gpu")) return;
  const std::string id = *name + ".attached.nonce";
  if (!q.nonce) {
    into.undecided(Area::freshness, id, code::parts_not_bound, "without a nonce nothing shows that the device answers this verifier", "--nonce");
    return;
  }
  const Json* devices = json::find(part.at("decoded"), "devices");
  const bool all_switches = devices && devices->is_array() && !devices->empty() &&
                            std::all_of(devices->begin(), devices->end(), [](const Json& d) { return json::text_of(d, "device") == "switch"; });
  const Bytes wanted = derived_nonce(*q.nonce, all_switches ? "switch" : "gpu");
  if (nonce == hex(wanted))
    into.pass(Area::freshness, id, "the device answers the nonce derived from the verifier's");
  else
    into.fail(Area::freshness, id, code::freshness_nonce_mismatch, "the device answers another nonce than the one derived from the verifier's",
              hex(wanted), nonce.value_or("(absent)"));
}

}  // namespace

std::string_view part_kind(EvidenceType type) {
  switch (type) {
    case EvidenceType::nvidia_gpu_report:
    case EvidenceType::nvidia_nras_token: return "gpu";
    case EvidenceType::sev_snp_report: return "snp";
    case EvidenceType::tdx_quote: return "tdx";
    case EvidenceType::sgx_quote: return "sgx";
    case EvidenceType::nitro_document:
    case EvidenceType::nitrotpm_document: return "nitro";
    case EvidenceType::azure_vtpm:
    case EvidenceType::gce_vtpm:
    case EvidenceType::tpm_quote: return "vtpm";
    default: return "token";
  }
}

Bytes derived_nonce(ByteView nonce, std::string_view kind) {
  Bytes input = to_bytes(nonce);
  append(input, as_bytes(kind == "switch" ? "NVIDIA-SWITCH-EAT-v1" : "NVIDIA-GPU-EAT-v1"));
  return to_bytes(crypto::sha256(input));
}

void judge_parts(const Subject& subject, const Questions& q, const CollateralSet& collateral, Findings& into) {
  if (subject.also.size() > kMostParts) {
    into.fail(Area::form, "parts", code::parts_too_many, "too many parts", "at most 32", std::to_string(subject.also.size()));
    return;
  }
  std::map<std::string, unsigned> index, present;
  PartClaims claims(into);
  for (const Subject& part : subject.also) {
    const std::string kind(part.type ? part_kind(*part.type) : "unknown");
    const std::size_t before = into.vendor.contains("parts") ? into.vendor["parts"].size() : 0;
    judge_part(part, kind + "[" + std::to_string(index[kind]++) + "].", q, collateral, claims, into);
    const bool judged = into.vendor.contains("parts") && into.vendor["parts"].size() > before;
    if (judged) count_devices(into.vendor["parts"].back(), kind, present);
    else ++present[kind];
    if (!part.also.empty())
      into.fail(Area::form, "parts", code::parts_too_many, "a part holds parts of its own", "one level", "two levels");
  }
  claims.state();
  judge_together(into);
  check_counts(present, q, into);
}

void check_attached(const Subject& subject, const Questions& q, const Attachment& how, Findings& into) {
  if (subject.also.empty()) return;
  if (const Json* parts = json::find(into.vendor, "parts")) {
    const Json list = *parts;
    for (const Json& part : list) check_nonce(part, q, into);
  }
  if (!how.bound)
    into.undecided(Area::binding, "parts.bound", code::parts_not_bound, "the primary evidence does not cover the parts", "--binding");
  else if (!how.workload_pinned && !q.options.genuine_only)
    into.undecided(Area::binding, "parts.bound", code::parts_not_bound,
                   "the primary workload is not pinned, and only it can say what is attached to it", "--expect");
  else
    into.pass(Area::binding, "parts.bound", "the primary evidence covers the parts");
}

}  // namespace tee::verify
