// One device: who signed the report, and what its own fields say.
#include "base/encoding.h"
#include "evidence/codes.h"
#include "evidence/path_code.h"
#include "providers/nvidia/chain_rules.h"
#include "providers/nvidia/codes.h"
#include "providers/nvidia/judge.h"

namespace tee::nvidia {

namespace {

using crypto::Certificate;

bool is_p384(const Certificate& c) {
  const auto* ec = c.key ? c.key->ec() : nullptr;
  return ec && ec->curve == crypto::Curve::p384;
}

bool signs(const Certificate& c, const Report& report) {
  return c.key && crypto::verify(*c.key, crypto::Scheme::ecdsa_sha384, report.signed_bytes, report.signature, crypto::EcForm::raw);
}

bool leads_to(const Certificate& leaf, const std::vector<Certificate>& pool, const std::vector<crypto::TrustAnchor>& anchors) {
  for (const auto& anchor : anchors) {
    const auto chain = crypto::build_chain(leaf, pool, anchor.name);
    if (!chain.empty() && equal(chain.back()->issuer, anchor.name)) return true;
  }
  return false;
}

// The evidence JSON brings its chain, leaf first. A bare report names no chip, so its leaf is the certificate that verifies
// it; a device chain whose leaf does not verify it is a failure, not somebody else's (design section 10).
std::optional<Certificate> choose_leaf(const Judged& d, const std::vector<crypto::TrustAnchor>& anchors) {
  const Report& report = *d.device->report;
  if (!d.device->chain.empty()) return d.device->chain.front();
  std::optional<Certificate> by_name;
  for (const Certificate& c : d.pool) {
    if (c.is_ca || !is_p384(c)) continue;
    if (signs(c, report)) return c;
    if (!by_name && leads_to(c, d.pool, anchors)) by_name = c;
  }
  return by_name;
}

// Evidence JSON lists the chain leaf first and nothing else; the root may stand at the end.
bool in_order(const Judged& d) {
  const auto& listed = d.device->chain;
  const std::size_t size = d.chain.size();
  if (listed.size() != size && listed.size() != size + 1) return false;
  for (std::size_t i = 0; i < size; ++i)
    if (!equal(listed[i].der(), d.chain[i]->der())) return false;
  return listed.size() == size || (d.anchor && equal(listed[size].subject, d.anchor->name) && listed[size].key == d.anchor->key);
}

void check_path(Judged& d, const AnchorChoice& choice, const VerifyInput& input, Findings& out) {
  const std::string id = d.prefix + "chain";
  const crypto::PathResult result = best_path(*d.leaf, d.pool, choice.anchors, input.options.at, d.chain);
  for (const Certificate* c : d.chain) {
    out.add_chain(*c, c == d.chain.front() ? "device leaf" : "intermediate");
    out.expires(c->not_after);
  }
  for (const auto& f : result.findings) out.fail(Area::chain, id, code_for(f, d.chain.size()), f.detail);
  if (!result.ok() || d.chain.empty()) return;
  for (const auto& anchor : choice.anchors)
    if (equal(anchor.name, d.chain.back()->issuer)) {
      d.anchor = anchor;
      out.add_chain(anchor, "anchor");
      break;
    }
  if (!d.device->chain.empty() && !in_order(d))
    out.fail(Area::chain, id, tee::code::chain_malformed,
             "the chain beside the report holds other certificates than its own, or is out of order");
  else
    out.pass(Area::chain, id, "the device chain ends in " + (d.anchor ? printable(d.anchor->label) : std::string("the root")));
  if (d.chain.size() < 2) return;
  d.arch = arch_of(*d.chain[1]);
  d.chip = chip_name(*d.chain[1]);
}

void check_arch(Judged& d, Findings& out) {
  const auto& declared = d.device->declared_arch;
  const std::string id = d.prefix + "arch";
  if (!d.arch) {
    if (d.chip.empty())
      out.undecided(Area::platform, id, code::arch_unknown, "the chain does not reach the certificate that names the chip", "--collateral");
    else
      out.fail(Area::platform, id, code::arch_mismatch, "the certificate names a chip that is not known", "GH100, GB10x, GB20x or LS_10",
               printable(d.chip));
    return;
  }
  if (declared && *declared != *d.arch)
    out.fail(Area::platform, id, code::arch_mismatch, "the declared architecture is another one", std::string(to_string(*d.arch)),
             std::string(to_string(*declared)));
  else
    out.pass(Area::platform, id, "the certificate names a " + std::string(to_string(*d.arch)) + " device");
}

void check_fwid(const Judged& d, Findings& out) {
  const std::string id = d.prefix + "fwid";
  const auto reported = d.device->report->field(opaque::kFwid);
  if (!reported) {
    out.skip(Area::platform, id, code::fwid_absent, "the report carries no firmware id");
    return;
  }
  const auto certified = leaf_fwid(*d.leaf);
  if (!certified) {
    out.fail(Area::platform, id, code::fwid_mismatch, certified.error().message);
  } else if (!*certified || !equal_constant_time(**certified, *reported)) {
    out.fail(Area::platform, id, code::fwid_mismatch, "the report has another firmware id than the leaf certificate",
             *certified ? hex(**certified) : "(absent)", hex(*reported));
  } else {
    out.pass(Area::platform, id, "the firmware id of the report is the leaf certificate's");
  }
}

constexpr std::uint8_t kOn = 0xaa, kOff = 0x55;

void check_nvdec(const Judged& d, Findings& out) {
  if (d.is_switch()) return;  // a switch has no video decoder
  const auto status = d.device->report->field(opaque::kNvdec0);
  if (!status || status->size() != 1 || ((*status)[0] != kOn && (*status)[0] != kOff))
    out.fail(Area::platform, d.prefix + "nvdec0", code::nvdec_unknown, "the state of NVDEC0 is missing or unknown", "aa or 55",
             status ? hex(*status) : "(absent)");
}

// FEATURE_FLAG: 0 multi-pass-through, 1 single-pass-through, 2 protected PCIe.
void check_mode(const Judged& d, Findings& out) {
  const std::string id = d.prefix + "cc_mode";
  const Report& r = *d.device->report;
  if (r.opaque_version() > 1) {
    out.fail(Area::form, d.prefix + "report.opaque", code::opaque_version, "the opaque data has an unknown version", "0 or 1",
             std::to_string(r.opaque_version()));
    return;
  }
  const auto flag = r.field(opaque::kFeatureFlag);
  if (!flag || flag->size() != 2 || r.opaque_version() == 0) {
    out.skip(Area::platform, id, code::cc_mode_unknown, "the report does not say in which mode the device runs");
  } else if ((*flag)[0] > 2 || (*flag)[1] != 0) {
    out.fail(Area::platform, id, code::cc_mode_off, "the feature flag names no known mode", "0, 1 or 2", hex(*flag));
  } else {
    out.pass(Area::platform, id, "the device runs in a confidential mode");
  }
}

}  // namespace

void judge_signature_and_chain(Judged& d, const VerifyInput& input, Findings& out) {
  const std::string id = d.prefix + "report.signature";
  if (d.device->chain_problem) {
    out.fail(Area::chain, d.prefix + "chain", tee::code::chain_malformed, d.device->chain_problem->message);
    return;
  }
  const AnchorChoice choice = input.options.anchors_for(Provider::nvidia_gpu, AnchorRole::device, device_anchors());
  d.trust = choice.trust;
  out.rests_on(choice.trust);
  d.pool = d.device->chain;
  if (d.pool.empty())
    for (const CertificateItem& item : input.collateral.certificates) d.pool.push_back(item.certificate);
  d.leaf = choose_leaf(d, choice.anchors);
  if (!d.leaf) {
    out.undecided(Area::signature, id, tee::code::chain_missing, "no certificate of the device was given", "--collateral");
    return;
  }
  for (const CertificateItem& item : input.collateral.certificates)
    if (equal(item.certificate.der(), d.leaf->der())) out.use(item, "device certificate");
  if (signs(*d.leaf, *d.device->report))
    out.pass(Area::signature, id, "the device's key verifies the report");
  else
    out.fail(Area::signature, id, tee::code::signature_invalid, "the key of the device's leaf certificate does not verify the report");
  check_path(d, choice, input, out);
}

void judge_fields(Judged& d, Findings& out) {
  check_mode(d, out);
  if (!d.leaf) return;
  check_arch(d, out);
  check_fwid(d, out);
  check_nvdec(d, out);
}

}  // namespace tee::nvidia
