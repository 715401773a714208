#include "mint/intel/quote.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::mint::intel {

namespace {

constexpr std::string_view kVendorId = "939a7233f79c4ca9940a0db3957f0607";

std::size_t size_of(Body body) {
  switch (body) {
    case Body::enclave: return 384;
    case Body::td10: return 584;
    case Body::td15: return 648;
    case Body::td15_extended: return 885;
  }
  return 0;
}

Bytes filled(std::size_t size, std::uint8_t value) { return Bytes(size, value); }

Bytes td_body(Body kind, ByteView report_data) {
  Bytes b(size_of(kind));
  put(b, td::kTeeTcbSvn, Bytes{6, 1, 3});
  put(b, td::kMrSeam, filled(48, 0x5e));
  put(b, td::kAttributes, Bytes{0, 0, 0, 0x10});  // SEPT_VE_DISABLE
  put(b, td::kXfam, Bytes{0xe7, 0x02, 0x06});
  put(b, td::kMrTd, filled(48, 0x7d));
  for (std::size_t i = 0; i < 3; ++i)
    put(b, td::kRtmr0 + 48 * i, filled(48, static_cast<std::uint8_t>(0xa0 + i)));
  put(b, td::kReportData, report_data);
  if (kind != Body::td10) put(b, td::kTeeTcbSvn2, Bytes{6, 1, 3});
  return b;
}

Bytes enclave_body(ByteView report_data) {
  Bytes b(size_of(Body::enclave));
  put(b, 0, Platform().components);
  put(b, enclave::kAttributes, Bytes{0x05, 0, 0, 0, 0, 0, 0, 0, 0xe7});
  put(b, enclave::kMrEnclave, filled(32, 0xec));
  put(b, enclave::kMrSigner, filled(32, 0x51));
  put(b, enclave::kIsvProdId, Bytes{3});
  put(b, enclave::kIsvSvn, Bytes{9});
  put(b, enclave::kReportData, report_data);
  return b;
}

// As the identity of usual_publication() wants it.
Bytes qe_report(Body body) {
  Bytes b(size_of(Body::enclave));
  put(b, 0, Platform().components);
  put(b, enclave::kAttributes, Bytes{0x11});  // INIT, PROVISION_KEY
  put(b, enclave::kMrEnclave, filled(32, 0x9e));
  Bytes signer = filled(32, 0x88);
  signer.back() = 0xc4;
  put(b, enclave::kMrSigner, signer);
  put(b, enclave::kIsvProdId, Bytes{static_cast<std::uint8_t>(body == Body::enclave ? 1 : 2)});
  put(b, enclave::kIsvSvn, Bytes{7});
  return b;
}

Bytes quote_header(unsigned version, Body body) {
  Writer w;
  w.u16le(static_cast<std::uint16_t>(version)).u16le(2).u32le(body == Body::enclave ? 0 : 0x81);
  if (version == 3)
    w.u16le(7).u16le(13);
  else
    w.zeros(4);
  w.bytes(*from_hex(kVendorId)).bytes(filled(16, 0x1d)).zeros(4);
  return std::move(w).take();
}

Bytes body_descriptor(Body body) {
  const auto type = static_cast<std::uint16_t>(static_cast<unsigned>(body) + 1);
  return Writer().u16le(type).u32le(static_cast<std::uint32_t>(size_of(body))).view();
}

Bytes point_of(const crypto::PrivateKey& key) {
  Bytes out = key.public_key().ec()->x;
  append(out, key.public_key().ec()->y);
  return out;
}

}  // namespace

void put(Bytes& into, std::size_t offset, ByteView bytes) {
  std::copy(bytes.begin(), bytes.end(), into.begin() + static_cast<std::ptrdiff_t>(offset));
}

Draft draft(unsigned version, Body body, ByteView report_data) {
  Draft out;
  out.version = version;
  out.header = quote_header(version, body);
  if (version == 5) out.descriptor = body_descriptor(body);
  out.body = body == Body::enclave ? enclave_body(report_data) : td_body(body, report_data);
  out.qe_report = qe_report(body);
  for (std::uint8_t i = 0; i < 32; ++i) out.qe_auth_data.push_back(i);
  out.attestation_key = named_key("attestation");
  return out;
}

Result<Parts> sign(const Draft& d, const crypto::PrivateKey& pck_key, Bytes certification) {
  using crypto::EcForm;
  using crypto::Scheme;
  Parts out;
  out.header = d.header;
  out.descriptor = d.descriptor;
  out.body = d.body;
  out.attestation_key = point_of(d.attestation_key);
  out.qe_auth_data = d.qe_auth_data;
  out.qe_report = d.qe_report;
  if (!d.keep_qe_report_data) {
    Bytes bound = out.attestation_key;
    append(bound, d.qe_auth_data);
    put(out.qe_report, enclave::kReportData, crypto::sha256(bound));
  }
  Bytes message = d.header;
  append(message, d.descriptor);
  append(message, d.body);
  TEE_TRY(out.signature, d.attestation_key.sign(Scheme::ecdsa_sha256, message, EcForm::raw));
  TEE_TRY(out.qe_report_signature, pck_key.sign(Scheme::ecdsa_sha256, out.qe_report, EcForm::raw));
  out.certification = std::move(certification);
  out.nested = d.version >= 4;
  return out;
}

Bytes Parts::encode() const {
  const auto length = [](const Bytes& b) { return static_cast<std::uint32_t>(b.size()); };
  Writer qe;
  qe.bytes(qe_report).bytes(qe_report_signature);
  qe.u16le(qe_auth_size.value_or(static_cast<std::uint16_t>(qe_auth_data.size()))).bytes(qe_auth_data);
  qe.u16le(certification_type).u32le(certification_size.value_or(length(certification))).bytes(certification);
  qe.bytes(inside_tail);
  Writer auth;
  auth.bytes(signature).bytes(attestation_key);
  if (nested) auth.u16le(outer_type).u32le(outer_size.value_or(length(qe.view())));
  auth.bytes(qe.view());
  Writer out;
  out.bytes(header).bytes(descriptor).bytes(body);
  out.u32le(auth_size.value_or(length(auth.view()))).bytes(auth.view()).bytes(tail);
  return std::move(out).take();
}

}  // namespace tee::mint::intel
