#include "providers/shared/token/chain.h"

#include <algorithm>

#include "base/encoding.h"
#include "evidence/codes.h"
#include "evidence/path_code.h"
#include "providers/shared/token/codes.h"
#include "providers/shared/token/revocation.h"

namespace tee::token {

namespace {

using crypto::Certificate;
using crypto::TrustAnchor;
using Path = std::vector<const Certificate*>;

bool is_anchor(const Certificate& certificate, const TrustAnchor& anchor) {
  return equal(certificate.subject, anchor.name) && certificate.key == anchor.key;
}

// The anchor that stands in the list, that signed its last certificate, or at least has its issuer's name.
const TrustAnchor* anchor_above(const Path& path, const std::vector<TrustAnchor>& anchors) {
  const Certificate& last = *path.back();
  const auto named = [&last](const TrustAnchor& a) { return equal(last.issuer, a.name); };
  const auto signer = [&last](const TrustAnchor& a) { return crypto::issued_by(last, a.name, a.key); };
  for (const TrustAnchor& a : anchors)
    if (path.size() > 1 && is_anchor(last, a)) return &a;
  if (const auto it = std::find_if(anchors.begin(), anchors.end(), signer); it != anchors.end()) return &*it;
  const auto it = std::find_if(anchors.begin(), anchors.end(), named);
  return it == anchors.end() ? nullptr : &*it;
}

void show_chain(const Path& path, const TrustAnchor* anchor, Findings& out) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    out.add_chain(*path[i], i == 0 ? "token signer" : "intermediate");
    out.expires(path[i]->not_after);
  }
  if (anchor) out.add_chain(*anchor, "anchor");
}

}  // namespace

Result<std::vector<Certificate>> parse_x5c(const Json& x5c, const ChainRules& rules) {
  if (!x5c.is_array()) return fail(tee::code::chain_malformed, "x5c is no list");
  if (x5c.size() < rules.fewest || x5c.size() > rules.most)
    return fail(code::x5c_count, "expected " + std::to_string(rules.fewest) + " to " +
                                     std::to_string(rules.most) + " certificates in the header, found " +
                                     std::to_string(x5c.size()));
  std::vector<Certificate> out;
  for (const Json& entry : x5c) {
    const std::string which = "certificate " + std::to_string(out.size());
    if (!entry.is_string()) return fail(tee::code::chain_malformed, which + " of x5c is no text");
    const Result<Bytes> der = from_base64(entry.get_ref<const std::string&>());
    if (!der) return fail(tee::code::chain_malformed, which + " of x5c is not standard base64");
    Result<Certificate> certificate = crypto::parse_certificate(*der);
    if (!certificate)
      return fail(tee::code::chain_malformed, which + " of x5c: " + certificate.error().message);
    out.push_back(*std::move(certificate));
  }
  return out;
}

void judge_chain(const std::vector<Certificate>& certificates, const AnchorChoice& anchors,
                 const ChainRules& rules, const VerifyInput& input, const std::string& prefix,
                 Findings& out) {
  Path path;
  for (const Certificate& c : certificates) path.push_back(&c);
  const TrustAnchor* anchor = path.empty() ? nullptr : anchor_above(path, anchors.anchors);
  if (anchor && path.size() > 1 && is_anchor(*path.back(), *anchor)) path.pop_back();
  out.trust = anchors.trust;
  show_chain(path, anchor, out);

  const std::string id = prefix + "chain";
  if (!anchor) {
    const std::string found = path.empty() ? "(no certificate)" : printable(path.back()->issuer_text());
    out.fail(Area::chain, id, tee::code::chain_untrusted, "the chain does not end in an accepted root",
             anchors.anchors.empty() ? "(no anchor)"
                                     : printable(Certificate::name_text(anchors.anchors.front().name)),
             found);
    return;
  }
  const crypto::PathResult judged = crypto::validate_path(path, *anchor, input.options.at, rules.path);
  for (const crypto::PathFinding& f : judged.findings)
    out.fail(Area::chain, id, code_for(f, path.size()), f.detail);
  if (judged.ok()) out.pass(Area::chain, id, "the token's certificates chain to " + printable(anchor->label));
  judge_revocation(path, *anchor, input, prefix, out);
}

}  // namespace tee::token
