#include "evidence/collateral.h"

#include <algorithm>
#include <iterator>

#include "base/encoding.h"
#include "base/env.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "evidence/collateral_reader.h"

namespace tee {

namespace collateral {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kSpace) - begin + 1);
}

// A SWID tag (ISO 19770-2) is what NVIDIA's reference integrity manifests are; told by the name of the root
// element.
bool looks_like_rim(std::string_view text) {
  return text.starts_with('<') && text.substr(0, 4096).find("SoftwareIdentity") != std::string_view::npos;
}

// PEM that is indented stands inside something else (YAML of other tools), of which it would be only a part.
bool begins_at_line_start(std::string_view text) {
  const std::size_t at = text.find("-----BEGIN");
  return at == 0 || (at != std::string_view::npos &&
                     (text[at - 1] == '\n' || text[at - 1] == '\r' || text[at - 1] == '\0'));
}

// Intel's PCCS serves CRLs as hex text, other tools store base64: one text layer is taken off.
std::optional<Bytes> decode_text(std::string_view text) {
  if (is_hex(text)) {
    if (Result<Bytes> bytes = from_hex(text)) return *std::move(bytes);
  } else if (Result<Bytes> bytes = from_base64_lenient(text)) {
    return *std::move(bytes);
  }
  return std::nullopt;
}

}  // namespace

ItemSource Sink::describe(ByteView exact) const { return {source, crypto::sha256(exact), origin}; }

void Sink::add(crypto::Certificate certificate) {
  ItemSource from = describe(certificate.der());
  set.certificates.push_back({std::move(from), std::move(certificate)});
}

void Sink::add(crypto::Crl crl) {
  ItemSource from = describe(crl.der());
  set.crls.push_back({std::move(from), std::move(crl)});
}

void Sink::add(DocumentKind kind, Bytes body, Bytes signature) {
  ItemSource from = describe(body);
  set.documents.push_back({std::move(from), kind, std::move(body), std::move(signature), issuer});
}

tl::unexpected<Error> unrecognised(const Sink& sink) {
  return fail(code::collateral_unrecognised, printable(sink.source) + ": collateral of no known kind");
}

tl::unexpected<Error> malformed(const Sink& sink, const std::string& why) {
  return fail(code::collateral_malformed, printable(sink.source) + ": " + why);
}

Status read_any(Sink& sink, ByteView bytes) {
  if (bytes.size() > kMaxInput) return malformed(sink, "larger than 8 MiB");
  if (bytes.empty()) return unrecognised(sink);
  if (looks_like_table(bytes)) return read_table(sink, bytes);
  if (looks_like_der(bytes)) return read_der(sink, bytes);

  const std::string_view text = trimmed(as_text(bytes));
  if (text.starts_with('{')) return read_json(sink, text);
  if (pem::looks_like_pem(text) && begins_at_line_start(text)) return read_pem(sink, text);
  if (looks_like_rim(text)) {
    sink.add(DocumentKind::rim, to_bytes(bytes));
    return {};
  }
  if (looks_percent_encoded(text)) {
    Result<std::string> pem = decode_percent(text);
    if (!pem) return malformed(sink, "the percent-encoding is broken");
    return read_pem(sink, *pem);
  }
  if (sink.layers_left == 0) return unrecognised(sink);
  const std::optional<Bytes> inner = decode_text(text);
  if (!inner) return unrecognised(sink);
  --sink.layers_left;
  return read_any(sink, *inner);
}

}  // namespace collateral

std::string_view to_string(DocumentKind k) {
  switch (k) {
    case DocumentKind::tcb_info: return "tcb_info";
    case DocumentKind::qe_identity: return "qe_identity";
    case DocumentKind::tcb_evaluation_numbers: return "tcb_evaluation_numbers";
    case DocumentKind::jwks: return "jwks";
    case DocumentKind::rim: return "rim";
    case DocumentKind::ocsp_response: return "ocsp_response";
    case DocumentKind::reference_values: return "reference_values";
  }
  return "?";
}

void CollateralSet::merge(CollateralSet other) {
  const auto move = [](auto& from, auto& to) { std::move(from.begin(), from.end(), std::back_inserter(to)); };
  move(other.certificates, certificates);
  move(other.crls, crls);
  move(other.documents, documents);
}

Result<CollateralSet> read_collateral(ByteView bytes, const std::string& source, Origin origin) {
  CollateralSet out;
  collateral::Sink sink{out, source, origin};
  TEE_CHECK(collateral::read_any(sink, bytes));
  return out;
}

Result<CollateralSet> read_certificate_table(ByteView table, const std::string& source, Origin origin) {
  CollateralSet out;
  collateral::Sink sink{out, source, origin};
  TEE_CHECK(collateral::read_table(sink, table));
  return out;
}

Result<CollateralSet> collateral_from_json(const Json& json, const std::string& source, Origin origin) {
  return read_collateral(as_bytes(json::dump(json)), source, origin);
}

Result<CollateralSet> load_collateral(const std::string& path) {
  if (!is_folder(path)) {
    TEE_TRY(const Bytes bytes, read_file(path));
    return read_collateral(bytes, path, Origin::supplied);
  }
  TEE_TRY(const std::vector<std::string> names, list_folder(path));
  CollateralSet all;
  for (const std::string& name : names) {
    const std::string file = path + (path.ends_with('/') ? "" : "/") + name;
    TEE_TRY(const Bytes bytes, read_file(file));
    Result<CollateralSet> one = read_collateral(bytes, file, Origin::supplied);
    if (one)
      all.merge(*std::move(one));
    else if (one.error().code != &code::collateral_unrecognised)
      return one;
  }
  return all;
}

}  // namespace tee
