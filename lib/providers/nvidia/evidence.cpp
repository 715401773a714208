#include "providers/nvidia/evidence.h"

#include "base/encoding.h"

namespace tee::nvidia {

namespace {

constexpr std::size_t kMostChain = 8;

auto malformed(std::string what) { return fail(code::input_malformed, "NVIDIA evidence: " + std::move(what)); }

void read_report(Device& d) {
  auto report = parse_report(d.bytes);
  if (report) d.report = *std::move(report);
  else d.report_problem = std::move(report).error();
}

Result<std::vector<crypto::Certificate>> read_chain(const std::string& base64_pem) {
  const auto pem = from_base64_lenient(base64_pem);
  if (!pem) return malformed("the certificate chain is not base64");
  TEE_TRY(std::vector<crypto::Certificate> chain, crypto::parse_certificates(*pem));
  if (chain.size() > kMostChain) return malformed("a certificate chain of more than 8");
  return chain;
}

Result<Device> read_entry(const Json& entry) {
  if (!entry.is_object()) return malformed("an entry is no object");
  const auto evidence = json::text_of(entry, "evidence"), certificate = json::text_of(entry, "certificate");
  if (!evidence || !certificate) return malformed("an entry has no text \"evidence\" or \"certificate\"");
  Device d;
  auto bytes = from_base64_lenient(*evidence);
  if (!bytes) return malformed("an entry's evidence is not base64");
  d.bytes = *std::move(bytes);
  read_report(d);
  auto chain = read_chain(*certificate);
  if (chain) d.chain = *std::move(chain);
  else d.chain_problem = std::move(chain).error();
  if (const auto arch = json::text_of(entry, "arch")) {
    d.declared_arch = arch_from(*arch);
    if (!d.declared_arch) return malformed("an entry names an unknown architecture");
  }
  if (const auto nonce = json::text_of(entry, "nonce")) {
    const auto value = from_hex(*nonce);
    if (!value) return malformed("an entry's nonce is not hex");
    d.declared_nonce = *value;
  }
  return d;
}

// Array, {"evidences":[…]} (nvattest), {"evidence_list":[…]} (an NRAS request, whose nonce and arch stand outside), or one entry.
Result<Json> entries_of(Json document) {
  if (document.is_array()) return document;
  if (!document.is_object()) return malformed("neither an array nor an object");
  const Json* list = json::find(document, "evidences");
  const Json* request = json::find(document, "evidence_list");
  if (list && request) return malformed("two lists of evidence");
  if (!list && !request) return Json::array({std::move(document)});
  Json out = list ? *list : *request;
  if (!out.is_array()) return malformed("the list of evidence is no array");
  if (!request) return out;
  for (Json& entry : out) {
    if (!entry.is_object()) continue;
    for (const char* key : {"arch", "nonce"})
      if (const Json* outer = json::find(document, key); outer && !entry.contains(key)) entry[key] = *outer;
  }
  return out;
}

}  // namespace

bool looks_like_evidence(ByteView bytes) {
  if (looks_like_report(bytes)) return true;
  const std::string_view text = as_text(bytes);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '[' && text[first] != '{')) return false;
  auto document = json::parse(text);
  if (!document) return false;
  const auto entries = entries_of(*std::move(document));
  if (!entries || entries->empty()) return false;
  const Json& e = entries->front();
  return json::text_of(e, "evidence").has_value() && json::text_of(e, "certificate").has_value();
}

Result<std::vector<Device>> parse_evidence(ByteView bytes) {
  std::vector<Device> devices;
  if (looks_like_report(bytes)) {
    Device d;
    d.bytes = to_bytes(bytes);
    read_report(d);
    devices.push_back(std::move(d));
    return devices;
  }
  TEE_TRY(Json document, json::parse(as_text(bytes)));
  TEE_TRY(const Json entries, entries_of(std::move(document)));
  if (entries.empty()) return malformed("it lists no device");
  if (entries.size() > kMostDevices) return malformed("it lists more than 64 devices");
  for (const Json& entry : entries) {
    TEE_TRY(Device d, read_entry(entry));
    devices.push_back(std::move(d));
  }
  return devices;
}

}  // namespace tee::nvidia
