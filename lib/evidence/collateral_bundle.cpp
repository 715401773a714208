// tee.collateral/1: what tee-fetch writes, one item per document.
#include <algorithm>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "evidence/collateral_reader.h"

namespace tee::collateral {

namespace {

constexpr std::size_t kMostItems = 1024;
constexpr std::string_view kContentKeys[] = {"pem", "der_b64", "json", "text"};
// Kinds of this version. An item of any other kind is of a later version and is passed over.
constexpr std::string_view kKinds[] = {"certificate",
                                       "certificate_chain",
                                       "crl",
                                       "certificate_table",
                                       "tcb_info",
                                       "qe_identity",
                                       "tcb_evaluation_numbers",
                                       "jwks",
                                       "rim",
                                       "ocsp_response",
                                       "reference_values"};

// The one content field, decoded. Signed JSON stands in a string, so that its bytes survive.
Result<Bytes> content_of(const Sink& sink, const Json& item) {
  std::optional<Bytes> out;
  for (std::string_view key : kContentKeys) {
    const Json* value = json::find(item, key);
    if (!value) continue;
    if (out) return malformed(sink, "more than one of pem, der_b64, json and text");
    if (!value->is_string()) return malformed(sink, std::string(key) + " is no text");
    const std::string& text = value->get_ref<const std::string&>();
    if (key == "der_b64") {
      Result<Bytes> der = from_base64(text);
      if (!der) return malformed(sink, "der_b64 is not base64");
      out = *std::move(der);
    } else {
      out = to_bytes(as_bytes(text));
    }
  }
  if (!out) return malformed(sink, "none of pem, der_b64, json and text");
  return *std::move(out);
}

Status check_digest(const Sink& sink, const Json& item, ByteView content) {
  const Json* stated = json::find(item, "sha256");
  if (!stated) return {};
  const Result<Bytes> digest =
      stated->is_string() ? from_hex(stated->get_ref<const std::string&>()) : Result<Bytes>(Bytes());
  if (!digest || !equal(*digest, crypto::sha256(content)))
    return malformed(sink, "sha256 is not that of the item");
  return {};
}

Status read_item(Sink& bundle, const Json& item, std::size_t index) {
  Sink sink{bundle.set, bundle.source + " item " + std::to_string(index), bundle.origin};
  sink.layers_left = 0;
  if (!item.is_object()) return malformed(sink, "no object");
  const std::string kind = json::text_of(item, "kind").value_or("");
  if (std::find(std::begin(kKinds), std::end(kKinds), kind) == std::end(kKinds)) {
    if (kind.empty()) return malformed(sink, "no kind");
    return {};
  }
  TEE_TRY(const Bytes content, content_of(sink, item));
  TEE_CHECK(check_digest(sink, item, content));
  if (bundle.origin == Origin::supplied) {
    if (const auto issuer = json::text_of(item, "issuer")) sink.issuer = *issuer;
    if (const auto source = json::text_of(item, "source")) sink.source = *source;
  } else {
    sink.source = bundle.source;
  }
  Status read = read_any(sink, content);
  if (!read && read.error().code == &code::collateral_unrecognised)
    return malformed(bundle, "item " + std::to_string(index) + " is no " + kind);
  return read;
}

}  // namespace

Status read_bundle(Sink& sink, const Json& bundle) {
  if (sink.layers_left == 0) return malformed(sink, "a bundle inside a bundle");
  const Json* items = json::find(bundle, "items");
  if (!items || !items->is_array()) return malformed(sink, "a bundle has a list of items");
  if (items->size() > kMostItems) return malformed(sink, "a bundle of more than 1024 items");
  for (std::size_t i = 0; i < items->size(); ++i) {
    TEE_CHECK(read_item(sink, (*items)[i], i));
  }
  return {};
}

}  // namespace tee::collateral
