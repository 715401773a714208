#include "verify/inspect_text.h"

#include "base/encoding.h"

namespace tee::verify {

namespace {

constexpr int kDepth = 8;

// The first member of that name, looking into nested objects: rooms nest what their formats nest.
const Json* first_named(const Json& in, std::string_view name, int depth = 0) {
  if (!in.is_object() || depth > kDepth) return nullptr;
  if (const Json* here = json::find(in, name)) return here;
  for (const auto& [key, value] : in.items())
    if (const Json* found = first_named(value, name, depth + 1)) return found;
  return nullptr;
}

std::string shown(const Json& value) { return printable(value.is_string() ? value.get<std::string>() : json::dump(value), 512); }

std::string text_at(const Json& in, std::string_view name) {
  const Json* value = json::find(in, name);
  return !value || value->is_null() ? std::string("unknown") : shown(*value);
}

// A field given as hex, or as an object that states its size.
std::string size_of(const Json* field) {
  if (!field || field->is_null()) return {};
  if (field->is_string() && is_hex(field->get<std::string>())) return std::to_string(field->get<std::string>().size() / 2) + " bytes";
  if (const auto bytes = json::unsigned_of(*field, "bytes")) return std::to_string(*bytes) + " bytes";
  for (const char* inner : {"value", "r"})
    if (const Json* part = json::find(*field, inner); part && part->is_string()) {
      const std::size_t parts = inner[0] == 'r' ? 2 : 1;
      return std::to_string(part->get<std::string>().size() / 2 * parts) + " bytes";
    }
  return {};
}

void row(std::string& text, std::string_view label, const std::string& value) {
  if (value.empty()) return;
  std::string line = "  " + std::string(label) + (label.empty() ? "" : ":");
  line.resize(std::max<std::size_t>(line.size() + 1, 16), ' ');
  text += line + value + "\n";
}

void collect_certificates(const Json& in, std::vector<const Json*>& out, int depth = 0) {
  if (depth > kDepth) return;
  if (in.is_object() && in.contains("subject") && in.contains("issuer") && in.contains("not_after")) {
    out.push_back(&in);
    return;
  }
  if (in.is_structured())
    for (const Json& value : in) collect_certificates(value, out, depth + 1);
}

void put_certificates(std::string& text, const std::vector<const Json*>& certificates) {
  if (certificates.empty()) return;
  text += "\nCertificates:\n";
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    const Json& c = *certificates[i];
    const std::string number = "[" + std::to_string(i) + "]";
    text += "  " + number + " Subject: " + text_at(c, "subject") + "\n";
    const std::string indent(number.size() + 3, ' ');
    text += indent + "Issuer:  " + text_at(c, "issuer") + "\n";
    text += indent + "Valid:   " + text_at(c, "not_before") + " to " + text_at(c, "not_after") + "\n";
  }
}

}  // namespace

std::string inspection_text(const Json& inspection, const TextStyle& style) {
  const bool bold = style.colour == Colour::on;
  const Json empty = Json::object();
  const Json* subject = json::find(inspection, "subject");
  const Json* decoded = json::find(inspection, "decoded");
  const Json& who = subject ? *subject : empty;
  const Json& what = decoded ? *decoded : empty;
  std::vector<const Json*> certificates;
  collect_certificates(inspection, certificates);

  std::string text = std::string(bold ? "\x1b[1m" : "") + "Attestation evidence" + (bold ? "\x1b[0m" : "") + " (decoded, not verified)\n";
  row(text, "Name", text_at(who, "name"));
  row(text, "Form", text_at(who, "form"));
  row(text, "Platform", text_at(who, "provider"));
  row(text, "Type", text_at(who, "type"));
  if (const Json* firmware = first_named(inspection, "firmware_version")) row(text, "Firmware", shown(*firmware));
  for (const auto& [name, label] : {std::pair("measurement", "Measurement"), std::pair("mr_td", "MRTD"), std::pair("mr_enclave", "MRENCLAVE")})
    if (const Json* value = first_named(what, name); value && value->is_string()) row(text, label, shown(*value));
  const Json* report_data = first_named(what, "report_data");
  row(text, "Report data", size_of(report_data));
  if (report_data && report_data->is_string()) row(text, "", shown(*report_data));
  row(text, "Signature", size_of(first_named(what, "signature")));
  row(text, "Cert chain", std::to_string(certificates.size()) + (certificates.size() == 1 ? " certificate" : " certificates"));
  if (const Json* error = json::find(inspection, "error")) row(text, "Malformed", text_at(*error, "message"));
  put_certificates(text, certificates);
  return text;
}

}  // namespace tee::verify
