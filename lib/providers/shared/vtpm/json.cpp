#include "providers/shared/vtpm/json.h"

#include "base/encoding.h"
#include "providers/shared/vtpm/tpm.h"

namespace tee::vtpm {

namespace {

auto malformed(std::string_view key, const char* what) {
  return fail(code::input_malformed, "TPM quote: " + std::string(key) + " " + what);
}

Result<Bytes> decode(const Json& value, std::string_view key, Encoding encoding) {
  if (!value.is_string()) return malformed(key, "is no text");
  const std::string& text = value.get_ref<const std::string&>();
  const bool as_hex = encoding == Encoding::hex || (encoding == Encoding::any && is_hex(text));
  auto out = as_hex ? from_hex(text) : from_base64_lenient(text);
  if (!out) return malformed(key, as_hex ? "is not hex" : "is not base64");
  return out;
}

// "0" to "23", one spelling each.
std::optional<unsigned> pcr_number(std::string_view text) {
  for (unsigned i = 0; i < kPcrCount; ++i)
    if (text == std::to_string(i)) return i;
  return std::nullopt;
}

}  // namespace

Result<Bytes> bytes_of(const Json& object, std::string_view key, Encoding encoding) {
  const Json* value = json::find(object, key);
  if (!value) return malformed(key, "is missing");
  return decode(*value, key, encoding);
}

Result<std::vector<Bytes>> pcrs_of(const Json& object, std::string_view key, Encoding encoding) {
  const Json* values = json::find(object, key);
  if (!values || !values->is_structured())
    return malformed(key, "is neither a list nor an object of PCR values");
  if (values->size() > kPcrCount) return malformed(key, "holds more than 24 values");
  std::vector<Bytes> out(kPcrCount);
  if (values->is_array()) {
    for (std::size_t i = 0; i < values->size(); ++i) {
      TEE_TRY(out[i], decode((*values)[i], key, encoding));
    }
    return out;
  }
  for (const auto& [name, value] : values->items()) {
    const auto number = pcr_number(name);
    if (!number) return malformed(key, "names a PCR that does not exist");
    TEE_TRY(out[*number], decode(value, key, encoding));
  }
  return out;
}

}  // namespace tee::vtpm
