// Choosing certificates for a path out of a pool, and judging a CRL against its issuer.
#include <algorithm>

#include "crypto/path.h"

namespace tee::crypto {

namespace {

constexpr std::size_t kMaxChain = 10, kMaxTrials = 64;

bool within_validity(const Certificate& certificate, std::optional<Time> at) {
  return !at || (certificate.not_before <= *at && *at <= certificate.not_after);
}

// The pool may be an attacker's: trials bound the public-key operations that a heap of decoys can cost.
class IssuerSearch {
 public:
  IssuerSearch(const std::vector<Certificate>& pool, std::optional<Time> at) : pool_(pool), at_(at) {}

  const Certificate* find(const Certificate& child, const std::vector<const Certificate*>& used) {
    std::vector<const Certificate*> named;
    for (const Certificate& candidate : pool_) {
      const auto same = [&](const Certificate* c) { return equal(c->der(), candidate.der()); };
      if (equal(candidate.subject, child.issuer) && std::none_of(used.begin(), used.end(), same)) {
        named.push_back(&candidate);
      }
    }
    if (named.size() <= 1) return named.empty() ? nullptr : named.front();
    const auto better = [&](const Certificate* a, const Certificate* b) {
      return rank(*a, child) > rank(*b, child);
    };
    std::stable_sort(named.begin(), named.end(), better);
    for (const Certificate* candidate : named) {
      if (verifies(*candidate, child)) return candidate;
    }
    return named.front();
  }

 private:
  // Valid now before expired, then the one whose key id the child asks for. Only an order of trying.
  int rank(const Certificate& candidate, const Certificate& child) const {
    const bool asked = !child.authority_key_id.empty() && child.authority_key_id == candidate.subject_key_id;
    return (within_validity(candidate, at_) ? 2 : 0) + (asked ? 1 : 0);
  }

  bool verifies(const Certificate& candidate, const Certificate& child) {
    if (!candidate.key || !child.scheme || trials_ == kMaxTrials) return false;
    ++trials_;
    return issued_by(child, candidate.subject, *candidate.key);
  }

  const std::vector<Certificate>& pool_;
  std::optional<Time> at_;
  std::size_t trials_ = 0;
};

}  // namespace

std::vector<const Certificate*> build_chain(const Certificate& leaf, const std::vector<Certificate>& pool,
                                            ByteView anchor_name, std::optional<Time> at) {
  std::vector<const Certificate*> chain{&leaf};
  IssuerSearch search(pool, at);
  while (chain.size() < kMaxChain && !equal(chain.back()->issuer, anchor_name)) {
    const Certificate* next = search.find(*chain.back(), chain);
    if (next == nullptr) break;
    chain.push_back(next);
  }
  return chain;
}

CrlState judge_crl(const Crl& crl, ByteView issuer_name, const PublicKey& issuer_key, Time at) {
  if (!equal(crl.issuer, issuer_name)) return CrlState::other_issuer;
  if (!crl.scheme || *crl.scheme == Scheme::rsa_pkcs1_sha1) return CrlState::unusable;
  if (!verify(issuer_key, *crl.scheme, crl.tbs, crl.signature)) return CrlState::bad_signature;
  if (crl.has_unknown_critical || crl.is_delta_or_partial) return CrlState::unusable;
  if (at < crl.this_update) return CrlState::not_yet_valid;
  // RFC 5280 section 5.1.2.5 requires nextUpdate; a CRL without one could never be told to be old.
  if (!crl.next_update || at > *crl.next_update) return CrlState::stale;
  return CrlState::current;
}

}  // namespace tee::crypto
