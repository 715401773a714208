// Section 3 of the judgement: the VCEK or VLEK certificate (AMD 57230).
#include "base/encoding.h"
#include "providers/snp/codes.h"
#include "providers/snp/judge.h"

namespace tee::snp {

namespace {

void skip_vek(const char* id, Findings& out) {
  out.skip(Area::chain, id, code::chain_missing, "no certificate of this chip to judge", "--collateral");
}

}  // namespace

void check_vek_found(const Subject& s, Findings& out) {
  if (!s.vek) {
    const std::size_t others = s.collateral.certificates.size();
    out.undecided(Area::chain, "snp.vek.found", code::chain_missing,
                  others == 0 ? "no VCEK or VLEK certificate is at hand"
                              : "none of the " + std::to_string(others) +
                                    " certificates at hand belongs to this report",
                  "--collateral");
    return;
  }
  out.use(*s.vek->item, "vek");
  switch (s.vek->belongs) {
    case Endorsement::Belongs::signs:
      out.pass(Area::chain, "snp.vek.found", "the certificate's key signed the report");
      break;
    case Endorsement::Belongs::claims:
      out.pass(Area::chain, "snp.vek.found", "a certificate claims this chip and TCB");
      break;
    case Endorsement::Belongs::other_tcb:
      out.pass(Area::chain, "snp.vek.found", "a certificate of this chip");
      break;
  }
}

// Extensions, key and kind (AMD 57230). The first fault gives the code, the message names all.
void check_vek_profile(const Subject& s, Findings& out) {
  if (!s.vek) return skip_vek("snp.vek.profile", out);
  if (s.vek->faults.empty()) {
    out.pass(Area::chain, "snp.vek.profile", "the certificate follows AMD's profile");
    return;
  }
  std::string all;
  for (const Fault& f : s.vek->faults) all += (all.empty() ? "" : "; ") + f.message;
  out.fail(Area::chain, "snp.vek.profile", *s.vek->faults.front().code, all);
}

void check_vek_validity(const Subject& s, Findings& out) {
  if (!s.vek) return skip_vek("snp.vek.validity", out);
  const crypto::Certificate& c = s.vek->item->certificate;
  const std::string at = rfc3339(s.options.at);
  if (s.options.at > c.not_after)
    out.fail(Area::chain, "snp.vek.validity", code::chain_expired,
             "the certificate has expired; AMD issues a new one for the same key",
             "until " + rfc3339(c.not_after), at);
  else if (s.options.at < c.not_before)
    out.fail(Area::chain, "snp.vek.validity", code::chain_not_yet_valid, "the certificate is not valid yet",
             "from " + rfc3339(c.not_before), at);
  else
    out.pass(Area::chain, "snp.vek.validity", "the certificate is valid until " + rfc3339(c.not_after));
}

void check_vek_tcb(const Subject& s, Findings& out) {
  if (!s.vek) return skip_vek("snp.vek.tcb", out);
  const std::string reported = text_of(parts_of(s.report.reported_tcb, s.layout));
  if (s.vek->tcb_ok)
    out.pass(Area::chain, "snp.vek.tcb", "the certificate is for the reported TCB: " + reported);
  else
    out.fail(Area::chain, "snp.vek.tcb", code::vek_tcb,
             "the certificate is for another TCB than the reported one", reported,
             certified_tcb_text(s.vek->profile));
}

// hwID equals CHIP_ID. It is the only tie between a VCEK and the chip, so a masked id is refused (S13).
void check_vek_hwid(const Subject& s, Findings& out) {
  if (s.report.signing_key() == signing_key::kVcek && s.report.chip_id_masked()) {
    out.fail(Area::platform, "snp.vek.hwid", code::chip_id_masked, "CHIP_ID is masked under a VCEK");
  } else if (s.report.signing_key() == signing_key::kVlek) {
    out.skip(Area::chain, "snp.vek.hwid", code::vek_no_chip,
             "a VLEK belongs to a cloud provider, not to a chip");
  } else if (!s.vek) {
    skip_vek("snp.vek.hwid", out);
  } else if (s.vek->hwid_ok) {
    out.pass(Area::chain, "snp.vek.hwid", "the certificate is for this chip");
  } else {
    const auto& id = s.vek->profile.hwid;
    out.fail(Area::chain, "snp.vek.hwid", code::vek_hwid, "the certificate is for another chip",
             hex(s.report.chip_id), id ? hex(*id) : "none");
  }
}

}  // namespace tee::snp
