// Signed manifests of the fake NVIDIA, in the shape of the genuine ones.
#include "base/encoding.h"
#include "codec/xml.h"
#include "mint/nvidia/device.h"

namespace tee::mint::nvidia {

namespace {

using crypto::PrivateKey;

struct RimPki {
  std::vector<PrivateKey> keys;     // signer, L3, root, foreign root
  std::vector<Bytes> certificates;  // signer, L3, root
};

CertificateSpec spec_for(const std::string& subject, const std::string& issuer, const crypto::PublicKey& key, std::uint8_t serial) {
  CertificateSpec c;
  c.subject = common_name(subject);
  c.issuer = common_name(issuer);
  c.key = key;
  c.serial = {serial};
  c.not_before = unix_time(kMadeAt - 3600 * 24 * 30);
  c.not_after = unix_time(kMadeAt + 3600 * 24 * 700);
  c.scheme = crypto::Scheme::ecdsa_sha384;
  return c;
}

// One PKI per kind of root and signer.
Result<RimPki> make_pki(bool expired_signer) {
  RimPki pki;
  for (int i = 0; i < 3; ++i) {
    TEE_TRY(PrivateKey key, PrivateKey::generate_ec(crypto::Curve::p384));
    pki.keys.push_back(std::move(key));
  }
  const std::string root_name = "Made-up CoRIM signing Root CA", l3_name = "Made-up RIM L3", signer_name = "Made-up RIM L4 Signer";
  CertificateSpec root = spec_for(root_name, root_name, pki.keys[2].public_key(), 1);
  CertificateSpec l3 = spec_for(l3_name, root_name, pki.keys[1].public_key(), 2);
  for (CertificateSpec* c : {&root, &l3}) {
    c->ca = true;
    c->cert_sign = c->crl_sign = true;
  }
  CertificateSpec signer = spec_for(signer_name, l3_name, pki.keys[0].public_key(), 3);
  signer.digital_signature = true;
  if (expired_signer) signer.not_after = unix_time(kMadeAt - 3600 * 24);
  TEE_TRY(Bytes root_der, make_certificate(root, pki.keys[2]));
  TEE_TRY(Bytes l3_der, make_certificate(l3, pki.keys[2]));
  TEE_TRY(Bytes signer_der, make_certificate(signer, pki.keys[1]));
  pki.certificates = {signer_der, l3_der, root_der};
  return pki;
}

// Signs with a key of its own, and puts a certificate for it among the vendor's where that is asked for.
Status let_stranger_sign(RimSpec::Signer who, RimPki& pki) {
  if (who == RimSpec::Signer::listed) return {};
  TEE_TRY(pki.keys[0], PrivateKey::generate_ec(crypto::Curve::p384));
  if (who == RimSpec::Signer::stranger) return {};
  CertificateSpec own = spec_for("Made-up RIM L4 Signer", "Made-up RIM L3", pki.keys[0].public_key(), 9);
  own.digital_signature = true;
  TEE_TRY(Bytes certificate, make_certificate(own, pki.keys[0]));
  const bool first = who == RimSpec::Signer::stranger_listed_first;
  pki.certificates.insert(first ? pki.certificates.begin() : pki.certificates.end(), std::move(certificate));
  return {};
}

// The expired signer stands under the ordinary root, so only its dates differ.
Result<RimPki> pki_for(const RimSpec& spec) {
  static const Result<RimPki> ordinary = make_pki(false), foreign = make_pki(false);
  if (spec.foreign_root) return foreign;
  if (!spec.expired_signer && !spec.early_signer) return ordinary;
  TEE_TRY(RimPki pki, ordinary);
  CertificateSpec signer = spec_for("Made-up RIM L4 Signer", "Made-up RIM L3", pki.keys[0].public_key(), 3);
  signer.digital_signature = true;
  if (spec.early_signer) signer.not_before = unix_time(kMadeAt + 1);
  else signer.not_after = unix_time(kMadeAt - 3600 * 24);
  TEE_TRY(pki.certificates[0], make_certificate(signer, pki.keys[1]));
  return pki;
}

std::string resources(const RimSpec& spec) {
  std::string out;
  for (const auto& [index, values] : spec.active) {
    out += "    <Resource type=\"Measurement\" index=\"" + std::to_string(index) + "\" active=\"True\" alternatives=\"" +
           std::to_string(values.size()) + "\" name=\"Measurement_" + std::to_string(index) + "\" size=\"48\"";
    for (std::size_t i = 0; i < values.size(); ++i) out += " ns2:Hash" + std::to_string(i) + "=\"" + hex(values[i]) + "\"";
    out += "/>\n";
  }
  return out;
}

std::string unsigned_document(const RimSpec& spec) {
  return "<SoftwareIdentity xmlns=\"http://standards.iso.org/iso/19770/-2/2015/schema.xsd\" "
         "xmlns:ns0=\"http://standards.iso.org/iso/19770/-2/2015/schema.xsd\" xmlns:ns2=\"http://www.w3.org/2001/04/xmlenc#sha384\" "
         "corpus=\"false\" name=\"" + spec.chip + "\" patch=\"false\" tagVersion=\"0\" version=\"1.0\">\n"
         "  <ns0:Meta xmlns:ns1=\"https://trustedcomputinggroup.org/resource/tcg-reference-integrity-manifest-rim-information-model/\" "
         "colloquialVersion=\"" + spec.version + "\" edition=\"" + spec.edition + "\" product=\"" + spec.chip +
         "\" ns1:FirmwareManufacturerId=\"5703\"/>\n"
         "  <Payload>\n" + resources(spec) + "    <Resource type=\"Measurement\" index=\"255\" active=\"False\" alternatives=\"1\"/>\n"
         "  </Payload>\n</SoftwareIdentity>";
}

std::string signed_info(const std::string& digest) {
  return "<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2006/12/xml-c14n11\"></ds:CanonicalizationMethod>"
         "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384\"></ds:SignatureMethod>"
         "<ds:Reference URI=\"\"><ds:Transforms>"
         "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>"
         "<ds:Transform Algorithm=\"http://www.w3.org/2006/12/xml-c14n11\"></ds:Transform></ds:Transforms>"
         "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#sha384\"></ds:DigestMethod>"
         "<ds:DigestValue>" + digest + "</ds:DigestValue></ds:Reference></ds:SignedInfo>";
}

std::string with_signature(std::string document, const std::string& info, const std::string& value, const std::string& extra,
                           const RimPki& pki) {
  std::string block = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">" + info + "<ds:SignatureValue>" + value +
                      "</ds:SignatureValue><ds:KeyInfo>" + extra + "<ds:X509Data>";
  for (const Bytes& c : pki.certificates) block += "<ds:X509Certificate>" + base64(c) + "</ds:X509Certificate>";
  block += "</ds:X509Data></ds:KeyInfo></ds:Signature>";
  document.insert(document.rfind("</SoftwareIdentity>"), block);
  return document;
}

}  // namespace

Result<Bytes> rim_root() {
  TEE_TRY(const RimPki pki, pki_for({}));
  return pki.certificates[2];
}

Result<std::string> make_rim(const RimSpec& spec) {
  TEE_TRY(RimPki pki, pki_for(spec));
  TEE_CHECK(let_stranger_sign(spec.signer, pki));
  std::string document = unsigned_document(spec);
  if (spec.before_signing) spec.before_signing(document);
  TEE_TRY(const xml::Node plain, xml::parse(document));
  const std::string info = signed_info(base64(crypto::sha384(as_bytes(xml::canonical(plain)))));
  // Signed as it will stand inside the document: parse it there and canonicalise it as a subset.
  TEE_TRY(const xml::Node whole, xml::parse(with_signature(document, info, "", "", pki)));
  constexpr std::string_view kDsig = "http://www.w3.org/2000/09/xmldsig#";
  const xml::Node* placed = whole.child(kDsig, "Signature")->child(kDsig, "SignedInfo");
  TEE_TRY(const Bytes value, pki.keys[0].sign(crypto::Scheme::ecdsa_sha384, as_bytes(xml::canonical_subset(whole, *placed)),
                                              crypto::EcForm::raw));
  std::string out = with_signature(std::move(document), info, base64(value), spec.key_info_extra, pki);
  if (spec.after_signing) spec.after_signing(out);
  return out;
}

}  // namespace tee::mint::nvidia
