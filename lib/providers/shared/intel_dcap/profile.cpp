#include "providers/shared/intel_dcap/profile.h"

namespace tee::intel {

namespace {

struct Required {
  std::string_view oid, name;
};
constexpr Required kRequired[] = {
    {"2.5.29.35", "authorityKeyIdentifier"}, {"2.5.29.31", "cRLDistributionPoints"},
    {"2.5.29.14", "subjectKeyIdentifier"},   {"2.5.29.15", "keyUsage"},
    {"2.5.29.19", "basicConstraints"},
};

}  // namespace

crypto::PathRules path_rules() {
  crypto::PathRules rules;
  rules.schemes = {crypto::Scheme::ecdsa_sha256};
  rules.leaf_needs_digital_signature = true;
  return rules;
}

std::string profile_problem(const crypto::Certificate& certificate) {
  std::string out;
  const auto add = [&](const std::string& what) {
    out += (out.empty() ? certificate.subject_text() + ": " : ", ") + what;
  };
  const crypto::EcKey* ec = certificate.key ? certificate.key->ec() : nullptr;
  if (ec == nullptr || ec->curve != crypto::Curve::p256)
    add("P-256 key expected, found " +
        (certificate.key ? crypto::describe(*certificate.key) : "one of another kind"));
  for (const Required& r : kRequired)
    if (certificate.extension(r.oid) == nullptr) add("no extension " + std::string(r.name));
  return out;
}

}  // namespace tee::intel
