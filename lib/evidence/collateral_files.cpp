// Certificates, CRLs and OCSP answers as DER and PEM, and percent-encoded PEM.
#include "base/encoding.h"
#include "codec/der.h"
#include "codec/pem.h"
#include "evidence/collateral_reader.h"

namespace tee::collateral {

namespace {

enum class Kind { certificate, crl, ocsp, other };

// By the first tags, so that an error can say which format is broken. All three are a SEQUENCE: an
// OCSPResponse begins with an ENUMERATED (RFC 6960 section 4.2.1), the others with the SEQUENCE to be signed.
// A TBSCertificate (RFC 5280 section 4.1) begins with [0] or, in version 1, with the serial number and has a
// validity SEQUENCE in fourth place; a TBSCertList (section 5.1) has a time after the issuer.
Kind kind_of(ByteView bytes) {
  der::Reader outer(bytes);
  Result<der::Reader> in = outer.enter(der::kSequence);
  if (!in) return Kind::other;
  if (in->peek_tag() == der::kEnumerated) return Kind::ocsp;
  Result<der::Reader> tbs = in->enter(der::kSequence);
  if (!tbs) return Kind::other;
  if (tbs->peek_tag() == der::context(0)) return Kind::certificate;
  if (!tbs->optional(der::kInteger) || !tbs->expect(der::kSequence)) return Kind::other;
  const bool version_given = tbs->peek_tag() == der::kSequence;
  if (version_given && !tbs->expect(der::kSequence)) return Kind::other;
  const auto tag = tbs->peek_tag();
  if (tag == der::kUtcTime || tag == der::kGeneralizedTime) return Kind::crl;
  return tag == der::kSequence ? Kind::certificate : Kind::other;
}

Status add_certificate(Sink& sink, ByteView der) {
  Result<crypto::Certificate> certificate = crypto::parse_certificate(der);
  if (!certificate) return malformed(sink, "certificate: " + certificate.error().message);
  sink.add(*std::move(certificate));
  return {};
}

Status add_crl(Sink& sink, ByteView der) {
  Result<crypto::Crl> crl = crypto::parse_crl(der);
  if (!crl) return malformed(sink, "CRL: " + crl.error().message);
  sink.add(*std::move(crl));
  return {};
}

constexpr std::string_view kEncodedBegin = "-----BEGIN%20";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool looks_like_der(ByteView bytes) { return kind_of(bytes) != Kind::other; }

Status read_der(Sink& sink, ByteView bytes) {
  switch (kind_of(bytes)) {
    case Kind::certificate: return add_certificate(sink, bytes);
    case Kind::crl: return add_crl(sink, bytes);
    case Kind::ocsp: sink.add(DocumentKind::ocsp_response, to_bytes(bytes)); return {};
    case Kind::other: break;
  }
  return unrecognised(sink);
}

Status read_pem(Sink& sink, std::string_view text) {
  Result<std::vector<pem::Block>> blocks = pem::parse(text, pem::Junk::allow);
  if (!blocks) return malformed(sink, blocks.error().message);
  bool found = false;
  for (const pem::Block& block : *blocks) {
    Status added;
    if (block.label == "CERTIFICATE")
      added = add_certificate(sink, block.der);
    else if (block.label == "X509 CRL")
      added = add_crl(sink, block.der);
    else
      continue;  // keys and parameters stand beside certificates in many files
    if (!added) return added;
    found = true;
  }
  if (!found) return unrecognised(sink);
  return {};
}

// Alone, or as a whole header line with its name in front.
bool looks_percent_encoded(std::string_view text) {
  const std::size_t at = text.find(kEncodedBegin);
  if (at == std::string_view::npos || at > 128) return false;
  return at == 0 || text.substr(0, at).find(':') != std::string_view::npos;
}

Result<std::string> decode_percent(std::string_view text) {
  text.remove_prefix(text.find(kEncodedBegin));
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1,
              low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) return fail(code::input_malformed, "a percent sign without two hex digits");
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

}  // namespace tee::collateral
