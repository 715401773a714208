#include "providers/nitro/chain.h"

#include "base/encoding.h"
#include "evidence/codes.h"
#include "evidence/path_code.h"
#include "providers/nitro/anchors.h"

namespace tee::nitro {

namespace {

using crypto::Certificate;
using crypto::PathFinding;
using crypto::PathProblem;

bool is_p384(const std::optional<crypto::PublicKey>& key) {
  return key && key->ec() && key->ec()->curve == crypto::Curve::p384;
}

// The anchor that cabundle[0] carries.
const crypto::TrustAnchor* find_anchor(const Certificate& root,
                                       const std::vector<crypto::TrustAnchor>& anchors) {
  for (const crypto::TrustAnchor& anchor : anchors)
    if (root.key && equal(root.subject, anchor.name) && *root.key == anchor.key) return &anchor;
  return nullptr;
}

void check_root(const Certificate& root, const AnchorChoice& choice, const crypto::TrustAnchor* matched,
                Findings& out) {
  if (matched) {
    out.pass(Area::chain, "nitro.root",
             "cabundle[0] carries the name and key of " + printable(matched->label));
    return;
  }
  bool same_name = false;
  std::string expected;
  for (const crypto::TrustAnchor& anchor : choice.anchors) {
    same_name |= equal(root.subject, anchor.name);
    expected += (expected.empty() ? "" : ", ") + Certificate::name_text(anchor.name);
  }
  out.fail(
      Area::chain, "nitro.root", tee::code::chain_untrusted,
      same_name ? "cabundle[0] has the name of the root, but another key" : "cabundle[0] is not the root",
      expected, root.subject_text() + " (certificate SHA-256 " + hex(root.fingerprint()) + ")");
}

// The findings of one group become one check: passed when there are none.
class Group {
 public:
  Group(std::string_view id, const Code& code, std::string_view holds)
      : id_(id), code_(&code), holds_(holds) {}
  void add(std::string detail, const Code* code = nullptr) {
    if (code) code_ = code;
    text_ += (text_.empty() ? "" : "; ") + detail;
  }
  void report(Findings& out) const {
    if (text_.empty())
      out.pass(Area::chain, std::string(id_), std::string(holds_));
    else
      out.fail(Area::chain, std::string(id_), *code_, text_);
  }

 private:
  std::string_view id_;
  const Code* code_;
  std::string_view holds_;
  std::string text_;
};

struct Groups {
  std::size_t path_size;
  Group chain{"nitro.chain", tee::code::chain_invalid,
              "names, signatures and constraints hold from the leaf to the root"};
  Group algorithms{"nitro.algorithms", tee::code::chain_invalid,
                   "every key is P-384, every signature ecdsa-with-SHA384"};
  Group leaf{"nitro.leaf", tee::code::chain_invalid, "the signing certificate is no CA and may sign"};

  void sort(const PathFinding& f) {
    switch (f.problem) {
      case PathProblem::expired:
      case PathProblem::not_yet_valid: break;  // check_validity() says it with less words
      case PathProblem::weak_algorithm:
      case PathProblem::unsupported_key: algorithms.add(f.detail); break;
      case PathProblem::leaf_is_ca: leaf.add(f.detail); break;
      case PathProblem::key_usage: (f.index == 0 ? leaf : chain).add(f.detail); break;
      default: add_break(f); break;
    }
  }
  void add_break(const PathFinding& f) {
    const Code& why = code_for(f, path_size);
    chain.add(f.detail, &why == &tee::code::chain_invalid ? nullptr : &why);
  }
  void report(Findings& out) const {
    chain.report(out);
    algorithms.report(out);
    leaf.report(out);
  }
};

void judge_keys(const Certificates& c, Groups& groups) {
  const auto judge = [&](const Certificate& certificate) {
    if (!is_p384(certificate.key))
      groups.algorithms.add(certificate.subject_text() + ": P-384 key expected, found " +
                            (certificate.key ? crypto::describe(*certificate.key) : "one of another kind"));
  };
  judge(*c.leaf);
  for (const Certificate& certificate : c.bundle) judge(certificate);
}

// The path ends below cabundle[0]; what that certificate says about its own life is enforced all the same.
void check_validity(const Certificates& c, Time at, Findings& out) {
  std::string early, ended;
  const auto judge = [&](const Certificate& certificate, std::string_view role) {
    const auto add = [role](std::string& list, Time t) {
      list += (list.empty() ? "" : ", ") + std::string(role) + " " + rfc3339(t);
    };
    if (at < certificate.not_before) add(early, certificate.not_before);
    if (at > certificate.not_after) add(ended, certificate.not_after);
  };
  judge(*c.leaf, "leaf");
  for (std::size_t i = c.bundle.size(); i-- > 0;) judge(c.bundle[i], bundle_role(i, c.bundle.size()));

  const std::string wanted = "valid at " + rfc3339(at);
  if (early.empty())
    out.pass(Area::chain, "nitro.validity.begin", "every certificate has begun at the judged time");
  else
    out.fail(Area::chain, "nitro.validity.begin", tee::code::chain_not_yet_valid,
             "certificates begin after the judged time", wanted, "begin: " + early);
  if (ended.empty())
    out.pass(Area::chain, "nitro.validity.end", "no certificate has ended at the judged time");
  else
    out.fail(Area::chain, "nitro.validity.end", tee::code::chain_expired,
             "certificates have ended; a leaf lives for three hours, so ask for a new document", wanted,
             "end: " + ended);
}

void show_chain(const Certificates& c, const crypto::TrustAnchor* anchor, Trust trust, Findings& out) {
  out.add_chain(*c.leaf, "leaf");
  out.expires(c.leaf->not_after);
  for (std::size_t i = c.bundle.size(); i-- > 0;) {
    out.expires(c.bundle[i].not_after);
    if (i > 0) out.add_chain(c.bundle[i], std::string(bundle_role(i, c.bundle.size())));
  }
  if (anchor)
    out.add_chain(*anchor, "root (" + std::string(to_string(trust)) + ")");
  else
    out.add_chain(c.bundle[0], "root (untrusted)");
}

Result<Certificate> parse(ByteView der, const std::string& where, std::string& problems) {
  Result<Certificate> certificate = crypto::parse_certificate(der);
  if (!certificate) problems += (problems.empty() ? "" : "; ") + where + ": " + certificate.error().message;
  return certificate;
}

}  // namespace

// All signatures are ecdsa-with-SHA384. The leaf has no authority key id and the instance certificate no key
// ids at all, so none are required.
crypto::PathRules path_rules() {
  crypto::PathRules rules;
  rules.schemes = {crypto::Scheme::ecdsa_sha384};
  rules.leaf_needs_digital_signature = true;
  return rules;
}

std::string_view bundle_role(std::size_t index, std::size_t count) {
  constexpr std::string_view kUsual[] = {"root", "regional", "zonal", "instance"};
  if (index == 0) return kUsual[0];
  return count == std::size(kUsual) ? kUsual[index] : "intermediate";
}

Certificates read_certificates(const Document& document, Findings& out) {
  Certificates c;
  std::string problems;
  if (Result<Certificate> leaf = parse(document.certificate, "certificate", problems))
    c.leaf = *std::move(leaf);
  for (std::size_t i = 0; i < document.cabundle.size(); ++i) {
    Result<Certificate> entry = parse(document.cabundle[i], "cabundle[" + std::to_string(i) + "]", problems);
    if (entry) c.bundle.push_back(*std::move(entry));
  }
  if (c.bundle.size() != document.cabundle.size()) c.bundle.clear();
  if (problems.empty())
    out.pass(Area::chain, "nitro.certificates", "the signing certificate and the bundle can be parsed");
  else
    out.fail(Area::chain, "nitro.certificates", tee::code::chain_malformed, problems);
  return c;
}

void check_chain(const Certificates& c, const AppraisalOptions& options, Findings& out) {
  if (!c.complete()) {
    out.skip(Area::chain, "nitro.chain", tee::code::chain_malformed,
             "not judged: not every certificate can be parsed");
    return;
  }
  const Certificate& root = c.bundle[0];
  const AnchorChoice choice = options.anchors_for(Provider::aws_nitro, AnchorRole::device, {aws_root()});
  const crypto::TrustAnchor* anchor = find_anchor(root, choice.anchors);
  out.trust = choice.trust;
  check_root(root, choice, anchor, out);

  std::vector<const Certificate*> path{&*c.leaf};
  for (std::size_t i = c.bundle.size(); i-- > 1;) path.push_back(&c.bundle[i]);
  // Without a trusted root the path is still judged up to the one that came along, so that every fault shows.
  const crypto::TrustAnchor end = anchor ? *anchor : crypto::anchor_from(root, "cabundle[0]");
  Groups groups{path.size()};
  for (const PathFinding& f : crypto::validate_path(path, end, options.at, path_rules()).findings)
    groups.sort(f);
  judge_keys(c, groups);
  if (c.leaf->path_length) groups.leaf.add(c.leaf->subject_text() + ": has a path length");
  groups.report(out);
  check_validity(c, options.at, out);
  show_chain(c, anchor, choice.trust, out);
}

}  // namespace tee::nitro
