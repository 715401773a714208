#include "providers/shared/vtpm/tpm.h"

#include <bit>

#include "base/codes.h"

namespace tee::vtpm {

namespace {

constexpr std::size_t kMostSelections = 16;
constexpr std::uint16_t kCurveP256 = 0x0003, kCurveP384 = 0x0004;
constexpr std::size_t kMostBitmapBytes = 4;

// TPM2B: u16 length and that many bytes.
Bytes sized(Cursor& in) {
  const std::size_t n = in.u16be();
  return to_bytes(in.take(n));
}

// TPML_PCR_SELECTION, Part 2 section 10.9.7.
Result<std::vector<PcrSelection>> parse_selections(Cursor& in) {
  const std::uint32_t count = in.u32be();
  if (count > kMostSelections) return fail(code::input_malformed, "TPM quote: more than 16 PCR banks are selected");
  std::vector<PcrSelection> out;
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    PcrSelection s;
    s.bank = in.u16be();
    const std::size_t size = in.u8();
    if (size > kMostBitmapBytes) return fail(code::input_malformed, "TPM quote: a PCR bitmap of more than 4 bytes");
    const ByteView map = in.take(size);
    for (std::size_t b = 0; b < map.size(); ++b) s.bits |= static_cast<std::uint32_t>(map[b]) << (8 * b);
    if (s.bits >> kPcrCount) return fail(code::input_malformed, "TPM quote: a PCR above 23 is selected");
    out.push_back(s);
  }
  return out;
}

Result<crypto::PublicKey> parse_rsa_unique(Cursor& in) {
  const std::uint16_t bits = in.u16be();
  std::uint32_t exponent = in.u32be();
  if (exponent == 0) exponent = 65537;  // Part 2 section 12.2.3.5: zero means the default
  const Bytes modulus = sized(in);
  if (modulus.size() * 8 != bits) return fail(code::input_malformed, "TPM public area: the modulus has another size than keyBits");
  const Bytes e = {static_cast<std::uint8_t>(exponent >> 24), static_cast<std::uint8_t>(exponent >> 16),
                   static_cast<std::uint8_t>(exponent >> 8), static_cast<std::uint8_t>(exponent)};
  std::size_t zeros = 0;
  while (zeros < 3 && e[zeros] == 0) ++zeros;
  return crypto::rsa_key(modulus, ByteView(e).subspan(zeros));
}

Bytes left_padded(ByteView b, std::size_t size) {
  Bytes out(size > b.size() ? size - b.size() : 0, 0);
  append(out, b);
  return out;
}

Result<crypto::PublicKey> parse_ecc_unique(Cursor& in) {
  const std::uint16_t curve_id = in.u16be();
  if (in.u16be() != alg::kNull) in.skip(2);  // kdf scheme with its hash
  const Bytes x = sized(in), y = sized(in);
  if (curve_id != kCurveP256 && curve_id != kCurveP384)
    return fail(code::input_malformed, "TPM public area: a curve that is neither P-256 nor P-384");
  const auto curve = curve_id == kCurveP256 ? crypto::Curve::p256 : crypto::Curve::p384;
  const std::size_t field = crypto::field_bytes(curve);
  return crypto::ec_key(curve, left_padded(x, field), left_padded(y, field));
}

}  // namespace

std::optional<crypto::Hash> hash_of(std::uint16_t tpm_alg) {
  switch (tpm_alg) {
    case alg::kSha1: return crypto::Hash::sha1;
    case alg::kSha256: return crypto::Hash::sha256;
    case alg::kSha384: return crypto::Hash::sha384;
    case alg::kSha512: return crypto::Hash::sha512;
    default: return std::nullopt;
  }
}

unsigned PcrSelection::count() const { return static_cast<unsigned>(std::popcount(bits)); }

Result<QuoteInfo> parse_attest(ByteView attest) {
  Cursor in(attest);
  QuoteInfo q;
  q.magic = in.u32be();
  q.type = in.u16be();
  q.qualified_signer = sized(in);
  q.extra_data = sized(in);
  q.clock = in.u64be();
  q.reset_count = in.u32be();
  q.restart_count = in.u32be();
  q.safe = in.u8();
  q.firmware_version = in.u64be();
  if (q.type != kTypeQuote) {
    TEE_CHECK(in.finish("TPMS_ATTEST", Cursor::Left::allow));
    return q;
  }
  TEE_TRY(q.selections, parse_selections(in));
  q.pcr_digest = sized(in);
  TEE_CHECK(in.finish("TPMS_ATTEST"));
  return q;
}

Result<Signature> parse_signature(ByteView bytes) {
  Cursor in(bytes);
  Signature s;
  s.scheme = in.u16be();
  s.hash = in.u16be();
  switch (s.scheme) {
    case alg::kRsaSsa:
    case alg::kRsaPss: s.rsa = sized(in); break;
    case alg::kEcdsa:
      s.r = sized(in);
      s.s = sized(in);
      break;
    default: return fail(code::input_malformed, "TPMT_SIGNATURE: a scheme that is neither RSASSA, RSAPSS nor ECDSA");
  }
  TEE_CHECK(in.finish("TPMT_SIGNATURE"));
  return s;
}

std::optional<CheckableSignature> checkable(const Signature& signature, const crypto::PublicKey& key) {
  using crypto::Scheme;
  const bool sha256 = signature.hash == alg::kSha256, sha384 = signature.hash == alg::kSha384,
             sha512 = signature.hash == alg::kSha512;
  if (!sha256 && !sha384 && !sha512) return std::nullopt;
  if (signature.scheme == alg::kEcdsa) {
    if (!key.ec()) return std::nullopt;
    const std::size_t field = crypto::field_bytes(key.ec()->curve);
    if (signature.r.size() > field || signature.s.size() > field) return std::nullopt;
    Bytes raw = left_padded(signature.r, field);
    append(raw, left_padded(signature.s, field));
    return CheckableSignature{sha256 ? Scheme::ecdsa_sha256 : sha384 ? Scheme::ecdsa_sha384 : Scheme::ecdsa_sha512, raw};
  }
  if (!key.rsa()) return std::nullopt;
  if (signature.scheme == alg::kRsaSsa)
    return CheckableSignature{sha256 ? Scheme::rsa_pkcs1_sha256 : sha384 ? Scheme::rsa_pkcs1_sha384 : Scheme::rsa_pkcs1_sha512,
                              signature.rsa};
  return CheckableSignature{sha256 ? Scheme::rsa_pss_sha256 : sha384 ? Scheme::rsa_pss_sha384 : Scheme::rsa_pss_sha512,
                            signature.rsa};
}

Result<PublicArea> parse_public(ByteView bytes) {
  // TPM2B_PUBLIC: the length of exactly the rest. A TPMT_PUBLIC begins with a key type, which is never that length.
  if (bytes.size() >= 2 && static_cast<std::size_t>((bytes[0] << 8) | bytes[1]) == bytes.size() - 2) bytes = bytes.subspan(2);
  Cursor in(bytes);
  PublicArea p;
  p.type = in.u16be();
  p.name_alg = in.u16be();
  p.attributes = in.u32be();
  (void)sized(in);                              // authPolicy
  if (in.u16be() != alg::kNull) in.skip(4);     // symmetric: keyBits and mode
  p.scheme = in.u16be();
  if (p.scheme != alg::kNull) p.scheme_hash = in.u16be();
  if (p.type == alg::kRsa) {
    TEE_TRY(p.key, parse_rsa_unique(in));
  } else if (p.type == alg::kEcc) {
    TEE_TRY(p.key, parse_ecc_unique(in));
  } else {
    return fail(code::input_malformed, "TPMT_PUBLIC: a key type that is neither RSA nor ECC");
  }
  TEE_CHECK(in.finish("TPMT_PUBLIC"));
  const auto hash = hash_of(p.name_alg);
  if (!hash) return fail(code::input_malformed, "TPMT_PUBLIC: an unknown name algorithm");
  Writer name;
  name.u16be(p.name_alg).bytes(crypto::digest(*hash, bytes));
  p.name = std::move(name).take();
  return p;
}

std::optional<Bytes> digest_of(const PcrSelection& selection, const PcrValues& values, crypto::Hash hash) {
  const auto bank = hash_of(selection.bank);
  if (!bank) return std::nullopt;
  Bytes joined;
  for (unsigned pcr = 0; pcr < kPcrCount; ++pcr) {
    if (!selection.has(pcr)) continue;
    const auto it = values.find(pcr);
    if (it == values.end() || it->second.size() != crypto::digest_size(*bank)) return std::nullopt;
    append(joined, it->second);
  }
  return crypto::digest(hash, joined);
}

}  // namespace tee::vtpm
