// CRLs of one issuer: judged once, then asked about the certificates of that issuer. Floor F3.
//
// Intel SGX PCK Certificate and CRL Profile Specification, section 1.4. Intel needs CRLs: without a current
// one that the operator gave, the answer stays open. A serial that any list names, also one that is stale or
// came with the evidence, is revoked; otherwise the newest list decides (S11).
#pragma once

#include <string>
#include <vector>

#include "evidence/findings.h"
#include "evidence/options.h"

namespace tee::intel {

struct CrlIssuer {
  ByteView name;
  const crypto::PublicKey* key = nullptr;
  enum class Usage { allowed, forbidden } crl_sign = Usage::allowed;
};

class CrlShelf {
 public:
  CrlShelf(const CrlIssuer& issuer, const CollateralSet& collateral, const AppraisalOptions& options);

  // Adds one check. `revoked` is the code when a list names the certificate.
  void check(const crypto::Certificate& certificate, const std::string& id, const Code& revoked,
             Findings& out) const;

 private:
  struct Judged {
    const CrlItem* item;
    crypto::CrlState state;  // current or stale
    bool counts;             // given by the operator, or embedded ones are allowed to count
  };

  void judge(const CrlItem& item, const CrlIssuer& issuer, const AppraisalOptions& options);
  void note(const Code& code, std::string text);
  const Judged* newest() const;
  void conclude(const Judged& newest, const std::string& id, Findings& out) const;

  std::string issuer_name_;
  std::vector<Judged> judged_;
  ByteView other_issuer_;          // of a list that does not speak for this one
  const Code* problem_ = nullptr;  // why there is no list that counts
  std::string problem_text_;
};

}  // namespace tee::intel
