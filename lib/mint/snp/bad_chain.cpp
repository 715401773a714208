// Chains above the VEK that lead nowhere, or break a rule of path validation.
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

constexpr std::string_view kRealOrganisation = "Advanced Micro Devices";

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code) {
  return rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
}

// The whole chain belongs to somebody else; the anchor of the run stays the true ARK.
void add_strangers(std::vector<Row>& rows) {
  Row& look_alike = bad(rows, "bad-ark-look-alike", "a self-signed ARK with the same name and another key",
                        "chain.untrusted");
  look_alike.scene = [](Scene& s) {
    s.intermediate.key = ca_key(Ca::asvk).public_key();
    s.intermediate_signer = ca_key(Ca::stranger);
    s.vek_signer = ca_key(Ca::asvk);
  };
  look_alike.ask = [](const Made& made, Case& c) -> Status {
    CertificateSpec fake = made.scene.ark;
    fake.key = ca_key(Ca::stranger).public_key();
    TEE_TRY(Bytes der, issue(fake, ca_key(Ca::stranger)));
    c.collateral.push_back({"look-alike.der", std::move(der)});
    return {};
  };
  Row& pinned = bad(rows, "bad-pinned-look-alike_S9",
                    "AMD's own names throughout, other keys, no anchor given", "chain.untrusted");
  pinned.scene = [](Scene& s) {
    s.ark.subject = s.ark.issuer = s.intermediate.issuer =
        amd_name(ca_cn(s.line, Ca::ark), kRealOrganisation);
    s.intermediate.subject = s.vek.issuer = amd_name(ca_cn(s.line, Ca::ask), kRealOrganisation);
    s.vek.subject = amd_name("SEV-VCEK", kRealOrganisation);
  };
  const auto without_anchor = [](const Made& made, Case& c) {
    c.anchors.clear();
    c.collateral.push_back({"ark.der", made.ark});
    return Status();
  };
  pinned.ask = without_anchor;
  Row& unpinned = bad(rows, "bad-root-only-as-collateral_S8",
                      "the root travels with the collateral, no anchor given", "chain.untrusted");
  unpinned.ask = without_anchor;
  Row& self = bad(rows, "bad-vek-self-signed", "the VCEK signed itself", "chain.untrusted");
  self.scene = [](Scene& s) {
    s.vek.issuer = s.vek.subject;
    s.vek.scheme = crypto::Scheme::ecdsa_sha384;
    s.vek_signer = s.vek_key;
  };
  Row& other_role =
      bad(rows, "bad-anchor-of-other-role_S9", "the root is an anchor for tokens only", "chain.untrusted");
  other_role.ask = [](const Made&, Case& c) {
    c.anchors.front().first = "token";
    return Status();
  };
  Row& other_provider = bad(rows, "bad-anchor-of-other-provider_S9",
                            "the root is an anchor of another provider", "chain.untrusted");
  other_provider.ask = [](const Made&, Case& c) {
    c.anchors.front().first = "aws_nitro/device";
    return Status();
  };
}

void add_places(std::vector<Row>& rows) {
  Row& product =
      bad(rows, "bad-ask-of-other-product", "the ASK that was given is Milan's", "chain.untrusted");
  product.ask = [](const Made&, Case& c) -> Status {
    TEE_TRY(c.collateral.back().bytes, issue(ca_spec(Line::milan, Ca::ask), ca_key(Ca::ark)));
    return {};
  };
  Row& asvk =
      bad(rows, "bad-asvk-instead-of-ask", "the ASVK was given in place of the ASK", "chain.untrusted");
  asvk.ask = [](const Made& made, Case& c) -> Status {
    TEE_TRY(c.collateral.back().bytes, issue(ca_spec(made.scene.line, Ca::asvk), ca_key(Ca::ark)));
    return {};
  };
  Row& direct = bad(rows, "bad-vek-by-ark", "the VCEK hangs directly under the ARK", "chain.untrusted");
  direct.scene = [](Scene& s) {
    s.vek.issuer = s.ark.subject;
    s.vek_signer = ca_key(Ca::ark);
  };
  Row& ask_anchor = bad(rows, "bad-ask-as-anchor", "the ASK is given as trust anchor in place of the ARK",
                        "chain.untrusted");
  ask_anchor.ask = [](const Made& made, Case& c) {
    c.anchors = {{"device", {"anchor.der", made.intermediate}}};
    c.collateral.back() = {"ark.der", made.ark};
    return Status();
  };
  Row& mixed = bad(rows, "bad-ask-under-other-ark", "Genoa's ASK under Milan's ARK", "chain.invalid");
  mixed.scene = [](Scene& s) {
    s.ark = ca_spec(Line::milan, Ca::ark);
    s.intermediate.issuer = s.ark.subject;
  };
  Row& chain = bad(rows, "bad-other-product-chain", "a Genoa report under Milan's whole chain",
                   "snp.product.mismatch");
  chain.scene = [](Scene& s) {
    s.vek = vek_spec(Line::milan, s.kind, s.report, s.vek_key.public_key());
    s.intermediate = ca_spec(Line::milan, Ca::ask);
    s.ark = ca_spec(Line::milan, Ca::ark);
  };
  Row& missing = bad(rows, "bad-ask-missing", "the ASK was not given under a custom root", "chain.missing");
  missing.exit = 4;
  missing.ask = [](const Made&, Case& c) {
    c.collateral.pop_back();
    return Status();
  };
  Row& other_root =
      bad(rows, "bad-anchor-of-other-product", "only Milan's ARK is trusted", "chain.untrusted");
  other_root.ask = [](const Made&, Case& c) -> Status {
    TEE_TRY(c.anchors.front().second.bytes, issue(ca_spec(Line::milan, Ca::ark), ca_key(Ca::ark)));
    c.collateral.pop_back();
    return {};
  };
  // No ARK of Venice is pinned, and none is given.
  Row& venice = bad(rows, "bad-venice-unpinned", "a Venice report with AMD's names; its root is not known",
                    "snp.product.unpinned");
  venice.exit = 4;
  venice.line = Line::turin;
  venice.version = 5;
  venice.scene = [](Scene& s) {
    s.report.fms = {0x1a, 0x50, 0x00};
    set_extension(s.vek, "2", Bytes{0x16, 6, 'V', 'e', 'n', 'i', 'c', 'e'});
    s.vek.issuer = amd_name("SEV-Venice", kRealOrganisation);
  };
  venice.ask = [](const Made&, Case& c) {
    c.anchors.clear();
    c.collateral.pop_back();
    return Status();
  };
}

void add_rules(std::vector<Row>& rows) {
  const auto vek = [&](const char* name, const char* what, const char* code,
                       std::function<void(CertificateSpec&)> step) {
    bad(rows, name, what, code).scene = [step = std::move(step)](Scene& s) { step(s.vek); };
  };
  const auto ask = [&](const char* name, const char* what, const char* code,
                       std::function<void(CertificateSpec&)> step) {
    bad(rows, name, what, code).scene = [step = std::move(step)](Scene& s) { step(s.intermediate); };
  };
  vek("bad-vek-pkcs1", "the VCEK is signed with PKCS #1 v1.5", "chain.invalid",
      [](CertificateSpec& c) { c.scheme = crypto::Scheme::rsa_pkcs1_sha384; });
  vek("bad-vek-pss-sha256", "the VCEK is signed with PSS and SHA-256", "chain.invalid",
      [](CertificateSpec& c) { c.scheme = crypto::Scheme::rsa_pss_sha256; });
  vek("bad-vek-pss-sha512", "the VCEK is signed with PSS and SHA-512", "chain.invalid",
      [](CertificateSpec& c) { c.scheme = crypto::Scheme::rsa_pss_sha512; });
  vek("bad-vek-is-ca", "the VCEK says that it is a CA", "chain.invalid",
      [](CertificateSpec& c) { c.ca = true; });
  bad(rows, "bad-vek-signature", "the VCEK bears the ASK's name and is signed by another key",
      "chain.invalid")
      .scene = [](Scene& s) { s.vek_signer = ca_key(Ca::asvk); };
  ask("bad-ask-pkcs1", "the ASK is signed with PKCS #1 v1.5", "chain.invalid",
      [](CertificateSpec& c) { c.scheme = crypto::Scheme::rsa_pkcs1_sha384; });
  ask("bad-ask-no-ca", "the ASK is no CA", "chain.invalid", [](CertificateSpec& c) {
    c.ca = false;
    c.path_length.reset();
  });
  ask("bad-ask-no-cert-sign", "the ASK may not sign certificates", "chain.invalid", [](CertificateSpec& c) {
    c.cert_sign = false;
    c.digital_signature = true;
  });
  ask("bad-ask-expired_S14", "the ASK is past its end", "chain.expired",
      [](CertificateSpec& c) { c.not_after = kNow - Seconds(1); });
  ask("bad-ask-not-yet-valid_S14", "the ASK is before its start", "chain.not_yet_valid",
      [](CertificateSpec& c) { c.not_before = kNow + Seconds(1); });
  bad(rows, "bad-ask-signature", "the ASK is signed by another key than the ARK's", "chain.untrusted").scene =
      [](Scene& s) { s.intermediate_signer = ca_key(Ca::stranger); };
  bad(rows, "bad-ark-expired_S14", "the ARK is past its end", "chain.expired").scene = [](Scene& s) {
    s.ark.not_after = kNow - Seconds(1);
  };
}

}  // namespace

void add_chain_rows(std::vector<Row>& rows) {
  add_strangers(rows);
  add_places(rows);
  add_rules(rows);
}

}  // namespace tee::mint::snp
