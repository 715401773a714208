// Variants with wrong certificates.
#include "codec/pem.h"
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using WorldStep = std::function<void(World&)>;
using MadeStep = std::function<void(Made&)>;

Row& add(std::vector<Row>& rows, std::string name, std::string what, std::string code) {
  return rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = 1, .code = std::move(code)});
}

void add_issued(std::vector<Row>& rows, std::string name, std::string what, std::string code,
                WorldStep step) {
  add(rows, std::move(name), std::move(what), std::move(code)).world = std::move(step);
}

void add_carried(std::vector<Row>& rows, std::string name, std::string what, std::string code,
                 MadeStep step) {
  add(rows, std::move(name), std::move(what), std::move(code)).made = std::move(step);
}

// What the quote carries in place of leaf, CA and root.
void add_shapes(std::vector<Row>& rows) {
  add_carried(rows, "bad-chain-no-root", "leaf and CA only", "intel.pck.chain", [](Made& m) {
    m.quote.certification = pem_of({m.issued.leaf, m.issued.ca});
  });
  add_carried(rows, "bad-chain-no-ca", "leaf and root only", "intel.pck.chain", [](Made& m) {
    m.quote.certification = pem_of({m.issued.leaf, m.issued.root});
  });
  add_carried(rows, "bad-chain-no-leaf", "CA and root only", "intel.pck.chain", [](Made& m) {
    m.quote.certification = pem_of({m.issued.ca, m.issued.root});
  });
  add_carried(rows, "bad-chain-leaf-twice", "the leaf twice, no root", "intel.pck.chain", [](Made& m) {
    m.quote.certification = pem_of({m.issued.leaf, m.issued.leaf, m.issued.ca});
  });
  add_carried(rows, "bad-chain-four", "a fourth certificate", "intel.pck.chain", [](Made& m) {
    m.quote.certification = pem_of({m.issued.leaf, m.issued.ca, m.issued.root, m.issued.tcb_signing});
  });
  add_carried(rows, "bad-chain-signer-as-ca", "TCB Signing in place of the CA", "intel.pck.chain",
              [](Made& m) {
                m.quote.certification = pem_of({m.issued.leaf, m.issued.tcb_signing, m.issued.root});
              });
  add_carried(rows, "bad-chain-empty", "no certificate at all", "chain.malformed",
              [](Made& m) { m.quote.certification.clear(); });
  add_carried(rows, "bad-chain-no-pem", "the certificates as DER", "chain.malformed", [](Made& m) {
    m.quote.certification = m.issued.leaf;
    append(m.quote.certification, m.issued.ca);
    append(m.quote.certification, m.issued.root);
  });
  add_carried(rows, "bad-chain-text", "text between the certificates", "chain.malformed", [](Made& m) {
    Bytes out = pem_of({m.issued.leaf});
    append(out, as_bytes("issuer: somebody\n"));
    append(out, pem_of({m.issued.ca, m.issued.root}));
    m.quote.certification = out;
  });
  add_carried(rows, "bad-chain-other-block", "a CRL block among the certificates", "chain.malformed",
              [](Made& m) { append(m.quote.certification, as_bytes(pem::encode("X509 CRL", m.root_crl))); });
  add_carried(rows, "bad-chain-flip", "one letter of the PEM text is changed", "chain.malformed",
              [](Made& m) { m.quote.certification[m.quote.certification.size() / 2] = '!'; });
}

void add_untrusted(std::vector<Row>& rows) {
  add(rows, "bad-root-same-name", "another root of the same name", "chain.untrusted").ask =
      [](const Made& m, Case& c) -> Status {
    Pki other = m.world.pki;
    set_key(other.root, named_key("other root"));
    other.root.signer = named_key("other root");
    TEE_TRY(Bytes der, issue(other.root));
    for (auto& [role, file] : c.anchors) file.bytes = der;
    return {};
  };
  add_issued(rows, "bad-root-other-name", "the root has another name", "chain.untrusted", [](World& w) {
    w.pki.root.spec.subject = w.pki.root.spec.issuer = w.pki.ca.spec.issuer =
        intel_name("Intel SGX Root CA 2");
  });
  rows.back().ask = [](const Made& m, Case& c) -> Status {
    TEE_TRY(Bytes der, issue(usual_pki(m.world.at, m.world.authority).root));
    for (auto& [role, file] : c.anchors) file.bytes = der;
    return {};
  };
  add(rows, "bad-anchor-for-collateral-only_S9", "the root is trusted for collateral, not for devices",
      "chain.untrusted")
      .ask = [](const Made&, Case& c) {
    std::erase_if(c.anchors, [](const auto& a) { return a.first == "device"; });
    return Status();
  };
}

void add_signatures(std::vector<Row>& rows) {
  add_issued(rows, "bad-leaf-signature", "the leaf's signature does not hold", "chain.invalid",
             [](World& w) { w.pki.leaf.spoil_signature = true; });
  add_issued(rows, "bad-ca-signature", "the CA's signature does not hold", "chain.untrusted",
             [](World& w) { w.pki.ca.spoil_signature = true; });
  add_issued(rows, "bad-root-signature", "the root in the quote does not verify itself", "chain.invalid",
             [](World& w) { w.pki.root.spoil_signature = true; });
  rows.back().ask = [](const Made& m, Case& c) -> Status {
    TEE_TRY(Bytes der, issue(usual_pki(m.world.at, m.world.authority).root));
    for (auto& [role, file] : c.anchors) file.bytes = der;
    return {};
  };
  add_issued(rows, "bad-leaf-by-root", "the root signed the leaf in the CA's name", "chain.invalid",
             [](World& w) { w.pki.leaf.signer = w.pki.root.key; });
  add_issued(rows, "bad-leaf-sha384", "the leaf is signed with SHA-384", "chain.invalid",
             [](World& w) { w.pki.leaf.spec.scheme = crypto::Scheme::ecdsa_sha384; });
  add_issued(rows, "bad-leaf-p384", "the leaf has a P-384 key", "intel.pck.chain",
             [](World& w) { w.pki.leaf.spec.key = named_key("pck p384", crypto::Curve::p384).public_key(); });
}

void add_names(std::vector<Row>& rows) {
  add_issued(rows, "bad-leaf-name", "the leaf is called after something else", "intel.pck.chain",
             [](World& w) { w.pki.leaf.spec.subject = intel_name("Intel SGX Attestation Report Signing"); });
  add_issued(rows, "bad-ca-name", "the CA is called after something else", "intel.pck.chain", [](World& w) {
    w.pki.ca.spec.subject = w.pki.leaf.spec.issuer = w.pck_crl.issuer =
        intel_name("Intel SGX PCK Platform CA Authority");
  });
  add_issued(rows, "bad-leaf-is-signer", "the TCB Signing certificate in place of the leaf",
             "intel.pck.chain", [](World& w) {
               w.pki.leaf.spec.subject = w.pki.tcb_signing.spec.subject;
               w.leaf_has_extension = false;
             });
}

void add_constraints(std::vector<Row>& rows) {
  add_issued(rows, "bad-leaf-is-ca", "the leaf is a CA certificate", "chain.invalid",
             [](World& w) { w.pki.leaf.spec.ca = true; });
  add_issued(rows, "bad-leaf-key-usage", "the leaf may not sign data", "chain.invalid", [](World& w) {
    w.pki.leaf.spec.digital_signature = false;
    w.pki.leaf.spec.crl_sign = true;
  });
  add_issued(rows, "bad-ca-is-no-ca", "the CA is no CA certificate", "chain.invalid", [](World& w) {
    w.pki.ca.spec.ca = false;
    w.pki.ca.spec.path_length.reset();
  });
  add_issued(rows, "bad-ca-key-usage", "the CA may not sign certificates", "chain.invalid",
             [](World& w) { w.pki.ca.spec.cert_sign = false; });
  add_issued(rows, "bad-leaf-critical", "the leaf has a critical extension that nobody knows",
             "chain.invalid", [](World& w) {
               w.pki.leaf.spec.extensions.push_back({"1.2.3.4", true, {5, 0}});
             });
  add_issued(rows, "bad-leaf-no-key-ids", "the leaf has no key identifiers", "intel.pck.chain",
             [](World& w) { w.pki.leaf.spec.key_ids = false; });
  add_issued(rows, "bad-leaf-no-crl-point", "the leaf names no CRL", "intel.pck.chain",
             [](World& w) { remove_extension(w.pki.leaf, "2.5.29.31"); });
  add_issued(rows, "bad-leaf-authority-key-id", "the leaf names another key of its issuer", "chain.invalid",
             [](World& w) { w.pki.leaf.spec.authority_key_id = Bytes(20, 1); });
}

void add_times(std::vector<Row>& rows) {
  add_issued(rows, "bad-leaf-expired", "the leaf ended a second ago", "chain.expired",
             [](World& w) { w.pki.leaf.spec.not_after = w.at - Seconds(1); });
  add_issued(rows, "bad-leaf-early", "the leaf begins in a second", "chain.not_yet_valid",
             [](World& w) { w.pki.leaf.spec.not_before = w.at + Seconds(1); });
  add_issued(rows, "bad-ca-expired", "the CA ended a second ago", "chain.expired",
             [](World& w) { w.pki.ca.spec.not_after = w.at - Seconds(1); });
  add_issued(rows, "bad-ca-early", "the CA begins in a second", "chain.not_yet_valid",
             [](World& w) { w.pki.ca.spec.not_before = w.at + Seconds(1); });
  add_issued(rows, "bad-root-expired", "the root ended a second ago", "chain.expired",
             [](World& w) { w.pki.root.spec.not_after = w.at - Seconds(1); });
}

}  // namespace

void add_chain_rows(std::vector<Row>& rows) {
  add_shapes(rows);
  add_untrusted(rows);
  add_signatures(rows);
  add_names(rows);
  add_constraints(rows);
  add_times(rows);
}

}  // namespace tee::mint::intel
