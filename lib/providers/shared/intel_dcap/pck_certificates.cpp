#include "providers/shared/intel_dcap/pck_certificates.h"

#include <algorithm>

#include "crypto/path.h"
#include "providers/shared/intel_dcap/codes.h"
#include "providers/shared/intel_dcap/pck.h"

namespace tee::intel {

namespace {

using crypto::Certificate;

constexpr std::size_t kChainSize = 3, kMostTrials = 64;

bool valid_at(const Certificate& c, Time at) { return c.not_before <= at && at <= c.not_after; }
bool self_issued(const Certificate& c) { return equal(c.subject, c.issuer); }
bool same_key(const Certificate& a, const Certificate& b) { return a.key && b.key && *a.key == *b.key; }

// Leaf, intermediate, root, told by who issued whom: quotes exist in which they stand in another order.
Status order(std::vector<Certificate>& found, PckCertificates& to) {
  if (found.size() != kChainSize)
    return fail(code::pck_chain,
                "three certificates expected (PCK, its CA, root), found " + std::to_string(found.size()));
  for (Certificate& root : found) {
    if (!self_issued(root)) continue;
    for (Certificate& intermediate : found) {
      if (&intermediate == &root || self_issued(intermediate) || !equal(intermediate.issuer, root.subject))
        continue;
      for (Certificate& leaf : found) {
        if (&leaf == &root || &leaf == &intermediate || !equal(leaf.issuer, intermediate.subject)) continue;
        to.leaf = std::move(leaf);
        to.intermediate = std::move(intermediate);
        to.root = std::move(root);
        return {};
      }
    }
  }
  return fail(code::pck_chain, "the three certificates are not a PCK certificate, its CA and a root");
}

// The certificates of a broken chain are still worth a look: the signature of the QE report can be judged.
void keep_leaf(const std::vector<Certificate>& found, PckCertificates& to) {
  for (const Certificate& c : found)
    if (is_pck_leaf(c) && !to.leaf) to.leaf = c;
}

void read_chain(ByteView pem, PckCertificates& to) {
  Result<std::vector<Certificate>> found = crypto::parse_certificates(pem);
  if (!found) {
    to.problem.emplace(code::chain_malformed, "certificates of the quote: " + found.error().message);
    return;
  }
  if (Status ordered = order(*found, to); !ordered) {
    to.problem.emplace(std::move(ordered).error());
    keep_leaf(*found, to);
  }
}

void read_leaf(ByteView bytes, PckCertificates& to) {
  Result<std::vector<Certificate>> found = crypto::parse_certificates(bytes);
  if (!found || found->size() != 1) {
    to.problem.emplace(code::chain_malformed, found ? "one PCK certificate expected in the quote, found " +
                                                          std::to_string(found->size())
                                                    : "certificate of the quote: " + found.error().message);
    return;
  }
  to.leaf = std::move(found->front());
}

// Types 1 to 3 only say which certificate to ask for. It belongs to this quote when its key verifies the QE
// report, or when the platform id in clear text and the security versions are the same.
bool belongs(const Certificate& c, const SignatureData& data, const std::optional<PckRequest>& wanted,
             PckCertificates& to) {
  to.qe_report_verified = c.key && crypto::verify(*c.key, crypto::Scheme::ecdsa_sha256, data.qe_report.raw,
                                                  data.qe_report_signature, crypto::EcForm::raw);
  if (to.qe_report_verified) return true;
  if (!wanted || !wanted->ppid) return false;
  const Result<PckFields> fields = parse_pck_extension(c.extension(kSgxExtensionOid)->value);
  return fields && fields->ppid == *wanted->ppid && fields->cpu_svn == wanted->cpu_svn &&
         fields->pce_svn == wanted->pce_svn;
}

void find_leaf(const SignatureData& data, const CollateralSet& collateral, PckCertificates& to) {
  const std::optional<PckRequest> wanted = parse_pck_request(data);
  std::size_t trials = 0;
  for (const CertificateItem& item : collateral.certificates) {
    if (!is_pck_leaf(item.certificate) || trials++ == kMostTrials) continue;
    if (!belongs(item.certificate, data, wanted, to)) continue;
    to.leaf = item.certificate;
    to.used.push_back(item);
    return;
  }
  to.missing = "the quote names its PCK certificate (certification data of type " +
               std::to_string(data.certification_type) + ") but does not carry it" +
               (trials > 0 ? ", and the PCK certificates given belong to other platforms" : "");
}

// One that verifies the leaf is preferred, and among those one that is valid at the judged time.
void find_intermediate(const CollateralSet& collateral, Time at, PckCertificates& to) {
  std::vector<const CertificateItem*> named;
  for (const CertificateItem& item : collateral.certificates) {
    const Certificate& c = item.certificate;
    const auto same = [&](const CertificateItem* other) { return equal(other->certificate.der(), c.der()); };
    if (!equal(c.subject, to.leaf->issuer) || std::any_of(named.begin(), named.end(), same)) continue;
    if (named.size() < kMostTrials) named.push_back(&item);
  }
  if (named.empty()) {
    to.missing = "no certificate of " + to.leaf->issuer_text() + ", which issued the PCK certificate";
    return;
  }
  std::stable_sort(named.begin(), named.end(), [at](const CertificateItem* a, const CertificateItem* b) {
    return valid_at(a->certificate, at) > valid_at(b->certificate, at);
  });
  const CertificateItem* best = named.front();
  for (const CertificateItem* item : named) {
    if (named.size() == 1) break;
    if (!item->certificate.key ||
        !crypto::issued_by(*to.leaf, item->certificate.subject, *item->certificate.key))
      continue;
    best = item;
    break;
  }
  to.intermediate = best->certificate;
  to.used.push_back(*best);
}

void renew(std::optional<Certificate>& current, const CollateralSet& collateral, Time at,
           PckCertificates& to) {
  if (!current || valid_at(*current, at)) return;
  for (const CertificateItem& item : collateral.certificates) {
    const Certificate& c = item.certificate;
    if (!valid_at(c, at) || !same_key(c, *current) || !equal(c.subject, current->subject) ||
        !equal(c.issuer, current->issuer))
      continue;
    current = c;
    to.used.push_back(item);
    return;
  }
}

}  // namespace

bool is_pck_leaf(const crypto::Certificate& certificate) {
  return certificate.extension(kSgxExtensionOid) != nullptr;
}

PckCertificates find_pck_certificates(const SignatureData& data, const CollateralSet& collateral, Time at) {
  PckCertificates out;
  if (data.certification_type == certification::kPckChain) {
    read_chain(data.certification_data, out);
  } else {
    if (data.certification_type == certification::kPckLeaf)
      read_leaf(data.certification_data, out);
    else
      find_leaf(data, collateral, out);
    if (out.leaf) find_intermediate(collateral, at, out);
  }
  renew(out.leaf, collateral, at, out);
  renew(out.intermediate, collateral, at, out);
  return out;
}

}  // namespace tee::intel
