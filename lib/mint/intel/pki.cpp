#include "mint/intel/pki.h"

#include <map>

#include "codec/der.h"
#include "codec/pem.h"

namespace tee::mint::intel {

namespace {

constexpr Seconds kDay{86400}, kYear{365 * 86400};

// cRLDistributionPoints with one address, RFC 5280 section 4.2.1.13.
ExtensionSpec crl_point(std::string_view url) {
  const Bytes name = der::encode(der::context_primitive(6), as_bytes(url));
  const Bytes point = der::encode(der::context(0), der::encode(der::context(0), name));
  return {"2.5.29.31", false, der::sequence({der::sequence({point})})};
}

Link make_link(const char* cn, const char* key, const Name& issuer, const char* issuer_key, Bytes serial) {
  Link link;
  link.spec.subject = intel_name(cn);
  link.spec.issuer = issuer;
  link.spec.serial = std::move(serial);
  link.spec.extensions = {crl_point("https://crl.mint.invalid/root.der")};
  link.signer = named_key(issuer_key);
  set_key(link, named_key(key));
  return link;
}

void make_authority(Link& link, unsigned path_length) {
  link.spec.ca = true;
  link.spec.path_length = path_length;
  link.spec.cert_sign = link.spec.crl_sign = true;
}

void make_end_entity(Link& link) {
  link.spec.ca = false;
  link.spec.digital_signature = true;
}

}  // namespace

const crypto::PrivateKey& named_key(const std::string& name, crypto::Curve curve) {
  static std::map<std::string, crypto::PrivateKey> keys;
  auto it = keys.find(name);
  if (it == keys.end()) it = keys.emplace(name, crypto::PrivateKey::generate_ec(curve).value()).first;
  return it->second;
}

Name intel_name(std::string cn) {
  return {{"2.5.4.3", std::move(cn)},
          {"2.5.4.10", "Intel Corporation"},
          {"2.5.4.7", "Santa Clara"},
          {"2.5.4.8", "CA"},
          {"2.5.4.6", "US", true}};
}

void set_key(Link& link, const crypto::PrivateKey& key) {
  link.key = key;
  link.spec.key = key.public_key();
}

void remove_extension(Link& link, std::string_view oid) {
  std::erase_if(link.spec.extensions, [&](const ExtensionSpec& e) { return e.oid == oid; });
}

Pki usual_pki(Time now, Authority authority) {
  const char* const ca =
      authority == Authority::platform ? "Intel SGX PCK Platform CA" : "Intel SGX PCK Processor CA";
  const Name root_name = intel_name("Intel SGX Root CA");
  Pki pki;
  pki.root = make_link("Intel SGX Root CA", "root", root_name, "root", {0x22, 0x65, 0x0c});
  pki.ca = make_link(ca, "ca", root_name, "root", {0x5f, 0x6f, 0x5d});
  pki.leaf = make_link("Intel SGX PCK Certificate", "pck", intel_name(ca), "ca", {0x3c, 0x16, 0xed});
  pki.tcb_signing = make_link("Intel SGX TCB Signing", "tcb signing", root_name, "root", {0x7e, 0x38, 0x82});
  make_authority(pki.root, 1);
  make_authority(pki.ca, 0);
  make_end_entity(pki.leaf);
  make_end_entity(pki.tcb_signing);
  for (Link* link : {&pki.root, &pki.ca, &pki.leaf, &pki.tcb_signing}) {
    link->spec.not_before = now - 2 * kYear;
    link->spec.not_after = now + 5 * kYear;
  }
  pki.leaf.spec.not_before = now - 100 * kDay;
  return pki;
}

Result<Bytes> issue(const Link& link) {
  TEE_TRY(Bytes der, make_certificate(link.spec, link.signer));
  if (link.spoil_signature) der = flip_bit(der, der.size() - 1);
  return der;
}

Result<Issued> issue(const Pki& pki) {
  Issued out;
  TEE_TRY(out.root, issue(pki.root));
  TEE_TRY(out.ca, issue(pki.ca));
  TEE_TRY(out.leaf, issue(pki.leaf));
  TEE_TRY(out.tcb_signing, issue(pki.tcb_signing));
  return out;
}

Bytes flip_bit(Bytes bytes, std::size_t offset) {
  bytes[offset] = static_cast<std::uint8_t>(bytes[offset] ^ 1);
  return bytes;
}

Bytes pem_of(std::initializer_list<ByteView> certificates) {
  std::string text;
  for (const ByteView der : certificates) text += pem::encode("CERTIFICATE", der);
  return to_bytes(as_bytes(text));
}

}  // namespace tee::mint::intel
