#include "providers/shared/token/keys.h"

#include "base/encoding.h"
#include "providers/shared/token/codes.h"
#include "providers/shared/token/jwks.h"

namespace tee::token {

namespace {

struct Candidate {
  Jwk key;
  const DocumentItem* document = nullptr;
};

struct Search {
  std::vector<Candidate> found;
  std::string unreadable;        // why a supplied key set could not be used
  std::size_t other_issuer = 0;  // key sets that the operator gave for somebody else
  std::size_t embedded = 0;      // key sets that came with the evidence
};

Search search(const KeyQuery& query, const CollateralSet& collateral) {
  Search out;
  for (const DocumentItem& item : collateral.documents) {
    if (item.kind != DocumentKind::jwks) continue;
    if (item.origin == Origin::embedded) {
      ++out.embedded;
      continue;
    }
    if (!item.issuer.empty() && item.issuer != query.issuer) {
      ++out.other_issuer;
      continue;
    }
    Result<KeySet> set = parse_jwks(item.body);
    if (!set) {
      out.unreadable = printable(item.source) + ": " + set.error().message;
      continue;
    }
    if (const Jwk* key = set->find(query.kid)) out.found.push_back({*key, &item});
  }
  return out;
}

std::string why_missing(const Search& s) {
  std::string text = "no supplied key set has the token's key id";
  if (s.other_issuer) text += "; key sets of other issuers do not count";
  if (s.embedded) text += "; key sets that came with the evidence do not count";
  return text;
}

// A key that the set keeps for another algorithm is not this token's, whatever the header says.
bool agrees(const Candidate& c, const Algorithm& algorithm) {
  return (c.key.alg.empty() || c.key.alg == algorithm.name) && fits(algorithm, *c.key.key);
}

}  // namespace

std::optional<crypto::PublicKey> find_key(const KeyQuery& query, const CollateralSet& collateral,
                                          const std::string& prefix, Findings& out) {
  const std::string id = prefix + "key";
  const Search s = search(query, collateral);
  if (s.found.empty()) {
    if (!s.unreadable.empty())
      out.undecided(Area::signature, id, code::jwk_unusable, s.unreadable, "--collateral");
    else
      out.undecided(Area::signature, id, code::key_missing, why_missing(s), "--collateral").actual =
          printable(query.kid, 100);
    return std::nullopt;
  }
  const Candidate& first = s.found.front();
  for (const Candidate& c : s.found) {
    if (c.key.key == first.key.key) continue;
    out.undecided(Area::signature, id, code::jwk_ambiguous, "two different keys have the token's key id",
                  "--collateral");
    return std::nullopt;
  }
  out.use(*first.document, "key set");
  if (!first.key.key) {
    out.undecided(Area::signature, id, code::jwk_unusable, "the key cannot be used: " + first.key.problem,
                  "--collateral");
    return std::nullopt;
  }
  out.chain.push_back({.subject = "key " + printable(query.kid, 100),
                       .issuer = printable(query.issuer, 200),
                       .serial = {},
                       .not_before = {},
                       .not_after = {},
                       .sha256 = {},
                       .role = "token key (supplied)"});
  if (query.algorithm && !agrees(first, *query.algorithm)) {
    out.fail(Area::signature, id, code::algorithm, "the algorithm does not fit the key",
             first.key.alg.empty() ? crypto::describe(*first.key.key) : printable(first.key.alg, 20),
             std::string(query.algorithm->name));
    return std::nullopt;
  }
  out.pass(Area::signature, id, "the token's key is in a supplied key set");
  return first.key.key;
}

}  // namespace tee::token
