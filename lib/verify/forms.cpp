// What the forms share: bytes in JSON values, members as exact text, collateral that comes along.
#include "verify/forms.h"

#include "base/encoding.h"
#include "evidence/codes.h"

namespace tee::verify {

std::optional<Bytes> byte_array(const Json& value) {
  if (!value.is_array()) return std::nullopt;
  Bytes out;
  out.reserve(value.size());
  for (const Json& b : value) {
    if (!b.is_number_unsigned() || b.get<std::uint64_t>() > 0xff) return std::nullopt;
    out.push_back(b.get<std::uint8_t>());
  }
  return out;
}

Result<Bytes> bytes_in(const Json& value, std::string_view what) {
  if (value.is_array()) {
    if (std::optional<Bytes> bytes = byte_array(value)) return *std::move(bytes);
    return fail(code::input_malformed, std::string(what) + ": a list of numbers from 0 to 255 is expected");
  }
  if (!value.is_string())
    return fail(code::input_malformed, std::string(what) + ": neither text nor a list of bytes");
  std::string_view text = value.get_ref<const std::string&>();
  const bool prefixed = text.starts_with("0x") || text.starts_with("0X");
  if (prefixed) text.remove_prefix(2);
  if (is_hex(text)) return from_hex(text);
  Result<Bytes> bytes = prefixed ? fail(code::input_malformed, "") : from_base64_lenient(text);
  if (!bytes) return fail(code::input_malformed, std::string(what) + ": neither hex nor base64");
  return bytes;
}

const Json* given(const Json& object, std::string_view key) {
  const Json* value = json::find(object, key);
  if (!value || value->is_null()) return nullptr;
  if (value->is_string() ? value->get_ref<const std::string&>().empty()
                         : value->is_structured() && value->empty())
    return nullptr;
  return value;
}

std::string_view text_at(std::string_view text, const json::Located& object, std::string_view key) {
  const auto it = object.spans.find("/" + std::string(key));
  return it == object.spans.end() ? std::string_view()
                                  : text.substr(it->second.begin, it->second.end - it->second.begin);
}

Status embed(Subject& into, ByteView item, std::string_view what) {
  Result<CollateralSet> set = read_collateral(item, "evidence", Origin::embedded);
  if (!set) return fail(code::input_malformed, std::string(what) + ": " + set.error().message);
  if (into.embedded.certificates.size() + set->certificates.size() > kMostEmbeddedCertificates)
    return fail(code::input_malformed, std::string(what) + ": more than 64 certificates");
  into.embedded.merge(*std::move(set));
  return {};
}

Result<Unwrapped> unwrap_object(std::string_view text, const json::Located& object, Level level,
                                Subject& into) {
  const std::string schema = json::text_of(object.value, "schema").value_or("");
  if (schema == "tee.evidence/1") return unwrap_envelope(text, object, level, into);
  if (level == Level::part) return fail(code::input_malformed, "a part is no tee.evidence/1 envelope");
  if (schema.starts_with("tee.evidence/"))
    return fail(code::evidence_version,
                "an envelope of schema " + printable(schema, 64) + ", which is not known");
  // A verdict grants nothing without the evidence behind it (S24).
  if (schema == "tee.result/1" || schema == "tee.inspection/1")
    return fail(code::evidence_unrecognised, "this is a " + schema + " of tee-verify, which is no evidence",
                "give the evidence that it was made from");
  if (schema.starts_with("tee."))
    return fail(code::evidence_unrecognised, "JSON of schema " + printable(schema, 64) + " is no evidence");
  return unwrap_peer(text, object, into);
}

}  // namespace tee::verify
