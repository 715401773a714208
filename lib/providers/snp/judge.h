// One report with everything that is needed to judge it, and the checks in the order of verify.cpp. Floor F3.
//
// Each function adds exactly one check (or says why it could not be made) and decides nothing else.
#pragma once

#include <optional>

#include "evidence/findings.h"
#include "providers/snp/endorsement.h"

namespace tee::snp {

struct Subject {
  const Report& report;
  const CollateralSet& collateral;
  const AppraisalOptions& options;
  TrustBase base;
  std::optional<Endorsement> vek;
  TcbLayout layout = TcbLayout::classic;

  bool signed_by_vek() const { return vek && vek->belongs == Endorsement::Belongs::signs; }
};

// report_checks.cpp: the report's own form, and the signature.
void check_version(const Report& report, Findings& out);
void check_reserved(const Report& report, Findings& out);
void check_policy_form(const Report& report, Findings& out);
void check_key_info(const Report& report, Findings& out);
void check_chip_key(const Report& report, Findings& out);
void check_tcb_layout(const Subject& s, Findings& out);
void check_signature_algorithm(const Report& report, Findings& out);
void check_signature(const Subject& s, Findings& out);

// vek_checks.cpp: the certificate of the key that signed.
void check_vek_found(const Subject& s, Findings& out);
void check_vek_profile(const Subject& s, Findings& out);
void check_vek_validity(const Subject& s, Findings& out);
void check_vek_tcb(const Subject& s, Findings& out);
void check_vek_hwid(const Subject& s, Findings& out);

// chain_checks.cpp: from that certificate to the root, and the product that the root stands for.
void check_ask(const Subject& s, Findings& out);
void check_ark(const Subject& s, Findings& out);
void check_product(const Subject& s, Findings& out);
std::optional<Product> certified_product(const Subject& s);
void list_chain(const Subject& s, Findings& out);

}  // namespace tee::snp
