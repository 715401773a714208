#include "providers/snp/inspect.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/collateral.h"
#include "providers/snp/claims.h"
#include "providers/snp/container.h"

namespace tee::snp {

namespace {

Json certificate_json(const crypto::Certificate& c) {
  return {{"subject", printable(c.subject_text())},
          {"issuer", printable(c.issuer_text())},
          {"serial", c.serial_hex()},
          {"not_before", rfc3339(c.not_before)},
          {"not_after", rfc3339(c.not_after)},
          {"sha256", hex(c.fingerprint())}};
}

}  // namespace

Result<Json> inspect(ByteView evidence) {
  const Container container = open_container(evidence);
  if (container.report.empty() && container.problem) return tl::unexpected(*container.problem);
  TEE_TRY(const Report report, parse_report(container.report));
  Json out{{"form", to_string(container.form)},
           {"firmware_version", report.current.text()},
           {"report", decode_report(report, layout_for(report, nullptr))},
           {"signature", {{"r", hex(report.r)}, {"s", hex(report.s)}}},
           {"signed_sha256", hex(crypto::sha256(report.signed_bytes))}};
  if (container.problem) out["problem"] = container.problem->message;
  if (container.table.empty()) return out;
  TEE_TRY(const CollateralSet table,
          read_certificate_table(container.table, "certificate table", Origin::embedded));
  Json certificates = Json::array();
  for (const CertificateItem& item : table.certificates) {
    Json c = certificate_json(item.certificate);
    if (const VekProfile profile = read_profile(item.certificate); profile.kind)
      c["vek"] = decode_vek(profile);
    certificates.push_back(std::move(c));
  }
  out["certificates"] = std::move(certificates);
  return out;
}

}  // namespace tee::snp
