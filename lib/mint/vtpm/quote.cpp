#include "mint/vtpm/quote.h"

#include <cstdlib>

#include "crypto/digest.h"

namespace tee::mint::vtpm {

namespace {

// A test cannot go on without its keys.
crypto::PrivateKey make_key() {
  Result<crypto::PrivateKey> key = crypto::PrivateKey::generate_rsa(2048);
  if (!key) std::abort();
  return *std::move(key);
}

void put_sized(Writer& out, ByteView b) { out.u16be(static_cast<std::uint16_t>(b.size())).bytes(b); }

// nameAlg and the digest of a public area; nothing depends on which.
Bytes usual_signer() {
  Writer name;
  name.u16be(kSha256).bytes(crypto::sha256(as_bytes("attestation key")));
  return std::move(name).take();
}

// Part 3, TPM2_Quote: the selected values, banks in the order of the selection, PCRs ascending; by the
// signing scheme's hash.
Bytes digest_of(const QuoteSpec& spec) {
  Bytes joined;
  for (const Selection& s : spec.selections)
    for (unsigned i = 0; i < spec.pcrs.size(); ++i)
      if ((s.bits >> i) & 1u) append(joined, spec.pcrs[i]);
  return to_bytes(crypto::sha256(joined));
}

}  // namespace

Pcrs usual_pcrs() {
  Pcrs out;
  for (unsigned i = 0; i < 24; ++i)
    out.push_back(to_bytes(crypto::sha256(as_bytes("pcr " + std::to_string(i)))));
  return out;
}

Bytes encode_attest(const QuoteSpec& spec) {
  const Bytes signer = spec.qualified_signer.empty() ? usual_signer() : spec.qualified_signer;
  Writer out;
  out.u32be(spec.magic).u16be(spec.type);
  out.u16be(spec.signer_size.value_or(static_cast<std::uint16_t>(signer.size()))).bytes(signer);
  put_sized(out, spec.extra_data);
  out.u64be(spec.clock).u32be(spec.reset_count).u32be(spec.restart_count).u8(spec.safe);
  out.u64be(0x2016051100162800);  // firmwareVersion
  out.u32be(static_cast<std::uint32_t>(spec.selections.size()));
  for (const Selection& s : spec.selections) {
    out.u16be(s.bank).u8(3);
    for (unsigned byte = 0; byte < 3; ++byte) out.u8(static_cast<std::uint8_t>(s.bits >> (8 * byte)));
  }
  put_sized(out, spec.pcr_digest ? *spec.pcr_digest : digest_of(spec));
  out.bytes(spec.tail);
  return std::move(out).take();
}

const crypto::PrivateKey& tpm_key(Key key) {
  static const crypto::PrivateKey attestation = make_key();
  if (key == Key::attestation) return attestation;
  static const crypto::PrivateKey encryption = make_key();
  return encryption;
}

Result<Bytes> sign_attest(ByteView attest, const SignatureSpec& spec) {
  const bool sha384 = spec.hash == kSha384, pss = spec.scheme == kRsaPss;
  const auto scheme = pss ? (sha384 ? crypto::Scheme::rsa_pss_sha384 : crypto::Scheme::rsa_pss_sha256)
                          : (sha384 ? crypto::Scheme::rsa_pkcs1_sha384 : crypto::Scheme::rsa_pkcs1_sha256);
  TEE_TRY(Bytes signature, tpm_key(spec.key).sign(scheme, attest));
  if (spec.form == SignatureSpec::Form::bare) return signature;
  Writer out;
  out.u16be(spec.scheme).u16be(spec.hash);
  put_sized(out, signature);
  return std::move(out).take();
}

}  // namespace tee::mint::vtpm
