#include "providers/shared/intel_dcap/judge.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "providers/shared/intel_dcap/anchors.h"
#include "providers/shared/intel_dcap/codes.h"
#include "providers/shared/intel_dcap/revocation.h"

namespace tee::intel {

namespace {

constexpr std::size_t kHashSize = 32;

void check_header(const QuoteHead& head, Findings& out) {
  if (head.header.vendor_id == kIntelVendorId)
    out.pass(Area::form, "intel.quote.vendor", "the quoting enclave is Intel's by its id");
  else
    out.fail(Area::form, "intel.quote.vendor", code::quote_vendor, "the vendor id is another one",
             hex(kIntelVendorId), hex(head.header.vendor_id));
}

std::optional<SignatureData> check_signature_data(ByteView evidence, const QuoteHead& head, Findings& out) {
  Result<SignatureData> data = parse_signature_data(evidence, head);
  if (!data) {
    out.fail(Area::form, "intel.quote.format", data.error());
    return std::nullopt;
  }
  out.pass(Area::form, "intel.quote.format",
           "version " + std::to_string(head.header.version) + " for " + std::string(to_string(head.tee)) +
               ", all sizes fit");
  out.judged_bytes = data->quote_size;
  return *std::move(data);
}

// r and s of zero are told apart from a signature that does not hold.
bool well_formed(ByteView signature) {
  return !all_zero(signature.first(32)) && !all_zero(signature.subspan(32));
}

bool qe_report_holds(const SignatureData& data, const PckChain& chain) {
  if (chain.qe_report_verified) return true;
  return chain.leaf->key && crypto::verify(*chain.leaf->key, crypto::Scheme::ecdsa_sha256, data.qe_report.raw,
                                           data.qe_report_signature, crypto::EcForm::raw);
}

void check_qe_report(const SignatureData& data, const PckChain& chain, Findings& out) {
  const std::string id = "intel.qe.report.signature";
  if (!well_formed(data.qe_report_signature)) {
    out.fail(Area::signature, id, code::signature_malformed, "r or s is zero");
  } else if (!chain.leaf) {
    out.undecided(Area::signature, id, code::chain_missing,
                  "the PCK certificate, whose key signed the QE report, is not there", "--collateral");
  } else if (qe_report_holds(data, chain)) {
    out.pass(Area::signature, id,
             "the key of the PCK certificate verifies the report of the quoting enclave");
  } else {
    out.fail(Area::signature, id, code::signature_invalid,
             "the key of the PCK certificate does not verify the report of the quoting enclave");
  }
}

// The quoting enclave vouches for the attestation key in its report data (SGX API, table 4).
void check_qe_binding(const SignatureData& data, Findings& out) {
  const std::string id = "intel.qe.binding";
  Bytes bound = to_bytes(data.attestation_key);
  append(bound, data.qe_auth_data);
  const auto expected = crypto::sha256(bound);
  const ByteView actual(data.qe_report.report_data);
  if (!equal(actual.first(kHashSize), expected)) {
    out.fail(Area::signature, id, code::qe_binding,
             "the report of the quoting enclave does not hold the hash of the attestation key", hex(expected),
             hex(actual.first(kHashSize)));
  } else if (!all_zero(actual.subspan(kHashSize))) {
    out.fail(Area::signature, id, code::qe_binding, "bytes follow the hash of the attestation key",
             "32 zero bytes", hex(actual.subspan(kHashSize)));
  } else {
    out.pass(Area::signature, id, "the quoting enclave vouches for the attestation key");
  }
}

void check_quote_signature(const SignatureData& data, const QuoteHead& head, Findings& out) {
  const std::string id = "intel.quote.signature";
  const Result<crypto::PublicKey> key = crypto::ec_key(crypto::Curve::p256, data.attestation_key);
  if (!key) {
    out.fail(Area::signature, id, code::signature_malformed, "the attestation key is not a point of P-256");
  } else if (!well_formed(data.signature)) {
    out.fail(Area::signature, id, code::signature_malformed, "r or s is zero");
  } else if (!crypto::verify(*key, crypto::Scheme::ecdsa_sha256, head.signed_bytes, data.signature,
                             crypto::EcForm::raw)) {
    out.fail(Area::signature, id, code::signature_invalid, "the attestation key does not verify the quote");
  } else {
    out.pass(Area::signature, id, "the attestation key verifies header and body");
  }
}

const crypto::TrustAnchor* same_anchor(const crypto::TrustAnchor& anchor,
                                       const std::vector<crypto::TrustAnchor>& among) {
  for (const crypto::TrustAnchor& a : among)
    if (equal(a.name, anchor.name) && a.key == anchor.key) return &a;
  return nullptr;
}

// CRLs are collateral: they count only from a root that vouches for collateral (S9), and only about what that
// root issued.
class Revocation {
 public:
  Revocation(const VerifyInput& input, const std::vector<crypto::TrustAnchor>& collateral_anchors,
             Findings& out)
      : input_(input), anchors_(collateral_anchors), out_(out) {}

  void check_chain(const PckChain& chain) {
    if (!chain.anchored) {
      for (const char* id : {"intel.crl.root", "intel.crl.pck"})
        out_.skip(Area::platform, id, chain.intermediate ? code::chain_untrusted : code::chain_missing,
                  "not judged: there is no chain to a trusted root");
      return;
    }
    const crypto::TrustAnchor* root = same_anchor(*chain.anchor, anchors_);
    if (root == nullptr) {
      for (const char* id : {"intel.crl.root", "intel.crl.pck"})
        out_.undecided(
            Area::platform, id, code::crl_missing,
            printable(chain.anchor->label) + " is trusted for devices, but not for collateral such as CRLs");
      return;
    }
    of(*root).check(*chain.intermediate, "intel.crl.root", code::chain_revoked, out_);
    const crypto::Certificate& ca = *chain.intermediate;
    const bool may = ca.key_usage && ca.key_usage->crl_sign;
    const CrlIssuer issuer{ca.subject, &*ca.key,
                           may ? CrlIssuer::Usage::allowed : CrlIssuer::Usage::forbidden};
    CrlShelf(issuer, input_.collateral, input_.options)
        .check(*chain.leaf, "intel.crl.pck", code::chain_revoked, out_);
  }

  void check_signer(const TcbSigner& signer) {
    const crypto::Certificate& c = signer.item->certificate;
    const Time at = input_.options.at;
    of(*signer.anchor).check(c, "intel.tcb_signing.crl", code::tcb_signer_revoked, out_);
    if (at > c.not_after) {
      out_.undecided(Area::platform, "intel.tcb_signing", code::collateral_stale,
                     "the TCB Signing certificate was valid until " + rfc3339(c.not_after), "--collateral");
    } else if (at < c.not_before) {
      out_.undecided(Area::platform, "intel.tcb_signing", code::collateral_not_yet_issued,
                     "the TCB Signing certificate is valid from " + rfc3339(c.not_before), "--collateral");
    } else {
      out_.pass(Area::platform, "intel.tcb_signing",
                "the TCB Signing certificate leads to " + printable(signer.anchor->label));
      out_.expires(c.not_after);
    }
  }

 private:
  // The lists of each root are judged once.
  const CrlShelf& of(const crypto::TrustAnchor& root) {
    for (const auto& [anchor, shelf] : shelves_)
      if (anchor == &root) return shelf;
    return shelves_.emplace_back(&root, CrlShelf({root.name, &root.key}, input_.collateral, input_.options))
        .second;
  }

  const VerifyInput& input_;
  const std::vector<crypto::TrustAnchor>& anchors_;
  Findings& out_;
  std::vector<std::pair<const crypto::TrustAnchor*, CrlShelf>> shelves_;
};

// The weaker of the two: one root of the operator's own taints the result.
Trust weaker(Trust a, Trust b) {
  for (const Trust t : {Trust::simulated, Trust::custom, Trust::supplied})
    if (a == t || b == t) return t;
  return Trust::pinned;
}

void check_signers(const Documents& documents, Revocation& revocation) {
  const TcbSigner* const info = documents.tcb_info.signer;
  const TcbSigner* const identity = documents.qe_identity.signer;
  if (info != nullptr) revocation.check_signer(*info);
  if (identity != nullptr && identity != info) revocation.check_signer(*identity);
}

}  // namespace

Judged judge_quote(const VerifyInput& input, const QuoteHead& head, Provider provider, Findings& out) {
  const AppraisalOptions& options = input.options;
  constexpr std::size_t kUsualChecks = 40;
  Judged judged;
  out.checks.reserve(kUsualChecks);
  out.signed_bytes_sha256 = to_bytes(crypto::sha256(head.signed_bytes));
  check_header(head, out);
  judged.data = check_signature_data(input.evidence, head, out);
  if (!judged.data) return judged;

  const AnchorChoice device = options.anchors_for(provider, AnchorRole::device, pinned_roots());
  const AnchorChoice collateral = options.anchors_for(provider, AnchorRole::collateral, pinned_roots());
  out.trust = weaker(device.trust, collateral.trust);

  PckCertificates certificates = find_pck_certificates(*judged.data, input.collateral, options.at);
  judged.chain = judge_pck_chain(std::move(certificates), device, options.at, out);
  check_qe_report(*judged.data, judged.chain, out);
  check_qe_binding(*judged.data, out);
  check_quote_signature(*judged.data, head, out);

  Revocation revocation(input, collateral.anchors, out);
  revocation.check_chain(judged.chain);
  TcbSigners signers(input.collateral, collateral.anchors, options.at);
  judged.documents = choose_documents(head.tee, judged.chain.fields, input.collateral, options, signers, out);
  check_signers(judged.documents, revocation);
  // The signers end here; what points at them must not outlive them.
  judged.documents.tcb_info.signer = judged.documents.qe_identity.signer = nullptr;

  judge_qe_identity(judged.data->qe_report, judged.documents, out);
  judge_tcb(head, judged, options, out);
  return judged;
}

}  // namespace tee::intel
