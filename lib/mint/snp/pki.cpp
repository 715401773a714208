#include "mint/snp/pki.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>

#include "codec/der.h"

namespace tee::mint::snp {

namespace {

std::string oid_of(std::string_view suffix) { return "1.3.6.1.4.1.3704.1." + std::string(suffix); }

// A test cannot go on without its keys.
crypto::PrivateKey must(Result<crypto::PrivateKey> key) {
  if (!key) std::abort();
  return *std::move(key);
}

// 2022-01-26 to 2047-01-26, as for Genoa.
constexpr Time kCaFrom = unix_time(1643211277), kCaUntil = unix_time(2432129677);
// A VCEK lasts seven years, a VLEK one: 2025-07-01.
constexpr Time kVekFrom = unix_time(1751328000);

Bytes serial_of(Line line, Ca ca) {
  const auto product = static_cast<std::uint8_t>(line == Line::milan ? 1 : line == Line::genoa ? 2 : 3);
  switch (ca) {
    case Ca::ark: return {product, 0, 0};
    case Ca::ask: return {product, 0, 2};
    case Ca::asvk: return {product, 1, 1};
    case Ca::stranger: return {product, 9, 9};
  }
  return {};
}

std::string product_name(Line line, Kind kind) {
  // Every genuine Milan VCEK says B0, whatever the stepping.
  return line == Line::milan && kind == Kind::vcek ? "Milan-B0" : std::string(to_string(line));
}

TcbNumbers numbers_of(Line line, const Tcb& tcb) {
  if (line == Line::turin) return {tcb[1], tcb[2], tcb[3], tcb[7], tcb[0]};
  return {tcb[0], tcb[1], tcb[6], tcb[7], 0};
}

void add_components(CertificateSpec& spec, Line line, const TcbNumbers& n) {
  set_extension(spec, "3.1", spl(n.bl));
  set_extension(spec, "3.2", spl(n.tee));
  set_extension(spec, "3.3", spl(n.snp));
  if (line != Line::turin) set_extension(spec, "3.4", spl(0));
  for (const char* reserved : {"3.5", "3.6", "3.7"}) set_extension(spec, reserved, spl(0));
  set_extension(spec, "3.8", spl(n.ucode));
  if (line == Line::turin) set_extension(spec, "3.9", spl(n.fmc));
}

}  // namespace

const crypto::PrivateKey& ca_key(Ca ca) {
  switch (ca) {
    case Ca::ark: {
      static const crypto::PrivateKey key = must(crypto::PrivateKey::generate_rsa(4096));
      return key;
    }
    case Ca::ask: {
      static const crypto::PrivateKey key = must(crypto::PrivateKey::generate_rsa(4096));
      return key;
    }
    case Ca::asvk: {
      static const crypto::PrivateKey key = must(crypto::PrivateKey::generate_rsa(4096));
      return key;
    }
    case Ca::stranger: break;
  }
  static const crypto::PrivateKey key = must(crypto::PrivateKey::generate_rsa(4096));
  return key;
}

const crypto::PrivateKey& named_key(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, crypto::PrivateKey> keys;
  const std::lock_guard lock(mutex);
  const auto it = keys.find(name);
  if (it != keys.end()) return it->second;
  return keys.emplace(name, must(crypto::PrivateKey::generate_ec(crypto::Curve::p384))).first->second;
}

Name amd_name(std::string common_name, std::string_view organisation) {
  return {{"2.5.4.11", "Engineering"},
          {"2.5.4.6", "US", true},
          {"2.5.4.7", "Santa Clara"},
          {"2.5.4.8", "CA"},
          {"2.5.4.10", std::string(organisation)},
          {"2.5.4.3", std::move(common_name)}};
}

std::string ca_cn(Line line, Ca ca) {
  const std::string product(to_string(line));
  if (ca == Ca::ask) return "SEV-" + product;
  if (ca == Ca::asvk) return "SEV-VLEK-" + product;
  return "ARK-" + product;
}

// 57230: ARK with certSign and cRLSign; ASK and ASVK with path length 0 and certSign. ARK and ASK write the
// default trailerField out.
CertificateSpec ca_spec(Line line, Ca ca) {
  CertificateSpec out;
  out.subject = amd_name(ca_cn(line, ca));
  out.issuer = amd_name(ca_cn(line, Ca::ark));
  out.key = ca_key(ca).public_key();
  out.serial = serial_of(line, ca);
  out.not_before = kCaFrom;
  out.not_after = kCaUntil;
  out.ca = true;
  if (ca == Ca::ask || ca == Ca::asvk) out.path_length = 0;
  out.cert_sign = true;
  out.crl_sign = ca == Ca::ark;
  out.scheme = crypto::Scheme::rsa_pss_sha384;
  out.pss_trailer = ca != Ca::asvk;
  return out;
}

CertificateSpec vek_spec(Line line, Kind kind, const ReportSpec& report, const crypto::PublicKey& key) {
  CertificateSpec out;
  out.subject = amd_name(kind == Kind::vcek ? "SEV-VCEK" : "SEV-VLEK");
  out.issuer = amd_name(ca_cn(line, kind == Kind::vcek ? Ca::ask : Ca::asvk));
  out.key = key;
  out.serial = {};  // every VEK has serial 0
  out.not_before = kVekFrom;
  out.not_after = kVekFrom + Seconds(86400 * (kind == Kind::vcek ? 2557 : 365));
  out.key_ids = false;
  out.scheme = crypto::Scheme::rsa_pss_sha384;
  set_extension(out, "1", spl(line == Line::turin ? 1 : 0));
  set_extension(out, "2", der::ia5(product_name(line, kind)));
  add_components(out, line, numbers_of(line, report.reported));
  const ByteView id = report.chip_id;
  if (kind == Kind::vcek)
    set_extension(out, "4", to_bytes(line == Line::turin ? id.first(8) : id));
  else
    set_extension(out, "5", der::ia5("CN=cc-mint-1.example"));
  return out;
}

CrlSpec crl_spec(Line line, Time now) {
  CrlSpec out;
  out.issuer = amd_name(ca_cn(line, Ca::ark));
  out.this_update = now - Seconds(86400 * 30);
  out.next_update = now + Seconds(86400 * 335);
  out.number = 3;
  out.scheme = crypto::Scheme::rsa_pss_sha384;
  out.pss_trailer = true;
  return out;
}

void set_extension(CertificateSpec& spec, std::string_view suffix, Bytes value) {
  for (ExtensionSpec& e : spec.extensions)
    if (e.oid == oid_of(suffix)) {
      e.value = std::move(value);
      return;
    }
  spec.extensions.push_back({oid_of(suffix), false, std::move(value)});
}

void remove_extension(CertificateSpec& spec, std::string_view suffix) {
  std::erase_if(spec.extensions, [oid = oid_of(suffix)](const ExtensionSpec& e) { return e.oid == oid; });
}

Bytes spl(unsigned value) { return der::integer(value); }

}  // namespace tee::mint::snp
