// Sections 4 and 5 of the judgement: the chain above the VEK, and the product.
#include "base/encoding.h"
#include "evidence/path_code.h"
#include "providers/snp/codes.h"
#include "providers/snp/judge.h"

namespace tee::snp {

namespace {

void skip_chain(const char* id, Findings& out) {
  out.skip(Area::chain, id, code::chain_missing, "no certificate of this chip to judge", "--collateral");
}

bool about_vek(const crypto::PathFinding& f) {
  using crypto::PathProblem;
  return f.index == 0 && f.problem != PathProblem::expired && f.problem != PathProblem::not_yet_valid;
}
bool above_vek(const crypto::PathFinding& f) { return f.index > 0; }

// One check from the findings that `mine` picks; true when there was something to report.
bool report_findings(const VekPath& path, bool (*mine)(const crypto::PathFinding&), const char* id,
                     Findings& out) {
  const std::size_t length = path.supplied ? 2 : 1;
  const Code* first = nullptr;
  std::string all;
  for (const crypto::PathFinding& f : path.result.findings) {
    if (!mine(f)) continue;
    if (!first) first = &code_for(f, length);
    all += (all.empty() ? "" : "; ") + f.detail;
  }
  if (first) out.fail(Area::chain, id, *first, all);
  return first != nullptr;
}

}  // namespace

// The VEK is issued by an ASK or ASVK that is pinned or was given.
void check_ask(const Subject& s, Findings& out) {
  if (!s.vek) return skip_chain("snp.chain.ask", out);
  const VekPath& path = s.vek->path;
  const std::string issuer = printable(s.vek->item->certificate.issuer_text());
  switch (path.state) {
    case VekPath::State::intermediate_missing:
      out.undecided(Area::chain, "snp.chain.ask", code::chain_missing,
                    "the certificate of the issuer is missing: " + issuer, "--collateral");
      return;
    case VekPath::State::product_unpinned:
      out.undecided(Area::chain, "snp.chain.ask", code::product_unpinned,
                    "no AMD key is pinned for the issuer " + issuer);
      return;
    case VekPath::State::untrusted:
      if (path.supplied)
        out.pass(Area::chain, "snp.chain.ask", "issued by a certificate that was given");
      else
        out.fail(Area::chain, "snp.chain.ask", code::chain_untrusted,
                 "issued by nobody who is trusted: " + issuer);
      return;
    case VekPath::State::judged: break;
  }
  if (!report_findings(path, about_vek, "snp.chain.ask", out))
    out.pass(Area::chain, "snp.chain.ask", "issued by " + issuer + (path.supplied ? "" : " (pinned)"));
}

// That issuer hangs under an ARK that is pinned or that the operator named, of the same product.
void check_ark(const Subject& s, Findings& out) {
  if (!s.vek) return skip_chain("snp.chain.ark", out);
  const VekPath& path = s.vek->path;
  if (path.state == VekPath::State::untrusted && path.supplied) {
    out.fail(Area::chain, "snp.chain.ark", code::chain_untrusted,
             "the issuer's certificate leads to no trusted root: " +
                 printable(path.supplied->certificate.issuer_text()));
    return;
  }
  if (path.state != VekPath::State::judged) {
    out.skip(Area::chain, "snp.chain.ark", code::chain_missing, "no issuer from which to go on");
    return;
  }
  if (report_findings(path, above_vek, "snp.chain.ark", out)) return;
  const auto intermediate = path.intermediate_name();
  const std::string root_cn = crypto::Certificate::name_attribute(path.root->name, "2.5.4.3");
  const auto root = read_common_name(root_cn);
  if (!intermediate || !root || root->role != Role::ark || intermediate->role == Role::ark ||
      intermediate->product != root->product)
    out.fail(Area::chain, "snp.chain.ark", code::chain_invalid,
             "the issuer and its root are not the ASK or ASVK and the ARK of one product: root " +
                 printable(root_cn, 64));
  else
    out.pass(Area::chain, "snp.chain.ark",
             root_cn + (s.base.trust == Trust::pinned ? " (pinned)" : " (given as trust anchor)"));
}

void list_chain(const Subject& s, Findings& out) {
  if (!s.vek) return;
  const VekPath& path = s.vek->path;
  const crypto::Certificate& vek = s.vek->item->certificate;
  out.add_chain(vek, s.vek->profile.kind == VekKind::vlek ? "vlek" : "vcek");
  out.expires(vek.not_after);
  if (path.supplied) {
    out.use(*path.supplied, "intermediate");
    out.add_chain(path.supplied->certificate, "intermediate");
    out.expires(path.supplied->certificate.not_after);
  } else if (path.pinned) {
    out.add_chain(path.pinned->anchor, "intermediate (pinned)");
    if (path.root) out.chain.back().issuer = printable(crypto::Certificate::name_text(path.root->name));
    if (path.pinned->anchor.not_after) out.expires(*path.pinned->anchor.not_after);
  }
  if (!path.root) return;
  out.add_chain(*path.root, s.base.trust == Trust::pinned ? "anchor (pinned)" : "anchor (custom)");
  if (path.root->not_after) out.expires(*path.root->not_after);
}

std::optional<Product> certified_product(const Subject& s) {
  if (!s.vek || s.vek->path.state != VekPath::State::judged) return std::nullopt;
  const auto name = s.vek->path.intermediate_name();
  return name ? std::optional(name->product) : std::nullopt;
}

// From version 3 on the CPUID in the report must name the product whose keys signed; version 2
// leaves it to the chain.
void check_product(const Subject& s, Findings& out) {
  const char* id = "snp.product";
  const std::optional<Product> stated = s.report.cpuid_product(), certified = certified_product(s);
  if (!s.report.has_cpuid()) {
    if (certified)
      out.pass(Area::platform, id, std::string(to_string(*certified)) + ", by the certificate's issuer");
    else
      out.skip(Area::platform, id, code::chain_missing,
               "a version 2 report does not say; the certificate would", "--collateral");
  } else if (!stated) {
    out.fail(Area::platform, id, code::product_unknown, "no known product has this CPUID", {},
             "family, model, stepping " + hex(s.report.cpuid_fms));
  } else if (certified && certified != stated) {
    out.fail(Area::chain, id, code::product_mismatch, "the certificate was issued for another product",
             std::string(to_string(*stated)), std::string(to_string(*certified)));
  } else if (!certified && *stated == Product::venice && s.base.trust == Trust::pinned) {
    out.undecided(Area::platform, id, code::product_unpinned, "no AMD root key is pinned for Venice");
  } else {
    out.pass(Area::platform, id, std::string(to_string(*stated)) + ", by the CPUID in the report");
  }
}

}  // namespace tee::snp
