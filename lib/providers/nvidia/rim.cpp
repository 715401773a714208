#include "providers/nvidia/rim.h"

#include "base/encoding.h"
#include "codec/xml.h"
#include "providers/nvidia/chain_rules.h"

namespace tee::nvidia {

namespace {

constexpr std::string_view kSwid = "http://standards.iso.org/iso/19770/-2/2015/schema.xsd",
                           kDsig = "http://www.w3.org/2000/09/xmldsig#",
                           kSha384Attributes = "http://www.w3.org/2001/04/xmlenc#sha384",
                           kC14n11 = "http://www.w3.org/2006/12/xml-c14n11",
                           kEnveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
                           kEcdsaSha384 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
                           kSha384 = "http://www.w3.org/2001/04/xmldsig-more#sha384";
constexpr unsigned kMostIndexes = 256, kMostAlternatives = 64;
constexpr std::size_t kMostCertificates = 8;

auto malformed(std::string what) { return fail(code::input_malformed, "RIM: " + std::move(what)); }

Result<const xml::Node*> only_child(const xml::Node& parent, std::string_view uri, std::string_view name) {
  const auto found = parent.children_named(uri, name);
  if (found.size() != 1) return malformed("expected exactly one " + std::string(name) + ", found " + std::to_string(found.size()));
  return found.front();
}

Status check_algorithm(const xml::Node& parent, std::string_view name, std::string_view wanted) {
  TEE_TRY(const xml::Node* node, only_child(parent, kDsig, name));
  if (node->attribute("Algorithm") != wanted) return malformed(std::string(name) + " is not " + std::string(wanted));
  return {};
}

// Exactly the two transforms that NVIDIA uses, in this order: anything else could change what is signed.
Status check_transforms(const xml::Node& reference) {
  TEE_TRY(const xml::Node* transforms, only_child(reference, kDsig, "Transforms"));
  const auto list = transforms->children_named(kDsig, "Transform");
  if (list.size() != 2 || list[0]->attribute("Algorithm") != kEnveloped || list[1]->attribute("Algorithm") != kC14n11)
    return malformed("the transforms are not enveloped-signature and Canonical XML 1.1");
  for (const xml::Node* t : list)
    for (const xml::Node& child : t->children)
      if (child.kind == xml::Node::Kind::element) return malformed("a transform has parameters");
  return {};
}

Result<Bytes> base64_text(const xml::Node& node) {
  auto bytes = from_base64_lenient(node.inner_text());
  if (!bytes) return malformed("a value that is not base64");
  return bytes;
}

Status read_certificates(const xml::Node& signature, Rim& to) {
  TEE_TRY(const xml::Node* key_info, only_child(signature, kDsig, "KeyInfo"));
  for (const xml::Node& child : key_info->children)
    if (child.kind == xml::Node::Kind::element && !child.is(kDsig, "X509Data"))
      return malformed("KeyInfo holds something else than certificates");
  TEE_TRY(const xml::Node* data, only_child(*key_info, kDsig, "X509Data"));
  const auto list = data->children_named(kDsig, "X509Certificate");
  if (list.empty() || list.size() > kMostCertificates) return malformed("it holds no or too many certificates");
  for (const xml::Node* node : list) {
    TEE_TRY(const Bytes der, base64_text(*node));
    TEE_TRY(crypto::Certificate certificate, crypto::parse_certificate(der));
    to.certificates.push_back(std::move(certificate));
  }
  return {};
}

// W3C XML Signature 1.1, section 3.2 (core validation), for the one accepted shape.
Status read_signature(const xml::Node& root, Rim& to) {
  TEE_TRY(const xml::Node* signature, only_child(root, kDsig, "Signature"));
  TEE_TRY(const xml::Node* info, only_child(*signature, kDsig, "SignedInfo"));
  TEE_CHECK(check_algorithm(*info, "CanonicalizationMethod", kC14n11));
  TEE_CHECK(check_algorithm(*info, "SignatureMethod", kEcdsaSha384));
  TEE_TRY(const xml::Node* reference, only_child(*info, kDsig, "Reference"));
  if (reference->attribute("URI") != std::string_view()) return malformed("the reference does not cover the whole document");
  TEE_CHECK(check_transforms(*reference));
  TEE_CHECK(check_algorithm(*reference, "DigestMethod", kSha384));
  TEE_TRY(const xml::Node* digest_node, only_child(*reference, kDsig, "DigestValue"));
  TEE_TRY(const Bytes digest, base64_text(*digest_node));
  TEE_TRY(const xml::Node* value_node, only_child(*signature, kDsig, "SignatureValue"));
  TEE_TRY(const Bytes value, base64_text(*value_node));
  TEE_CHECK(read_certificates(*signature, to));

  to.digest_holds = equal(digest, crypto::sha384(as_bytes(xml::canonical(root, signature))));
  const std::string signed_info = xml::canonical_subset(root, *info);
  const crypto::Certificate& signer = to.certificates.front();
  to.signature_holds = signer.key && crypto::verify(*signer.key, crypto::Scheme::ecdsa_sha384, as_bytes(signed_info), value,
                                                    crypto::EcForm::raw);
  return {};
}

Result<unsigned> small_number(const xml::Node& node, std::string_view name, unsigned limit) {
  const auto text = node.attribute(name);
  if (!text || text->empty() || text->size() > 4) return malformed("a measurement without " + std::string(name));
  unsigned value = 0;
  for (char c : *text) {
    if (c < '0' || c > '9') return malformed(std::string(name) + " is no number");
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > limit) return malformed(std::string(name) + " is too large");
  return value;
}

Status read_resource(const xml::Node& resource, Rim& to) {
  if (resource.attribute("type") != std::string_view("Measurement")) return {};
  const auto active = resource.attribute("active");
  if (active == std::string_view("False")) return {};
  if (active != std::string_view("True")) return malformed("a measurement that is neither active nor inactive");
  TEE_TRY(const unsigned index, small_number(resource, "index", kMostIndexes - 1));
  TEE_TRY(const unsigned alternatives, small_number(resource, "alternatives", kMostAlternatives));
  if (alternatives == 0) return malformed("an active measurement without values");
  std::vector<Bytes> values;
  for (unsigned i = 0; i < alternatives; ++i) {
    const auto text = resource.attribute("Hash" + std::to_string(i), kSha384Attributes);
    const auto value = text ? from_hex(*text) : fail(code::input_malformed, "absent");
    if (!value || value->size() != 48) return malformed("a measurement value that is no SHA-384 digest in hex");
    values.push_back(*value);
  }
  if (!to.active.emplace(index, std::move(values)).second) return malformed("a measurement index occurs twice");
  return {};
}

}  // namespace

bool looks_like_rim(std::string_view text) {
  return text.substr(0, 4096).find("SoftwareIdentity") != std::string_view::npos;
}

Result<Rim> parse_rim(std::string_view text) {
  TEE_TRY(const xml::Node root, xml::parse(text));
  if (!root.is(kSwid, "SoftwareIdentity")) return malformed("the root element is no SWID SoftwareIdentity");
  Rim rim;
  rim.chip = std::string(root.attribute("name").value_or(""));
  TEE_TRY(const xml::Node* meta, only_child(root, kSwid, "Meta"));
  rim.version = std::string(meta->attribute("colloquialVersion").value_or(""));
  rim.edition = std::string(meta->attribute("edition").value_or(""));
  if (rim.chip.empty() || rim.version.empty()) return malformed("it names no chip or no version");
  TEE_TRY(const xml::Node* payload, only_child(root, kSwid, "Payload"));
  for (const xml::Node* resource : payload->children_named(kSwid, "Resource")) {
    TEE_CHECK(read_resource(*resource, rim));
  }
  TEE_CHECK(read_signature(root, rim));
  return rim;
}

crypto::PathResult judge_rim_chain(const Rim& rim, const std::vector<crypto::TrustAnchor>& anchors, Time at,
                                   std::vector<const crypto::Certificate*>& chain) {
  return best_path(rim.certificates.front(), rim.certificates, anchors, at, chain);
}

}  // namespace tee::nvidia
