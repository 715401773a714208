#include "providers/shared/intel_dcap/pck_chain.h"

#include "base/encoding.h"
#include "evidence/path_code.h"
#include "providers/shared/intel_dcap/codes.h"
#include "providers/shared/intel_dcap/profile.h"

namespace tee::intel {

namespace {

using crypto::Certificate;
using crypto::PathProblem;

constexpr const char* kChain = "intel.pck.chain";
constexpr const char* kValidity = "intel.pck.validity";
constexpr const char* kExtension = "intel.pck.extension";
constexpr std::string_view kLeafName = "SGX PCK Certificate", kPlatformCa = "Intel SGX PCK Platform CA",
                           kProcessorCa = "Intel SGX PCK Processor CA";

// The faults of the chain become one check, so that its message tells all of them; the first one gives the
// code.
struct Faults {
  const Code* code = nullptr;
  std::string text;
  void add(const Code& why, const std::string& detail) {
    if (code == nullptr) code = &why;
    text += (text.empty() ? "" : "; ") + detail;
  }
};

bool time_problem(PathProblem p) {
  return p == PathProblem::expired || p == PathProblem::not_yet_valid || p == PathProblem::anchor_expired;
}

class Judge {
 public:
  Judge(const AnchorChoice& anchors, Time at, PckChain& chain, Findings& out)
      : anchors_(anchors), at_(at), chain_(chain), out_(out) {}

  void run(const std::optional<Certificate>& root) {
    chain_.anchor = choose_anchor(root);
    if (!chain_.anchor) report_untrusted(root);
    check_names();
    // Without a trusted root the path is still judged up to the one that came along, so that every fault
    // shows.
    if (chain_.anchor)
      walk(*chain_.anchor);
    else if (root)
      walk(crypto::anchor_from(*root, "the root in the quote"));
    check_profile(*chain_.leaf, chain_faults_);
    check_profile(*chain_.intermediate, chain_faults_);
    if (root) check_root(*root);
    conclude();
    show(root);
  }

 private:
  void check_profile(const Certificate& c, Faults& to) const {
    const std::string problem = profile_problem(c);
    if (!problem.empty()) to.add(code::pck_chain, problem);
  }

  // The name and key of the root in the quote; where there is none, the name and signature above the
  // intermediate.
  std::optional<crypto::TrustAnchor> choose_anchor(const std::optional<Certificate>& root) const {
    std::optional<crypto::TrustAnchor> named;
    std::size_t candidates = 0;
    for (const crypto::TrustAnchor& a : anchors_.anchors) {
      if (root) {
        if (equal(root->subject, a.name) && root->key && *root->key == a.key) return a;
        continue;
      }
      if (!equal(chain_.intermediate->issuer, a.name)) continue;
      if (!named) named = a;
      ++candidates;
    }
    if (candidates < 2) return named;
    for (const crypto::TrustAnchor& a : anchors_.anchors)
      if (crypto::issued_by(*chain_.intermediate, a.name, a.key)) return a;
    return named;
  }

  void report_untrusted(const std::optional<Certificate>& root) {
    std::string text =
        "the chain ends in " + (root ? root->subject_text() : chain_.intermediate->issuer_text());
    for (const crypto::TrustAnchor& a : anchors_.anchors)
      if (root && equal(root->subject, a.name))
        text = "the root has the name of " + printable(a.label) + ", but another key";
    chain_faults_.add(code::chain_untrusted, text);
  }

  void check_names() {
    const std::string leaf = chain_.leaf->subject_cn(), ca = chain_.intermediate->subject_cn();
    if (leaf.find(kLeafName) == std::string::npos)
      chain_faults_.add(code::pck_chain,
                        "a PCK certificate is expected, found one of " + printable(leaf, 64));
    if (ca != kPlatformCa && ca != kProcessorCa)
      chain_faults_.add(code::pck_chain,
                        "a PCK Platform or Processor CA is expected, found " + printable(ca, 64));
  }

  void walk(const crypto::TrustAnchor& anchor) {
    const std::vector<const Certificate*> path{&*chain_.leaf, &*chain_.intermediate};
    for (const crypto::PathFinding& f : crypto::validate_path(path, anchor, at_, path_rules()).findings)
      (time_problem(f.problem) ? time_faults_ : chain_faults_).add(code_for(f, path.size()), f.detail);
  }

  // Its key is pinned, so its own signature decides nothing; but a certificate that was changed is not
  // Intel's. The known ones are told by their hash, which saves a signature.
  void check_root(const Certificate& root) {
    if (!chain_.anchor) return;
    const auto fingerprint = root.fingerprint();
    for (const auto& known : chain_.anchor->certificates)
      if (known == fingerprint) return;
    if (!crypto::issued_by(root, root.subject, chain_.anchor->key))
      chain_faults_.add(code::chain_invalid,
                        root.subject_text() + ": the root does not verify its own signature");
    check_profile(root, chain_faults_);
  }

  void conclude() {
    chain_.anchored = chain_.anchor && chain_faults_.code == nullptr;
    if (chain_faults_.code != nullptr)
      out_.fail(Area::chain, kChain, *chain_faults_.code, chain_faults_.text);
    else
      out_.pass(Area::chain, kChain, "the PCK certificate leads to " + printable(chain_.anchor->label));
    if (time_faults_.code != nullptr)
      out_.fail(Area::chain, kValidity, *time_faults_.code, time_faults_.text);
    else if (chain_.anchor)
      out_.pass(Area::chain, kValidity, "every certificate is valid at the judged time");
  }

  void show(const std::optional<Certificate>& root) {
    out_.add_chain(*chain_.leaf, "pck leaf");
    out_.add_chain(*chain_.intermediate, "pck ca");
    if (chain_.anchor)
      out_.add_chain(*chain_.anchor, "root (" + std::string(to_string(anchors_.trust)) + ")");
    else if (root)
      out_.add_chain(*root, "root (untrusted)");
    out_.expires(chain_.leaf->not_after);
    out_.expires(chain_.intermediate->not_after);
    if (chain_.anchor && chain_.anchor->not_after) out_.expires(*chain_.anchor->not_after);
  }

  const AnchorChoice& anchors_;
  Time at_;
  PckChain& chain_;
  Findings& out_;
  Faults chain_faults_, time_faults_;
};

// Certificates of the Platform CA carry two elements more than those of the Processor CA.
Status check_platform_elements(const PckChain& chain) {
  const bool all = chain.fields->platform_instance_id && chain.fields->configuration;
  if (!all && chain.intermediate && chain.intermediate->subject_cn() == kPlatformCa)
    return fail(code::pck_extension,
                "a certificate of the Platform CA without platform instance id or configuration");
  return {};
}

void read_extension(PckChain& chain, Findings& out) {
  const crypto::Extension* extension = chain.leaf->extension(kSgxExtensionOid);
  if (extension == nullptr) {
    out.fail(Area::chain, kExtension, code::pck_extension, "the PCK certificate has no SGX extension");
    return;
  }
  Result<PckFields> fields = parse_pck_extension(extension->value);
  if (!fields) {
    out.fail(Area::chain, kExtension, fields.error());
    return;
  }
  chain.fields = *std::move(fields);
  if (const Status complete = check_platform_elements(chain); !complete)
    out.fail(Area::chain, kExtension, complete.error());
  else
    out.pass(Area::chain, kExtension, "platform family " + hex(chain.fields->fmspc));
}

}  // namespace

PckChain judge_pck_chain(PckCertificates certificates, const AnchorChoice& anchors, Time at, Findings& out) {
  PckChain chain;
  chain.leaf = std::move(certificates.leaf);
  chain.intermediate = std::move(certificates.intermediate);
  chain.qe_report_verified = certificates.qe_report_verified;
  for (const CertificateItem& item : certificates.used) out.use(item, "pck certificate");
  if (certificates.problem) {
    out.fail(Area::chain, kChain, *certificates.problem);
  } else if (!chain.leaf || !chain.intermediate) {
    out.undecided(Area::chain, kChain, code::chain_missing, printable(certificates.missing, 512),
                  "--collateral");
  } else {
    Judge(anchors, at, chain, out).run(certificates.root);
  }
  if (chain.leaf) read_extension(chain, out);
  return chain;
}

}  // namespace tee::intel
