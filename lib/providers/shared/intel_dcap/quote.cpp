#include "providers/shared/intel_dcap/quote.h"

#include <string>

#include "providers/shared/intel_dcap/codes.h"

namespace tee::intel {

namespace {

constexpr std::size_t kHeaderSize = 48, kVendorOffset = 12;

// Body types of version 5 (TDX API, A.3.3).
namespace body {
constexpr std::uint16_t kEnclave = 1, kTd10 = 2, kTd15 = 3, kTd15Extended = 4;
}

std::string text(std::uint64_t n) { return std::to_string(n); }

tl::unexpected<Error> malformed(std::string what) {
  return fail(code::input_malformed, "quote: " + std::move(what));
}

QuoteHeader read_header(Cursor& c) {
  QuoteHeader h;
  h.version = c.u16le();
  h.key_type = c.u16le();
  h.tee_type = c.u32le();
  h.qe_svn = c.u16le();
  h.pce_svn = c.u16le();
  h.vendor_id = c.array<16>();
  h.user_data = c.array<20>();
  return h;
}

bool known_version(std::uint16_t v) { return v >= 3 && v <= 5; }

Result<std::size_t> size_of_body(std::uint16_t type) {
  switch (type) {
    case body::kEnclave: return kEnclaveReportSize;
    case body::kTd10: return kTd10Size;
    case body::kTd15: return kTd15Size;
    case body::kTd15Extended: return kTd15ExtendedSize;
    default: return malformed("body type 1 to 4 expected, found " + text(type));
  }
}

Result<Tee> tee_of(const QuoteHeader& h) {
  if (h.version == 3 && h.tee_type != kTeeSgx)
    return fail(code::quote_tee_type, "version 3 is for SGX only, TEE type is " + text(h.tee_type));
  if (h.tee_type == kTeeSgx) return Tee::sgx;
  if (h.tee_type == kTeeTdx) return Tee::tdx;
  return fail(code::quote_tee_type, "TEE type 0 (SGX) or 129 (TDX) expected, found " + text(h.tee_type));
}

// The body descriptor of version 5 must agree with the header and with itself.
Result<std::size_t> read_descriptor(Cursor& c, Tee tee) {
  const std::uint16_t type = c.u16le();
  const std::uint32_t size = c.u32le();
  TEE_CHECK(c.finish("quote body descriptor", Cursor::Left::allow));
  TEE_TRY(const std::size_t expected, size_of_body(type));
  if (size != expected)
    return malformed("a body of type " + text(type) + " has " + text(expected) +
                     " bytes, the descriptor says " + text(size));
  if ((tee == Tee::sgx) != (type == body::kEnclave))
    return fail(code::quote_tee_type,
                "body type " + text(type) + " in a quote for " + std::string(to_string(tee)));
  return expected;
}

// QE report, its signature and the certification data (SGX API, tables 4 and 8).
Status read_qe_part(Cursor& c, SignatureData& out) {
  const ByteView qe_report = c.take(kEnclaveReportSize);
  out.qe_report_signature = c.take(64);
  out.qe_auth_data = c.take(c.u16le());
  out.certification_type = c.u16le();
  out.certification_data = c.take(c.u32le());
  TEE_CHECK(c.finish("quote signature data"));
  TEE_TRY(out.qe_report, parse_enclave_report(qe_report));
  return {};
}

}  // namespace

std::string_view to_string(Tee tee) { return tee == Tee::tdx ? "TDX" : "SGX"; }

// Intel's vendor id, or fields that only a quote has: no other evidence begins with these small numbers.
std::optional<Tee> recognise_quote(ByteView evidence) {
  if (evidence.size() < kHeaderSize) return std::nullopt;
  Cursor c(evidence);
  const QuoteHeader h = read_header(c);
  const bool tee_known = h.tee_type == kTeeSgx || h.tee_type == kTeeTdx;
  const bool numbers = known_version(h.version) && (h.key_type == kEcdsaP256 || h.key_type == 3) && tee_known;
  if (!equal(evidence.subspan(kVendorOffset, 16), kIntelVendorId) && !numbers) return std::nullopt;
  return h.tee_type == kTeeTdx ? Tee::tdx : Tee::sgx;
}

Result<QuoteHead> parse_quote_head(ByteView evidence) {
  QuoteHead out;
  Cursor c(evidence);
  out.header = read_header(c);
  TEE_CHECK(c.finish("quote header", Cursor::Left::allow));
  if (!known_version(out.header.version))
    return fail(code::evidence_version,
                "quote version 3, 4 or 5 expected, found " + text(out.header.version));
  TEE_TRY(out.tee, tee_of(out.header));
  std::size_t size = out.tee == Tee::tdx ? kTd10Size : kEnclaveReportSize;
  if (out.header.version == 5) {
    TEE_TRY(size, read_descriptor(c, out.tee));
  }
  const ByteView bytes = c.take(size);
  TEE_CHECK(c.finish("quote body", Cursor::Left::allow));
  out.signed_bytes = evidence.first(c.offset());
  if (out.tee == Tee::tdx) {
    TEE_TRY(out.td, parse_td_report(bytes));
  } else {
    TEE_TRY(out.enclave, parse_enclave_report(bytes));
  }
  return out;
}

Result<SignatureData> parse_signature_data(ByteView evidence, const QuoteHead& head) {
  if (head.header.key_type != kEcdsaP256)
    return fail(code::quote_key_type,
                "attestation key type 2 (ECDSA P-256) expected, found " + text(head.header.key_type));
  Cursor outer(evidence.subspan(head.signed_bytes.size()));
  const ByteView data = outer.take(outer.u32le());
  TEE_CHECK(outer.finish("quote signature data", Cursor::Left::allow));

  SignatureData out;
  out.quote_size = head.signed_bytes.size() + outer.offset();
  Cursor c(data);
  out.signature = c.take(64);
  out.attestation_key = c.take(64);
  if (head.header.version >= 4) {
    // Since version 4 the QE part is itself certification data, of type 6.
    const std::uint16_t type = c.u16le();
    const std::uint32_t size = c.u32le();
    TEE_CHECK(c.finish("quote signature data", Cursor::Left::allow));
    if (type != certification::kQeReport)
      return malformed("outer certification data of type 6 expected, found " + text(type));
    if (size != c.remaining())
      return malformed("outer certification data has " + text(c.remaining()) +
                       " bytes, its size field says " + text(size));
  }
  TEE_CHECK(read_qe_part(c, out));
  if (out.certification_type < certification::kPpidPlain || out.certification_type > certification::kPckChain)
    return malformed("certification data of type 1 to 5 expected, found " + text(out.certification_type));
  return out;
}

std::optional<PckRequest> parse_pck_request(const SignatureData& data) {
  constexpr std::size_t kTail = 20, kPpid = 16;
  const ByteView bytes = data.certification_data;
  if (data.certification_type > certification::kPpidRsa3072 || bytes.size() < kTail) return std::nullopt;
  PckRequest out;
  if (data.certification_type == certification::kPpidPlain && bytes.size() == kPpid + kTail)
    out.ppid = Cursor(bytes).array<kPpid>();
  Cursor c(bytes.last(kTail));
  out.cpu_svn = c.array<16>();
  out.pce_svn = c.u16le();
  out.pce_id = c.u16le();
  return out;
}

}  // namespace tee::intel
