// PKI and reports of the fake NVIDIA.
#include "codec/der.h"
#include "mint/nvidia/device.h"

namespace tee::mint::nvidia {

namespace {

using crypto::Curve;
using crypto::PrivateKey;

constexpr Time kFrom = unix_time(kMadeAt - 3600 * 24 * 365);

Result<PrivateKey> fresh() { return PrivateKey::generate_ec(Curve::p384); }

// Root, identity, provisioner: made once.
Result<std::vector<PrivateKey>> vendor_keys() {
  static const Result<std::vector<PrivateKey>> keys = []() -> Result<std::vector<PrivateKey>> {
    std::vector<PrivateKey> out;
    for (int i = 0; i < 3; ++i) {
      TEE_TRY(PrivateKey key, fresh());
      out.push_back(std::move(key));
    }
    return out;
  }();
  return keys;
}

CertificateSpec authority(const std::string& subject, const std::string& issuer, const crypto::PublicKey& key, std::uint8_t serial) {
  CertificateSpec c;
  c.subject = common_name(subject);
  c.issuer = common_name(issuer);
  c.key = key;
  c.serial = {serial};
  c.not_before = kFrom;
  c.not_after = unix_time(kMadeAt + 3600 * 24 * 3650);
  c.ca = true;
  c.cert_sign = c.crl_sign = true;
  c.scheme = crypto::Scheme::ecdsa_sha384;
  return c;
}

// TCG DICE CompositeDeviceID as Hopper writes it: the firmware id stands in the last 48 bytes.
Bytes composite_device_id(ByteView fwid) {
  const Bytes hash = der::sequence({der::object_identifier("2.16.840.1.101.3.4.2.2"), der::octet_string(fwid)});
  return der::sequence({der::integer(1), hash});
}

constexpr std::string_view kRootName = "Made-up Device Identity CA";

}  // namespace

Result<Bytes> device_root() {
  TEE_TRY(const auto keys, vendor_keys());
  return make_certificate(authority(std::string(kRootName), std::string(kRootName), keys[0].public_key(), 1), keys[0]);
}

Result<Chain> make_chain(const ChainSpec& spec) {
  TEE_TRY(auto vendor, vendor_keys());
  TEE_TRY(PrivateKey brom, spec.chip_key ? Result<PrivateKey>(*spec.chip_key) : fresh());
  TEE_TRY(PrivateKey leaf, PrivateKey::generate_ec(spec.p256_leaf ? Curve::p256 : Curve::p384));
  const std::string identity_name = "Made-up " + spec.chip + " Identity", ica_name = "Made-up " + spec.chip + " Provisioner ICA 1",
                    brom_name = spec.chip + " A01 GSP BROM";
  Chain chain;
  if (spec.foreign_root) {
    TEE_TRY(vendor[0], fresh());
  }
  TEE_TRY(Bytes root, make_certificate(authority(std::string(kRootName), std::string(kRootName), vendor[0].public_key(), 1), vendor[0]));
  TEE_TRY(Bytes identity, make_certificate(authority(identity_name, std::string(kRootName), vendor[1].public_key(), 2), vendor[0]));
  TEE_TRY(Bytes ica, make_certificate(authority(ica_name, identity_name, vendor[2].public_key(), 3), vendor[1]));
  TEE_TRY(Bytes brom_certificate, make_certificate(authority(brom_name, ica_name, brom.public_key(), 4), vendor[2]));
  CertificateSpec l = authority(spec.chip + " A01 GSP FMC LF", brom_name, leaf.public_key(), 5);
  l.ca.reset();
  l.cert_sign = l.crl_sign = false;
  l.digital_signature = true;
  l.not_before = spec.not_before;
  l.not_after = spec.not_after;
  l.serial = Bytes(leaf.public_key().ec()->x.begin(), leaf.public_key().ec()->x.begin() + 16);
  l.serial[0] &= 0x7f;
  l.serial[0] |= 0x40;
  if (!spec.fwid.empty()) l.extensions.push_back({"2.23.133.5.4.1", false, composite_device_id(spec.fwid)});
  TEE_TRY(Bytes leaf_certificate, make_certificate(l, brom));
  chain.certificates = {leaf_certificate, brom_certificate, ica, identity, root};
  chain.keys = {leaf, brom, vendor[2], vendor[1], vendor[0]};
  return chain;
}

namespace {

Bytes padded_text(std::string_view s, std::size_t size) {
  Bytes out = to_bytes(as_bytes(s));
  out.resize(size, 0);
  return out;
}

Bytes value_of(unsigned index) { return Bytes(48, static_cast<std::uint8_t>(0x80 + index)); }

}  // namespace

ReportSpec hopper_report() {
  ReportSpec r;
  for (unsigned i = 0; i < 64; ++i) r.measurements[i] = value_of(i);
  r.opaque = {{6, {0x00, 0xa5, 0x00, 0x96, 0x01, 0, 0, 0}}, {15, padded_text("885", 4)},      {17, padded_text("G520", 5)},
              {18, padded_text("0200", 5)},                 {3, padded_text("570.86.15", 32)}, {11, {0xaa}},
              {20, Bytes(48, 0x21)},                        {34, {1, 0}},                      {36, {1, 0}}};
  return r;
}

// The ids of eight GPUs, then the port that each is connected to; 0xff: none.
Bytes gpus_of_switch() {
  Bytes out;
  for (std::uint8_t gpu = 0; gpu < 8; ++gpu) {
    Bytes id(8, 0x60);
    id[0] = static_cast<std::uint8_t>(0x20 + gpu);
    append(out, id);
  }
  out.resize(128, 0xff);
  return out;
}

ReportSpec switch_report() {
  ReportSpec r;
  for (unsigned i = 0; i < 31; ++i) r.measurements[i] = value_of(i);
  r.opaque = {{6, padded_text("96.10.55.00.01", 14)}, {22, {0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18}}, {25, {1, 0}}, {26, gpus_of_switch()}};
  return r;
}

Result<Bytes> make_report(const ReportSpec& spec, const PrivateKey& leaf_key) {
  Writer record;
  for (const auto& [index, value] : spec.measurements)
    record.u8(static_cast<std::uint8_t>(index + 1)).u8(1).u16le(51).u8(1).u16le(48).bytes(value);
  Writer opaque;
  for (const auto& [type, value] : spec.opaque) opaque.u16le(type).u16le(static_cast<std::uint16_t>(value.size())).bytes(value);
  Writer out;
  out.u8(0x11).u8(0xe0).u8(0x01).u8(0xff).bytes(spec.nonce).u8(0);
  out.u8(0x11).u8(0x60).u8(0).u8(0).u8(static_cast<std::uint8_t>(spec.measurements.size()));
  out.u16le(static_cast<std::uint16_t>(record.size() & 0xffff)).u8(static_cast<std::uint8_t>(record.size() >> 16));
  // The device's own random number: another one for each device.
  out.bytes(record.view()).bytes(crypto::sha256(crypto::encode_spki(leaf_key.public_key()))).u16le(static_cast<std::uint16_t>(opaque.size())).bytes(opaque.view());
  Bytes report = std::move(out).take();
  if (spec.before_signing) spec.before_signing(report);
  TEE_TRY(const Bytes signature, leaf_key.sign(crypto::Scheme::ecdsa_sha384, report, crypto::EcForm::raw));
  append(report, signature);
  return report;
}

// RFC 6960 BasicOCSPResponse with one entry, signed by the issuer of the certificate.
Result<Bytes> make_ocsp(const OcspSpec& spec, const Chain& chain) {
  TEE_TRY(const crypto::Certificate subject, crypto::parse_certificate(chain.certificates[spec.index]));
  TEE_TRY(const crypto::Certificate issuer, crypto::parse_certificate(chain.certificates[spec.index + 1]));
  der::Reader outer(issuer.spki);
  TEE_TRY(der::Reader spki, outer.enter(der::kSequence));
  TEE_TRY(const der::Element algorithm, spki.expect(der::kSequence));
  (void)algorithm;
  TEE_TRY(const der::Element bits, spki.expect(der::kBitString));
  const auto general = [](Time t) {
    std::string text = rfc3339(t);
    std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == 'T'; });
    return der::encode(der::kGeneralizedTime, as_bytes(text));
  };
  const Bytes sha1 = der::sequence({der::object_identifier("1.3.14.3.2.26"), der::null()});
  const Bytes id = der::sequence({sha1, der::octet_string(crypto::digest(crypto::Hash::sha1, issuer.subject)),
                                  der::octet_string(crypto::digest(crypto::Hash::sha1, bits.content.subspan(1))),
                                  der::encode(der::kInteger, subject.serial)});
  Bytes status;
  if (spec.status == 1) {
    const Bytes reason = der::encode(der::context(0), der::encode(der::kEnumerated, Bytes{static_cast<std::uint8_t>(spec.reason)}));
    Bytes info = general(spec.this_update);
    append(info, reason);
    status = der::encode(der::context(1), info);
  } else {
    status = der::encode(der::context_primitive(spec.status), {});
  }
  const Bytes single = der::sequence({id, status, general(spec.this_update), der::encode(der::context(0), general(spec.next_update))});
  const Bytes data = der::sequence({der::encode(der::context(1), issuer.subject), general(spec.this_update), der::sequence({single})});
  PrivateKey signer = chain.keys[spec.index + 1];
  if (spec.foreign_signer) {
    TEE_TRY(signer, fresh());
  }
  TEE_TRY(const Bytes signature, signer.sign(crypto::Scheme::ecdsa_sha384, data));
  const Bytes basic = der::sequence({data, encode_signature_algorithm(crypto::Scheme::ecdsa_sha384), der::bit_string(signature)});
  const Bytes bytes = der::sequence({der::object_identifier("1.3.6.1.5.5.7.48.1.1"), der::octet_string(basic)});
  return der::sequence({der::encode(der::kEnumerated, Bytes{0}), der::encode(der::context(0), bytes)});
}

}  // namespace tee::mint::nvidia
