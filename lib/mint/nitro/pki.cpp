#include "mint/nitro/pki.h"

#include <map>

namespace tee::mint::nitro {

namespace {

constexpr Seconds kMinute{60}, kHour{3600}, kDay{86400};

Name usual_name(std::string cn) {
  return {{"2.5.4.6", "US", true},        {"2.5.4.8", "Washington"}, {"2.5.4.7", "Seattle"},
          {"2.5.4.10", "tee-tools mint"}, {"2.5.4.11", "AWS"},       {"2.5.4.3", std::move(cn)}};
}

Link authority(Name subject, const char* key, unsigned path_length, Time from, Time to) {
  Link link;
  link.spec.subject = std::move(subject);
  link.spec.not_before = from;
  link.spec.not_after = to;
  link.spec.ca = true;
  link.spec.path_length = path_length;
  link.spec.cert_sign = link.spec.crl_sign = link.spec.digital_signature = true;
  link.spec.scheme = crypto::Scheme::ecdsa_sha384;
  set_key(link, named_key(key));
  return link;
}

Link leaf(Time now, const std::string& module_id, const std::string& region) {
  Link link;
  link.spec.subject = usual_name(module_id + "." + region + ".aws");
  link.spec.not_before = now - kMinute;
  link.spec.not_after = now - kMinute + 3 * kHour + Seconds(3);
  link.spec.ca = false;
  link.spec.digital_signature = true;
  link.spec.key_usage_critical = false;
  link.spec.key_ids = false;
  link.spec.scheme = crypto::Scheme::ecdsa_sha384;
  set_key(link, named_key("leaf"));
  return link;
}

}  // namespace

const crypto::PrivateKey& named_key(const std::string& name, crypto::Curve curve) {
  static std::map<std::string, crypto::PrivateKey> keys;
  auto it = keys.find(name);
  if (it == keys.end()) it = keys.emplace(name, crypto::PrivateKey::generate_ec(curve).value()).first;
  return it->second;
}

void set_key(Link& link, const crypto::PrivateKey& key) {
  link.key = key;
  link.spec.key = key.public_key();
}

Name root_name() {
  return {{"2.5.4.6", "US", true}, {"2.5.4.10", "tee-tools mint"}, {"2.5.4.3", "mint.nitro-enclaves"}};
}

// Which certificates carry key ids, and in which order their names stand, differs in AWS's chains as it does
// here.
Chain usual_chain(Time now, const std::string& module_id, const std::string& region) {
  const std::string instance = module_id.substr(0, module_id.find("-enc"));
  const std::string parent = "." + region + ".aws.nitro-enclaves";
  Chain chain;
  chain.push_back(authority(root_name(), "root", 0, now - 2000 * kDay, now + 8000 * kDay));
  chain.back().spec.path_length.reset();
  chain.push_back(
      authority(usual_name("80c9fe850e6c24c9" + parent), "regional", 2, now - 10 * kDay, now + 10 * kDay));
  Name zonal = usual_name("881283867d35cfb8.zonal" + parent);
  zonal = Name(zonal.rbegin(), zonal.rend());
  chain.push_back(authority(zonal, "zonal", 1, now - 3 * kDay, now + 3 * kDay));
  chain.push_back(
      authority(usual_name(instance + parent), "instance", 0, now - 12 * kHour, now + 12 * kHour));
  chain.back().spec.crl_sign = chain.back().spec.digital_signature = false;
  chain.back().spec.key_ids = false;
  chain.push_back(leaf(now, module_id, region));
  for (std::size_t i = 0; i < chain.size(); ++i) {
    chain[i].signer = i == 0 ? 0 : i - 1;
    chain[i].spec.serial = {0x51, static_cast<std::uint8_t>(i + 1)};
  }
  return chain;
}

Result<std::vector<Bytes>> issue(const Chain& chain) {
  std::vector<Bytes> out;
  for (const Link& link : chain) {
    CertificateSpec spec = link.spec;
    if (spec.issuer.empty()) spec.issuer = chain[link.signer].spec.subject;
    TEE_TRY(Bytes der, make_certificate(spec, chain[link.signer].key));
    // The last byte belongs to s of the signature; changing its low bit keeps the encoding valid.
    if (link.spoil_signature) der.back() ^= 1;
    out.push_back(std::move(der));
  }
  return out;
}

}  // namespace tee::mint::nitro
