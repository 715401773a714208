// Reading --expect NAME=VALUE and --expect @FILE.
#include <algorithm>
#include <charconv>

#include "base/encoding.h"
#include "base/env.h"
#include "evidence/byte_argument.h"
#include "evidence/claims.h"
#include "evidence/codes.h"

namespace tee {

namespace {

// Claims of parts beside the primary evidence carry the kind of part in front (rule S16).
constexpr std::string_view kPartPrefixes[] = {"gpu.", "switch."};

bool nvidia(const ClaimRow& row) {
  return row.type == EvidenceType::nvidia_gpu_report || row.type == EvidenceType::nvidia_nras_token;
}

std::vector<const ClaimRow*> rows_named(std::string_view name) {
  bool part = false;
  for (std::string_view prefix : kPartPrefixes) {
    if (!name.starts_with(prefix)) continue;
    name.remove_prefix(prefix.size());
    part = true;
    break;
  }
  std::vector<const ClaimRow*> out;
  for (const ClaimRow& row : claim_table())
    if (row.name == name && (!part || nvidia(row))) out.push_back(&row);
  return out;
}

tl::unexpected<Error> unknown(std::string_view name) {
  std::vector<std::string_view> names;
  for (const ClaimRow& row : claim_table()) names.push_back(row.name);
  const std::string_view close = nearest(name, names);
  return fail(code::claim_unknown, "no evidence has a claim named " + printable(name, 64),
              close.empty() ? "tee-claims(7) lists the names" : "did you mean " + std::string(close) + "?");
}

tl::unexpected<Error> bad_value(std::string_view name, const std::string& expected) {
  return fail(code::claim_value, std::string(name) + ": " + expected + " is expected");
}

Result<std::uint64_t> read_integer(std::string_view name, std::string_view text) {
  const bool base16 = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = base16 ? text.substr(2) : text;
  std::uint64_t n = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), n, base16 ? 16 : 10);
  if (error != std::errc() || end != digits.data() + digits.size())
    return bad_value(name, "an integer, decimal or with 0x in front,");
  return n;
}

// Numbers of which a higher one is newer: only these have a minimum that means something.
bool ordered(std::string_view name) { return name.ends_with("_svn") || name == "version"; }

Status read_number(Expectation& e, std::string_view text) {
  if (text.starts_with(">=")) {
    if (!ordered(e.name))
      return bad_value(e.name, "an exact value; there is no minimum of it, so an integer without >=");
    e.op = Expectation::Op::at_least;
    text.remove_prefix(2);
  }
  TEE_TRY(e.value, read_integer(e.name, text));
  return {};
}

// An all-zero value stands in debug enclaves and in fields that nobody set (rule S5). PCR3 to PCR31 of 48
// bytes are the exception: zeros say that nothing was measured there, and no enclave is identified by them.
bool zero_is_refused(std::string_view name, const std::vector<const ClaimRow*>& rows, std::size_t size) {
  if (name == "pcr0" || name == "pcr1" || name == "pcr2") return true;
  if (name.starts_with("pcr") && size == 48) return false;
  return std::any_of(rows.begin(), rows.end(),
                     [&](const ClaimRow* row) { return row->identity && row->size == size; });
}

std::string lengths(const std::vector<const ClaimRow*>& rows) {
  std::vector<std::size_t> sizes;
  for (const ClaimRow* row : rows)
    if (row->kind == ClaimKind::bytes) sizes.push_back(row->size);
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  std::string out;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    out += (i == 0 ? "" : i + 1 == sizes.size() ? " or " : ", ") + std::to_string(sizes[i]);
  return out;
}

Status read_bytes(Expectation& e, std::string_view text, const std::vector<const ClaimRow*>& rows) {
  constexpr std::string_view kImagePrefix = "sha256:";
  const bool image = e.name == "image_digest" || e.name == "measurement";
  if (image && text.starts_with(kImagePrefix) && !text.starts_with("sha256:@"))
    text.remove_prefix(kImagePrefix.size());
  Result<Bytes> bytes = read_byte_argument(text);
  if (!bytes) {
    Error error = std::move(bytes).error();
    if (error.code == &code::bytes_malformed) error.code = &code::claim_value;
    error.message = e.name + ": " + error.message;
    return tl::unexpected(std::move(error));
  }
  const bool length_known = std::any_of(rows.begin(), rows.end(), [&](const ClaimRow* r) {
    return r->kind == ClaimKind::bytes && (r->size == 0 || r->size == bytes->size());
  });
  if (!length_known)
    return fail(code::claim_length, e.name + ": " + lengths(rows) + " bytes are expected, found " +
                                        std::to_string(bytes->size()));
  if (all_zero(*bytes) && zero_is_refused(e.name, rows, bytes->size()))
    return fail(code::claim_all_zero, e.name + ": an all-zero value never identifies a workload");
  e.value = *std::move(bytes);
  return {};
}

Status read_boolean(Expectation& e, std::string_view text) {
  if (text != "true" && text != "false") return bad_value(e.name, "true or false");
  e.value = text == "true";
  return {};
}

Status read_json(Expectation& e, std::string_view text) {
  Result<Json> value = json::parse(text);
  if (!value || !value->is_structured()) return bad_value(e.name, "a list or an object in JSON");
  e.value = *std::move(value);
  return {};
}

// Tokens write these as one text or as a list of texts.
bool text_or_list(std::string_view name) {
  return name == "aud" || name == "eat_nonce" || name == "swversion";
}

Status read_text(Expectation& e, std::string_view text) {
  if (!valid_utf8(text)) return bad_value(e.name, "text in UTF-8");
  if (text_or_list(e.name) && text.starts_with('[')) return read_json(e, text);
  e.value = std::string(text);
  return {};
}

Status read_value(Expectation& e, std::string_view text, const std::vector<const ClaimRow*>& rows) {
  // A name has one kind in all types, but for one: image_id is 16 bytes of an SNP ID block, and a digest as
  // text in a token.
  if (e.name == "image_id" && text.starts_with("sha256:") && !text.starts_with("sha256:@"))
    return read_text(e, text);
  switch (rows.front()->kind) {
    case ClaimKind::bytes: return read_bytes(e, text, rows);
    case ClaimKind::integer: return read_number(e, text);
    case ClaimKind::boolean: return read_boolean(e, text);
    case ClaimKind::text: return read_text(e, text);
    case ClaimKind::json: return read_json(e, text);
  }
  return bad_value(e.name, "a value");
}

// A value of a file of expectations, as it would be written on the command line.
std::string as_argument(const Json& value) {
  return value.is_string() ? value.get<std::string>() : json::dump(value);
}

Result<std::vector<Expectation>> from_object(const Json& object) {
  std::vector<Expectation> out;
  for (const auto& [name, value] : object.items()) {
    if (value.is_null()) return fail(code::claim_value, printable(name, 64) + ": null is no value");
    TEE_TRY(Expectation e, parse_expectation(name, as_argument(value)));
    out.push_back(std::move(e));
  }
  return out;
}

// nitro-cli build-enclave and describe-eif: {"Measurements": {"HashAlgorithm": "Sha384 { ... }", "PCR0": …}}.
Result<std::vector<Expectation>> from_nitro_cli(const Json& measurements) {
  std::vector<Expectation> out;
  for (const auto& [name, value] : measurements.items()) {
    if (name == "HashAlgorithm") continue;
    if (!name.starts_with("PCR") || !value.is_string())
      return fail(code::input_malformed,
                  "Measurements: only PCR values are expected, found " + printable(name, 64));
    TEE_TRY(Expectation e, parse_expectation("pcr" + name.substr(3), value.get<std::string>()));
    out.push_back(std::move(e));
  }
  return out;
}

}  // namespace

Result<Expectation> parse_expectation(std::string_view name, std::string_view value) {
  const std::vector<const ClaimRow*> rows = rows_named(name);
  if (rows.empty()) return unknown(name);
  if (value.empty())
    return fail(code::usage_empty_value, "the expected " + std::string(name) + " is empty",
                "an unset shell variable?");
  Expectation e;
  e.name = name;
  e.given = value;
  TEE_CHECK(read_value(e, value, rows));
  return e;
}

Result<std::vector<Expectation>> read_expectations(const std::string& file) {
  TEE_TRY(const Bytes content, read_file(file));
  Result<Json> object = json::parse(as_text(content));
  if (!object) return tl::unexpected(std::move(object).error().within(printable(file)));
  if (!object->is_object())
    return fail(code::input_malformed, printable(file) + ": a JSON object of NAME: VALUE is expected");
  const Json* measurements = json::find(*object, "Measurements");
  Result<std::vector<Expectation>> out =
      measurements && measurements->is_object() ? from_nitro_cli(*measurements) : from_object(*object);
  if (!out) return tl::unexpected(std::move(out).error().within(printable(file)));
  if (out->empty()) return fail(code::input_malformed, printable(file) + ": there is no expectation in it");
  return out;
}

}  // namespace tee
