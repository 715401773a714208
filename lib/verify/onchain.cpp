#include "verify/onchain.h"

#include <algorithm>

#include "base/encoding.h"
#include "crypto/digest.h"
#include "verify/codes.h"
#include "verify/registry.h"

namespace tee::verify {

namespace {

std::string with_prefix(ByteView hash) { return "0x" + hex(hash); }

// What operators of sandbox blueprints send when a TEE was asked for and no evidence was made:
// {"tee_type":"tdx","status":"pending"}. The contract takes it, for it only refuses empty text.
bool is_placeholder(ByteView input) {
  const Result<Json> object = json::parse(as_text(input));
  if (!object || !object->is_object()) return false;
  if (const Json* status = json::find(*object, "status"); status && status->is_string()) {
    std::string word = status->get<std::string>();
    std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (word == "pending") return true;
  }
  // A report without any evidence says no more than that somebody wrote it.
  const Json* evidence = json::find(*object, "evidence");
  const bool names_tee = json::find(*object, "tee_type") || json::find(*object, "provider");
  return names_tee && evidence && (evidence->is_null() || evidence->empty() || *evidence == "");
}

// A file that an editor saved ends with a line break that nobody sent.
ByteView without_line_break(ByteView input) {
  if (input.empty() || input.back() != '\n') return input;
  input = input.first(input.size() - 1);
  return !input.empty() && input.back() == '\r' ? input.first(input.size() - 1) : input;
}

void check_hash(const Subject& s, const std::array<std::uint8_t, 32>& expected, Findings& found) {
  const auto actual = crypto::keccak256(s.input);
  if (is_placeholder(s.input)) {
    found.fail(Area::policy, "onchain.hash", code::onchain_placeholder, "what was registered is a placeholder without evidence",
               with_prefix(expected), with_prefix(actual));
    return;
  }
  if (equal_constant_time(actual, expected)) {
    found.pass(Area::policy, "onchain.hash", "the input is what was registered: its Keccak-256 is " + with_prefix(actual));
    return;
  }
  const ByteView trimmed = without_line_break(s.input);
  const bool saved_with_break = trimmed.size() != s.input.size() && equal_constant_time(crypto::keccak256(trimmed), expected);
  found.fail(Area::policy, "onchain.hash", code::onchain_mismatch,
             saved_with_break ? "the input without its last line break was registered; the hash is over the exact bytes"
                              : "the input is not what was registered",
             with_prefix(expected), with_prefix(actual));
}

void check_provider(const Subject& s, const Blueprint& blueprint, Findings& found) {
  const Verifier* room = s.type ? verifier_for(*s.type) : nullptr;
  const auto provider = room ? provider_of(*room) : s.absent_provider;
  const auto& accepted = blueprint.accepted;
  if (provider && std::find(accepted.begin(), accepted.end(), *provider) != accepted.end()) {
    found.pass(Area::policy, "blueprint.provider", "the evidence is of the provider that the manager deployed to");
    return;
  }
  std::string names;
  for (const Provider p : accepted) names += (names.empty() ? "" : ", ") + std::string(to_string(p));
  found.fail(Area::policy, "blueprint.provider", code::blueprint_provider, "the evidence is not of the provider that the manager deployed to",
             names, provider ? std::string(to_string(*provider)) : "unrecognised");
}

}  // namespace

Result<std::array<std::uint8_t, 32>> parse_onchain_hash(std::string_view text) {
  const std::string_view digits = text.starts_with("0x") ? text.substr(2) : text;
  const Result<Bytes> bytes = digits.size() == 64 ? from_hex(digits) : Result<Bytes>(fail(code::usage_value, ""));
  if (!bytes) return fail(code::usage_value, "--onchain-hash: 0x and 64 hex digits are expected, not " + printable(text, 80));
  if (all_zero(*bytes))
    return fail(code::usage_value, "--onchain-hash: zero is what a contract answers when nothing is stored",
                "ask the contract with the right service and operator");
  std::array<std::uint8_t, 32> out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

Result<std::vector<Provider>> providers_of_deployment(std::string_view cloud, std::optional<std::string_view> backend) {
  struct Row {
    std::string_view cloud, backend;
    Provider main;
    std::vector<Provider> others;  // what else its machines can make
  };
  const Row rows[] = {{"AWS", "aws-nitro", Provider::aws_nitro, {Provider::amd_sev_snp}},
                      {"Google Cloud", "gcp-confidential", Provider::gcp_confidential, {Provider::amd_sev_snp, Provider::intel_tdx}},
                      {"Azure", "azure-skr", Provider::azure_cvm, {}}};
  const Row* row = std::find_if(std::begin(rows), std::end(rows), [&](const Row& r) { return r.cloud == cloud; });
  if (row == std::end(rows))
    return fail(code::usage_value, "BLUEPRINT_TEE_PROVIDER is AWS, Google Cloud or Azure; not " + printable(cloud, 64));
  std::vector<Provider> out{row->main};
  if (!backend) {
    out.insert(out.end(), row->others.begin(), row->others.end());
    return out;
  }
  if (*backend != row->backend)
    return fail(code::usage_value, "BLUEPRINT_TEE_BACKEND on " + std::string(row->cloud) + " is " + std::string(row->backend) + "; not " +
                                       printable(*backend, 64));
  return out;
}

void check_onchain(const Subject& subject, const Questions& q, Findings& found) {
  if (q.onchain_hash) check_hash(subject, *q.onchain_hash, found);
  if (q.blueprint) check_provider(subject, *q.blueprint, found);
}

}  // namespace tee::verify
