#include "verify/parts.h"

#include <map>

#include "evidence/codes.h"
#include "verify/codes.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

constexpr std::size_t kMostParts = 32;

void judge_part(const Subject& part, const std::string& prefix, const Questions& q, const CollateralSet& collateral,
                Findings& into) {
  if (part.malformed) return into.fail(Area::form, prefix + "evidence", *part.malformed);
  const Verifier* room = part.type ? verifier_for(*part.type) : nullptr;
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
  into.vendor["parts"].push_back(Json{{"type", to_string(room->type)}, {"claims", to_json(found.claims)}, {"decoded", found.vendor}});
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

void appraise_parts(const Subject& subject, const Questions& q, const CollateralSet& collateral, Bound bound, Findings& into) {
  std::map<std::string, unsigned> present;
  if (subject.also.size() > kMostParts) {
    into.fail(Area::form, "parts", code::parts_too_many, "too many parts", "at most 32", std::to_string(subject.also.size()));
    return;
  }
  for (const Subject& part : subject.also) {
    const std::string kind(part.type ? part_kind(*part.type) : "unknown");
    judge_part(part, kind + "[" + std::to_string(present[kind]++) + "].", q, collateral, into);
    if (!part.also.empty())
      into.fail(Area::form, "parts", code::parts_too_many, "a part holds parts of its own", "one level", "two levels");
  }
  check_counts(present, q, into);
  if (!subject.also.empty() && bound == Bound::no)
    into.undecided(Area::binding, "parts.bound", code::parts_not_bound,
                   "the primary evidence does not cover the parts", "--nonce");
}

}  // namespace tee::verify
